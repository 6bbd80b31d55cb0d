/**
 * The errors among the replies of a pipeline or MULTI, thrown right after it; and the null of a transaction that was not run. Where what is
 * thrown would end the process, in an event's listener, errors are printed.
 */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { isThrownToNobody } from '../facts/calls/floating.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { awaitOf } from '../facts/calls/use.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { plainStatement } from './set-with-ttl-pair.ts';
import { insertAfter, insertAt, isInList, replaceStatement } from './text/edits.ts';
import { hoist, hoistPoint } from './text/hoist.ts';
import { sourceText, type Lines } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { quote } from './text/quote.ts';
import { styleOf } from './text/style.ts';

interface Checked {
  errors: boolean;
  aborted: boolean;
  /** In place of throwing. */
  prints: boolean;
}

export function planCheckedReplies(call: RedisCall, unchecked: { errors: boolean; aborted: boolean }, workspace: Pick<Workspace, 'checker'>): FixPlan[] {
  const prints = isThrownToNobody(call.node);
  if (prints && (unchecked.aborted || !unchecked.errors)) return [];
  const edits = call.use.kind === 'awaited' && (call.node.arguments ?? []).length === 0 ? editsOf(call, { ...unchecked, prints }, workspace.checker) : undefined;
  if (!edits) return [];
  const what = prints ? 'Print the errors among the replies' : unchecked.errors ? 'Throw the first error among the replies' : 'Throw when a watched key has changed';
  return [{ id: 'check-replies', title: what, kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
}

function editsOf(call: RedisCall, unchecked: Checked, checker: ts.TypeChecker): TextEdit[] | undefined {
  const { value, target } = call.use;
  const { sourceFile } = call;
  const plain = plainStatement(call);
  if (plain) {
    const replies = freshName(plain, ['replies', 'results'], { checker });
    const lines = checks(call, unchecked, replies, plain, checker);
    if (!isInList(plain)) return [replaceStatement(plain, [`const ${replies} = ${sourceText(plain.expression)};`, ...lines])];
    return [claimScope(plain), insertAt(sourceFile, plain.expression.getStart(sourceFile), `const ${replies} = `), insertAfter(plain, lines)];
  }
  if (target !== undefined) {
    const declaration = target.parent;
    // The list itself, not what is made of it on the way.
    if (!ts.isIdentifier(target) || !ts.isVariableDeclaration(declaration) || unwrap(value) !== awaitOf(call.node)) return undefined;
    const statement = declaration.parent.parent;
    if (!ts.isVariableStatement(statement) || !isInList(statement) || statement.declarationList.declarations.length !== 1) return undefined;
    return [insertAfter(statement, checks(call, unchecked, target.text, statement, checker))];
  }
  const awaited = awaitOf(call.node);
  const point = awaited && hoistPoint(awaited);
  if (!awaited || !point) return undefined;
  const at = point.kind === 'statement' ? point.statement : point.fn.body;
  const replies = freshName(at, ['replies', 'results'], { checker });
  // `(await p.exec())!`: the assertion stays, the parentheses go.
  const whole = ts.isParenthesizedExpression(awaited.parent) ? awaited.parent : awaited;
  const hoisted = hoist(whole, [`const ${replies} = ${sourceText(awaited)};`, ...checks(call, unchecked, replies, at, checker)], replies);
  return hoisted && [claimScope(at), ...hoisted];
}

function checks(call: RedisCall, { errors, aborted, prints }: Checked, replies: string, at: ts.Node, checker: ts.TypeChecker): Lines {
  const lines: Lines[number][] = [];
  const tell = (what: string): string => (prints ? `console.error(${what})` : `throw ${what}`);
  if (aborted) lines.push(`if (!${replies}) throw new Error(${quote('A watched key has changed, and nothing was done', styleOf(call.sourceFile))});`);
  if (!errors) return lines;
  if (call.dialect === 'ioredis') {
    const error = freshName(at, ['error', 'failure'], { checker, beside: [] });
    return [...lines, `for (const [${error}] of ${aborted ? replies : `${replies} ?? []`}) {`, [`if (${error}) ${tell(error)};`], '}'];
  }
  const reply = freshName(at, ['reply', 'result'], { checker, beside: [] });
  return [...lines, `for (const ${reply} of ${replies}) {`, [`if (${reply} instanceof Error) ${tell(reply)};`], '}'];
}
