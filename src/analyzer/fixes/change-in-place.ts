/** GET, a number added, SET → INCRBY: one command that loses nobody's change; HINCRBY for a field of a hash, APPEND for a text. */
import ts from 'typescript';
import { contains, unwrap } from '../facts/code/ast.ts';
import { changeOf, formOf, type Form } from '../facts/together/atomic-change.ts';
import { fieldWrites } from '../facts/values/field-writes.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { methodName } from '../dialects/write/method-name.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { isSpelledOut } from './spelled-out.ts';
import { commentsIn } from './text/comments.ts';
import { isInList, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render, sourceText } from './text/lines.ts';
import { tiesOf } from './text/jumps.ts';
import { styleOf } from './text/style.ts';
import { isString } from './text/types.ts';
import { isWritten } from './text/variables.ts';

/** The statements between the read and the write, both included, and what they make of the reply. */
export interface ChangeInPlace {
  statements: readonly ts.Statement[];
  form: Extract<Form, { kind: 'sum' | 'appended' }>;
  /** Variables of theirs. */
  variables: ReadonlyMap<ts.Identifier, Form>;
  key: ts.Expression;
  /** Of a hash. */
  field: ts.Expression | undefined;
}

/** Undefined where the statements do anything else. */
export function changeInPlace(read: RedisCall, write: RedisCall, { checker }: Pick<Workspace, 'checker'>): ChangeInPlace | undefined {
  const last = plainStatement(write);
  if (!last || !isInList(last) || !isSameClient(read, write) || read.use.kind !== 'awaited' || write.use.kind !== 'awaited' || !isSpelledOut(read) || !isSpelledOut(write)) return undefined;
  const target = writtenValue(write, checker);
  if (!target) return undefined;
  const list = siblings(last);
  const from = list.findIndex((statement) => contains(statement, read.node));
  if (from < 0) return undefined;
  const statements = list.slice(from, list.indexOf(last) + 1);
  const forms = new Map<string, Form>();
  const variables = new Map<ts.Identifier, Form>();
  for (const statement of statements.slice(0, -1)) {
    const [declaration, ...more] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const changed = changeOf(statement, forms);
    if (changed) {
      forms.set(changed.name.text, changed.form);
      const name = [...variables.keys()].find(({ text }) => text === changed.name.text);
      if (!name) return undefined;
      variables.set(name, changed.form);
      continue;
    }
    if (!declaration?.initializer || more.length > 0 || !ts.isIdentifier(declaration.name)) return undefined;
    const form = formOf(declaration.initializer, read, forms);
    if (!form) return undefined;
    forms.set(declaration.name.text, form);
    variables.set(declaration.name, form);
  }
  const form = formOf(target.value, read, forms);
  if (form?.kind !== 'sum' && form?.kind !== 'appended') return undefined;
  if (form.kind === 'appended' && target.field) return undefined;
  const key = write.args.keys[0]?.node;
  return key && { statements, form, variables, key, field: target.field };
}

/** One command alone, nothing given but key (field) and value. */
function writtenValue(write: RedisCall, checker: ts.TypeChecker): { value: ts.Expression; field: ts.Expression | undefined } | undefined {
  const { args, command } = write;
  if (args.ttl || args.flags.size > 0 || args.list.some(ts.isSpreadElement)) return undefined;
  if (command === 'SET') return args.list.length === 2 && args.value && !args.options ? { value: args.value, field: undefined } : undefined;
  if (command !== 'HSET') return undefined;
  const fields = fieldWrites(write, checker);
  const [only] = fields ?? [];
  const [, name, value] = args.list;
  // The name of a property is no expression.
  return only && fields?.length === 1 && name && value ? { value: only.value, field: name } : undefined;
}


/** @param read a GET or HGET; @param write the SET or HSET of what it gave, changed */
export function planChangeInPlace(read: RedisCall, write: RedisCall, workspace: Pick<Workspace, 'checker'>): FixPlan[] {
  const change = changeInPlace(read, write, workspace);
  const client = write.receiver.node;
  const [first, last] = [change?.statements[0], change?.statements.at(-1)];
  if (!change || !client || !first || !last || /Buffer\b/.test(read.nameNode.getText())) return [];
  const { checker } = workspace;
  const command = change.form.kind === 'sum' ? added(change, checker) : appended(change, checker);
  if (!command) return [];
  const kept = keptVariable(change, checker);
  if (kept === 'other' || (kept && change.form.kind === 'appended')) return [];
  if (command.arguments.some((one) => typeof one !== 'string' && (tiesOf([one]).has('await') || tiesOf([one]).has('yield')))) return [];
  const name = methodName(command.name, write);
  const parts = command.arguments.map((one) => (typeof one === 'string' ? one : sourceText(one)));
  const call = `await ${client.getText()}.${name}(${[sourceText(change.key), ...(change.field ? [sourceText(change.field)] : []), ...parts].join(', ')});`;
  const { sourceFile } = write;
  const range = { start: first.getStart(sourceFile), end: statementEnd(last) };
  const moved = [change.key, change.field, ...command.arguments, ...(change.form.kind === 'appended' && !Array.isArray(change.form.rest) ? [change.form.rest as ts.Node] : [])];
  const comments = commentsIn(sourceFile, range)
    .filter(({ pos }) => !moved.some((node) => node && typeof node !== 'string' && pos >= node.getStart(sourceFile) && pos < node.end))
    .map((comment) => sourceFile.text.slice(comment.pos, comment.end));
  const declared = kept ? `${kept.isReassigned ? 'let' : 'const'} ${kept.name} = ` : '';
  return [
    {
      id: 'change-in-place',
      title: change.form.kind === 'sum' ? `Add on the server with ${command.name} (whole numbers)` : 'Append on the server with APPEND',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits: [replaceRange(sourceFile, range.start, range.end, render([...comments, declared + call], indentationOf(first), styleOf(sourceFile)))],
    },
  ];
}

interface Command {
  name: string;
  arguments: readonly (ts.Expression | string)[];
}

function added({ form, field }: ChangeInPlace, checker: ts.TypeChecker): Command | undefined {
  if (form.kind !== 'sum') return undefined;
  const { amount, negative } = form;
  const literal = amount === 1 ? '1' : ts.isNumericLiteral(unwrap(amount)) ? unwrap(amount).getText() : undefined;
  if (literal !== undefined && !/^\d+$/.test(literal)) return undefined;
  if (amount !== 1 && literal === undefined && (checker.getTypeAtLocation(amount).flags & ts.TypeFlags.NumberLike) === 0) return undefined;
  if (!field) {
    if (literal === '1') return { name: negative ? 'DECR' : 'INCR', arguments: [] };
    return { name: negative ? 'DECRBY' : 'INCRBY', arguments: [literal ?? (amount as ts.Expression)] };
  }
  if (!negative) return { name: 'HINCRBY', arguments: [literal ?? (amount as ts.Expression)] };
  if (literal !== undefined) return { name: 'HINCRBY', arguments: [`-${literal}`] };
  const text = (amount as ts.Expression).getText();
  const binds = ts.isParenthesizedExpression(amount as ts.Expression) || ts.isIdentifier(amount as ts.Expression) || ts.isPropertyAccessExpression(amount as ts.Expression) || ts.isCallExpression(amount as ts.Expression);
  return { name: 'HINCRBY', arguments: [binds ? `-${text}` : `-(${text})`] };
}

function appended({ form }: ChangeInPlace, checker: ts.TypeChecker): Command | undefined {
  if (form.kind !== 'appended') return undefined;
  if (Array.isArray(form.rest)) {
    const rest = form.rest as readonly ts.Expression[];
    // Added up from the left: text only where one of the first two is.
    if (!rest.slice(0, 2).some((one) => isString(one, checker))) return undefined;
    return { name: 'APPEND', arguments: rest.length === 1 ? [...rest] : [rest.map((one) => sourceText(one)).join(' + ')] };
  }
  const template = form.rest as ts.TemplateExpression;
  const [first, only, ...more] = template.templateSpans;
  if (!first) return undefined;
  if (first.literal.text === '' && only && more.length === 0 && only.literal.text === '' && isString(only.expression, checker)) return { name: 'APPEND', arguments: [only.expression] };
  // What stands behind the brace of the first hole.
  return { name: 'APPEND', arguments: [`\`${template.getText().slice(first.literal.getStart() + 1 - template.getStart())}`] };
}

/** The variable that holds the new number, where it is used later; `other` where anything else is. */
function keptVariable({ statements, variables }: ChangeInPlace, checker: ts.TypeChecker): { name: string; isReassigned: boolean } | 'other' | undefined {
  const used = [...variables].flatMap(([name, form]) => {
    const later = referencesTo(name, checker).filter((one) => !statements.some((statement) => contains(statement, one)));
    return later.length > 0 ? [{ name, form, later }] : [];
  });
  const [only, ...more] = used;
  if (!only) return undefined;
  if (more.length > 0 || only.form.kind !== 'sum' || only.form.text) return 'other';
  return { name: only.name.text, isReassigned: only.later.some(isWritten) };
}
