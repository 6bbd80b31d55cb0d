/** A command of a list that may be empty → the same where the list has elements, and the reply of nothing where it has none. */
import ts from 'typescript';
import { enclosingFunction, isAsync, methodOf } from '../facts/code/ast.ts';
import type { ListArgument } from '../facts/calls/list-argument.ts';
import { listOrigin } from '../facts/values/list-origin.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { measurable } from './measured-list.ts';
import { isInList, replaceNode, replaceStatement } from './text/edits.ts';
import { sourceText } from './text/lines.ts';
import { asUnary } from './text/parentheses.ts';

/** What the command would reply if it took nothing; LPUSH and RPUSH say how long the list is, which nobody has asked. */
const nothing: Readonly<Record<string, string>> = {
  MGET: '[]', SINTER: '[]', SUNION: '[]', SDIFF: '[]', ZINTER: '[]', ZUNION: '[]', ZDIFF: '[]', HMGET: '[]', SMISMEMBER: '[]', ZMSCORE: '[]',
  PFCOUNT: '0', SINTERCARD: '0', ZINTERCARD: '0', DEL: '0', UNLINK: '0', EXISTS: '0', TOUCH: '0', SADD: '0', SREM: '0', HDEL: '0', ZADD: '0', ZREM: '0',
};

/** @returns [] for commands in a queue, whose replies would move up, for SUNIONSTORE and its like, of which nothing would be an empty destination, and where nothing can be named whose length says it */
export function planLengthGuard(call: RedisCall, given: ListArgument, workspace: Workspace): FixPlan[] {
  if (/STORE$/.test(call.command)) return [];
  if (call.callback || call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi' || (call.dialect === 'node-redis' && call.major < 4)) return [];
  const length = measurable(given.list, listOrigin(given.list, workspace), workspace.checker);
  const edits = length === undefined ? undefined : guarded(call, `${length} > 0`);
  if (!edits) return [];
  return [
    {
      id: 'guard-length',
      title: `Send ${call.command} only where there is something to send`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits,
    },
  ];
}

function guarded({ node, use, command }: RedisCall, condition: string): TextEdit[] | undefined {
  if (use.kind === 'awaited') {
    const statement = use.value.parent;
    if (ts.isExpressionStatement(statement)) {
      // `if (x) await r.del(…);` gets a block of its own.
      return isInList(statement) || ts.isIfStatement(statement.parent) ? [replaceStatement(statement, [`if (${condition}) {`, [sourceText(statement)], '}'])] : undefined;
    }
    const waiting = node.parent;
    const empty = nothing[command];
    if (!ts.isAwaitExpression(waiting) || empty === undefined) return undefined;
    return [replaceNode(waiting, inPlace(waiting, `${condition} ? ${waiting.getText()} : ${empty}`))];
  }
  const empty = nothing[command];
  const { parent } = node;
  if (use.kind !== 'returned' || empty === undefined || methodOf(node as ts.CallExpression) === undefined) return undefined;
  if (!ts.isReturnStatement(parent) && !(ts.isArrowFunction(parent) && parent.body === node)) return undefined;
  const fn = enclosingFunction(node);
  return [replaceNode(node, `${condition} ? ${node.getText()} : ${isAsync(fn) ? empty : `Promise.resolve(${empty})`}`)];
}

/** A choice in the place of an `await`. */
function inPlace(node: ts.Expression, text: string): string {
  const { parent } = node;
  const isWhole = ts.isParenthesizedExpression(parent) || ts.isReturnStatement(parent) || (ts.isVariableDeclaration(parent) && parent.initializer === node) || (ts.isArrowFunction(parent) && parent.body === node) || (ts.isCallExpression(parent) && parent.arguments.includes(node)) || (ts.isPropertyAssignment(parent) && parent.initializer === node);
  return isWhole ? text : asUnary(node, text) === text ? `(${text})` : asUnary(node, text);
}
