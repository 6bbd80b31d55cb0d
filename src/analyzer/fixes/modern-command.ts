/** A deprecated command → the one that replaced it, where replies are used the same, or only as conditions that are rewritten. */
import ts from 'typescript';
import { modernCommand, type ArgumentChange } from '../dialects/write/modern-command.ts';
import { conditionUses } from '../facts/replies/condition-uses.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isServerSurelyAtLeast } from '../workspace/layout.ts';
import { plainStatement } from './set-with-ttl-pair.ts';
import { hasComments } from './text/comments.ts';
import { insertAt, replaceNode, replaceRange } from './text/edits.ts';
import { tiesOf } from './text/jumps.ts';
import { isRepeatable } from './text/purity.ts';
import { quote } from './text/quote.ts';
import { styleOf, type Style } from './text/style.ts';
import { isString } from './text/types.ts';

export function planModernCommand(call: RedisCall, workspace: Workspace): FixPlan[] {
  const { sourceFile } = call;
  if (call.spelling === 'alias' || !ts.isCallExpression(call.node)) return [];
  const style = styleOf(sourceFile);
  const modern = modernCommand(call, style, (node) => node.getText(sourceFile), (node) => isString(node, workspace.checker));
  const name = modern && nameEdit(call, modern.name, style);
  const reply = modern && replyEdits(call, workspace, style);
  if (!modern || !name || !reply || !isTyped(call, style) || losesComment(call, modern.changes)) return [];
  // In legacy mode a client takes no options object.
  if (call.dialect === 'node-redis' && call.major >= 4 && call.spelling !== 'raw' && workspace.isAnyMentioned(['legacyMode'])) return [];
  const isSafe = reply.isSame && isServerSurelyAtLeast(modern.since, sourceFile.fileName, workspace.root, workspace.layout) && keepsOrder(call) && !mayLackTtl(call, workspace.checker);
  return [
    {
      id: 'modern-command',
      title: `Use ${modern.command} instead of ${call.command}`,
      kind: isSafe ? 'safe' : 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [name, ...modern.changes.map((change) => edit(sourceFile, change)), ...reply.edits],
    },
  ];
}

function edit(sourceFile: ts.SourceFile, change: ArgumentChange): TextEdit {
  if ('before' in change) return insertAt(sourceFile, change.before.getStart(sourceFile), change.text);
  if (change.after) return insertAt(sourceFile, change.to.end, change.text);
  return replaceRange(sourceFile, change.from.getStart(sourceFile), change.to.end, change.text);
}

/** The method's name, or the word in `call('SETEX', …)` and `sendCommand(['SETEX', …])`. */
function nameEdit(call: RedisCall, name: string, style: Style): TextEdit | undefined {
  if (call.spelling !== 'raw') return ts.isIdentifier(call.nameNode) ? replaceNode(call.nameNode, name) : undefined;
  const [first] = call.args.list;
  const holder = first?.parent;
  const words = holder && ts.isCallExpression(holder) ? holder.arguments : holder && ts.isArrayLiteralExpression(holder) ? holder.elements : undefined;
  const word = first && words?.[words.indexOf(first) - 1];
  if (!word || !ts.isStringLiteralLike(word) || word.text.toUpperCase() !== call.command) return undefined;
  return replaceNode(word, quote(word.text === word.text.toLowerCase() ? name.toLowerCase() : name, style));
}

/** What has to change where the reply is used; undefined where it cannot. */
function replyEdits(call: RedisCall, workspace: Workspace, style: Style): { edits: TextEdit[]; isSame: boolean } | undefined {
  const same = { edits: [], isSame: true };
  if (call.command !== 'SETNX' && call.command !== 'HMSET') return same;
  if (call.use.kind === 'void' || (call.use.kind !== 'queued' && plainStatement(call))) return same;
  if (call.command === 'HMSET') return call.use.kind === 'queued' ? { edits: [], isSame: false } : undefined;
  const comparisons = conditionUses(call, workspace);
  if (!comparisons) return undefined;
  return { edits: comparisons.map(({ literal, is }) => replaceNode(literal, is ? quote('OK', style) : 'null')), isSame: comparisons.length === 0 };
}

/** Whether the client's types know the new form, and give the reply the same type where it is used. */
function isTyped(call: RedisCall, style: Style): boolean {
  if (!style.typescript || call.spelling === 'raw') return true;
  const isUsed = plainStatement(call) === undefined && call.use.kind !== 'void';
  const isSetex = call.command === 'SETEX' || call.command === 'PSETEX';
  if (call.dialect === 'node-redis') {
    if (call.major >= 4) return !isSetex || !isUsed || call.use.kind === 'queued';
    return isSetex && !call.callback;
  }
  if (call.library === 'iovalkey' || call.major >= 5) return true;
  // ioredis 4: SET is typed to give null, too; ZRANGE has neither REV nor BYSCORE, pipelines no LMOVE.
  if (call.command.startsWith('Z') || call.command.startsWith('GEO') || call.command === 'SLAVEOF') return false;
  return call.use.kind === 'queued' ? !/^B?RPOPLPUSH$/.test(call.command) : !isUsed || call.command === 'SETNX';
}

/** SETEX names the TTL before the value: two of which both do something would change places. */
function keepsOrder({ command, args: { list } }: RedisCall): boolean {
  const [, one, other] = list;
  if (!/^P?SETEX$/.test(command) || !one || !other) return true;
  const waits = tiesOf([one, other]);
  return (isRepeatable(one) || isRepeatable(other)) && !waits.has('await') && !waits.has('yield');
}

/** node-redis from version 4 on leaves out an option that is undefined, where SETEX throws. */
function mayLackTtl({ command, dialect, major, spelling, args: { list } }: RedisCall, checker: ts.TypeChecker): boolean {
  const [, time] = list;
  if (!/^P?SETEX$/.test(command) || dialect !== 'node-redis' || major < 4 || spelling === 'raw' || !time || ts.isNumericLiteral(time)) return false;
  return (checker.getTypeAtLocation(time).flags & ts.TypeFlags.NumberLike) === 0;
}

/** A comment between arguments that change places would stand with another one. */
function losesComment({ sourceFile, args: { list } }: RedisCall, changes: readonly ArgumentChange[]): boolean {
  const moved = changes.flatMap((change) => ('from' in change && !change.after ? [change.from, change.to] : []));
  if (moved.length === 0) return false;
  const [first, last] = [Math.min(...moved.map((node) => node.pos)), Math.max(...moved.map((node) => node.end))];
  return list.length > 0 && hasComments(sourceFile, { start: first, end: last });
}
