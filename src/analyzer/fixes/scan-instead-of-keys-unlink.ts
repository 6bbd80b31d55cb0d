/** Names that only go to DEL or UNLINK: unlinked batch by batch as the scan finds them, in the same total. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { clientOf } from '../facts/clients/provided-client.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { forEachBatch, scanCount, scanIterable, type ScanWriter } from '../dialects/write/scan.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { KeysScan } from './scan-instead-of-keys-parts.ts';
import { commentsIn } from './text/comments.ts';
import { isInList, nextStatement, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render, type Lines } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';

interface Removal {
  /** What the loop replaces, in a row: `const keys = …`, a guard, the command that removes them; or that one alone. */
  first: ts.Statement;
  last: ts.Statement;
  del: RedisCall & { node: ts.CallExpression };
  /** What the list was called. */
  list: ts.Identifier | undefined;
  /** The number of removed keys is returned. */
  counted: boolean;
}

/** Undefined where the names are used for anything else, or where a key prefix or several slots stand between names and keys. */
export function unlinkWhileScanning(scan: KeysScan, calls: readonly RedisCall[], workspace: Workspace): TextEdit[] | undefined {
  const { call, writer, optional, parts, checker, style } = scan;
  if (!writer || writer.target !== 'client' || optional || clientOf(call.receiver, workspace).hasPrefix || !isRepeatable(call.receiver.node ?? call.node)) return undefined;
  const removal = removalInPlace(call, calls) ?? removalOfVariable(call, calls, checker);
  if (!removal || !isInList(removal.first)) return undefined;
  const { first, last, del, list, counted } = removal;
  const spread = del.node.arguments.some(ts.isSpreadElement) ? '...' : '';
  const total = counted ? freshName(first, ['removed', 'total'], { checker }) : undefined;
  const unlink = (names: string): string => `${total === undefined ? '' : `${total} += `}await ${parts.client}.unlink(${spread}${names});`;
  const names = list ? { ...parts.names, list: list.text, ...(needsCast(writer) ? {} : { batch: list.text }) } : parts.names;
  const loop = forEachBatch(writer, { ...parts, names }, (batch) => [unlink(batch)]) ?? accumulated(writer, scan, unlink);
  const sourceFile = first.getSourceFile();
  const range = { start: first.getStart(sourceFile), end: statementEnd(last) };
  const pattern = call.args.list[0];
  const comments = commentsIn(sourceFile, range)
    .filter((comment) => !pattern || comment.pos < pattern.pos || comment.end > pattern.end)
    .map((comment) => sourceFile.text.slice(comment.pos, comment.end));
  const lines: Lines = total === undefined ? [...comments, ...loop] : [...comments, `let ${total} = 0;`, ...loop, `return ${total};`];
  return [claimScope(first), replaceRange(sourceFile, range.start, range.end, render(lines, indentationOf(first), style))];
}

const needsCast = ({ dialect, style }: ScanWriter): boolean => dialect === 'ioredis' && style.typescript;

/** Where the scan gives one key at a time, batches have to be made. */
function accumulated(writer: ScanWriter, { parts, style }: KeysScan, unlink: (list: string) => string): Lines {
  const { client, pattern, names } = parts;
  return [
    `let ${names.batch}${style.typescript ? ': string[]' : ''} = [];`,
    `for await (const ${names.key} of ${scanIterable(writer, client, pattern)}) {`,
    [`if (${names.batch}.push(${names.key}) < ${scanCount}) continue;`, unlink(names.batch), `${names.batch} = [];`],
    '}',
    `if (${names.batch}.length > 0) ${unlink(names.batch)}`,
  ];
}

/** `await r.del(...(await r.keys(p)))` */
function removalInPlace(call: RedisCall, calls: readonly RedisCall[]): Removal | undefined {
  const del = delOf(call.use.value, call, calls);
  const statement = del && statementOf(del);
  return del && statement ? { first: statement.statement, last: statement.statement, del, list: undefined, counted: statement.counted } : undefined;
}

/** `const keys = await r.keys(p)` and the statements right after it. */
function removalOfVariable(call: RedisCall, calls: readonly RedisCall[], checker: ts.TypeChecker): Removal | undefined {
  const { target } = call.use;
  if (!target || !ts.isIdentifier(target) || !ts.isVariableDeclaration(target.parent)) return undefined;
  const declarations = target.parent.parent;
  if (!ts.isVariableDeclarationList(declarations) || declarations.declarations.length !== 1 || !ts.isVariableStatement(declarations.parent)) return undefined;
  const first = declarations.parent;
  const uses = referencesTo(target, checker);
  const lengths = uses.filter(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text === 'length');
  const others = uses.filter((use) => !lengths.includes(use));
  const [only] = others;
  const del = only && others.length === 1 ? delOf(only, call, calls) : undefined;
  if (!del || lengths.length > 1) return undefined;
  const last = lastOf(first, del, target.text, lengths.length === 1);
  return last && { first, last: last.statement, del, list: target, counted: last.counted };
}

/** The last of the statements in a row that do nothing but remove what is called `name`, with or without a guard. */
function lastOf(first: ts.Statement, del: Removal['del'], name: string, guarded: boolean): { statement: ts.Statement; counted: boolean } | undefined {
  const next = nextStatement(first);
  const removing = statementOf(del);
  if (!next) return undefined;
  if (!guarded) return removing?.statement === next ? removing : undefined;
  if (ts.isIfStatement(next) && !next.elseStatement && isFilled(next.expression, name)) {
    const then = ts.isBlock(next.thenStatement) && next.thenStatement.statements.length === 1 ? next.thenStatement.statements[0] : next.thenStatement;
    return removing?.statement === then && !removing?.counted ? { statement: next, counted: false } : undefined;
  }
  if (ts.isReturnStatement(next) && next.expression) {
    const choice = unwrap(next.expression);
    const value = valueOf(del);
    return ts.isConditionalExpression(choice) && isFilled(choice.condition, name) && choice.whenTrue === value && choice.whenFalse.getText() === '0' ? { statement: next, counted: true } : undefined;
  }
  // `if (keys.length === 0) return 0; return r.del(keys);`
  const after = nextStatement(next);
  if (!ts.isIfStatement(next) || next.elseStatement || !isEmpty(next.expression, name) || !after || removing?.statement !== after) return undefined;
  const then = ts.isBlock(next.thenStatement) && next.thenStatement.statements.length === 1 ? next.thenStatement.statements[0] : next.thenStatement;
  if (!then || !ts.isReturnStatement(then)) return undefined;
  if (removing.counted) return then.expression?.getText() === '0' ? removing : undefined;
  const isLastOfFunction = siblings(after).at(-1) === after && ts.isFunctionLike(after.parent.parent);
  return then.expression === undefined && isLastOfFunction ? removing : undefined;
}

/** The DEL or UNLINK, on the same client, of nothing but `list`. */
function delOf(list: ts.Expression, call: RedisCall, calls: readonly RedisCall[]): Removal['del'] | undefined {
  const argument = ts.isSpreadElement(list.parent) ? list.parent : list;
  const node = argument.parent;
  const del = calls.find((one) => one.node === node);
  if (!del || !ts.isCallExpression(node) || (del.command !== 'DEL' && del.command !== 'UNLINK') || del.receiver.kind !== call.receiver.kind) return undefined;
  const isSame = del.receiver.identity === call.receiver.identity && del.receiver.node?.getText() === call.receiver.node?.getText();
  return isSame && node.arguments.length === 1 && node.arguments[0] === argument && !ts.isOptionalChain(node) ? { ...del, node } : undefined;
}

/** `await r.del(…);`, `return r.del(…);`, `return await r.del(…);` */
function statementOf(del: Removal['del']): { statement: ts.Statement; counted: boolean } | undefined {
  const { parent } = valueOf(del);
  if (ts.isReturnStatement(parent)) return { statement: parent, counted: true };
  return ts.isExpressionStatement(parent) && del.use.kind === 'awaited' ? { statement: parent, counted: false } : undefined;
}

const valueOf = (del: Removal['del']): ts.Expression => (ts.isAwaitExpression(del.node.parent) ? del.node.parent : del.node);

function isFilled(condition: ts.Expression, name: string): boolean {
  const text = condition.getText().replaceAll(/\s/g, '');
  return ['.length', '.length>0', '.length!==0', '.length!=0', '.length>=1'].some((test) => text === name + test);
}

function isEmpty(condition: ts.Expression, name: string): boolean {
  const text = condition.getText().replaceAll(/\s/g, '');
  return text === `!${name}.length` || ['.length===0', '.length==0', '.length<1'].some((test) => text === name + test);
}
