/**
 * Statements that only send commands, to be sent together: each `await redis.del(key);` becomes `multi.del(key);`, in the loops and
 * branches around them too. What reads a reply, waits for anything else, or may end the function on the way cannot be queued.
 */
import ts from 'typescript';
import { contains, enclosingFunction, methodOf, some, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { isBlocking } from '../../redis/commands.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { leadsToRedis } from './batch-loop/hazards.ts';
import { leading, trailing } from './batch-loop/code.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { tiesOf } from './text/jumps.ts';
import { sourceText, type Lines } from './text/lines.ts';

/** The commands of a statement, where it is nothing but work on them and memory; undefined where it cannot be queued. @param like a command on the client that all have to be sent by */
export function queueableCommands(statement: ts.Statement, like: RedisCall, workspace: Workspace): RedisCall[] | undefined {
  const calls = (workspace.factsOf(like.sourceFile.fileName)?.calls ?? []).filter(({ node }) => contains(statement, node));
  if (!calls.every((call) => isQueueable(call, like, statement))) return undefined;
  const awaits = new Set(calls.map(({ use }) => use.value));
  const isOther = (node: ts.Node): boolean => (ts.isAwaitExpression(node) && !awaits.has(node)) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
  if (isOther(statement) || some(statement, isOther, true)) return undefined;
  const ties = tiesOf([statement]);
  if (ties.has('return') || ties.has('break') || ties.has('continue') || ties.has('yield')) return undefined;
  return leadsToRedis(statement, workspace) ? undefined : calls;
}

function isQueueable(call: RedisCall, like: RedisCall, statement: ts.Statement): boolean {
  const plain = plainStatement(call);
  if (!plain || call.use.kind !== 'awaited' || !ts.isAwaitExpression(call.use.value) || call.use.value.expression !== call.node) return false;
  if (!isSameClient(like, call) || !mayBeQueued(call) || enclosingFunction(call.node) !== enclosingFunction(like.node)) return false;
  for (let at: ts.Node = plain; at !== statement; at = at.parent) if (ts.isTryStatement(at.parent)) return false;
  return !ts.isTryStatement(statement);
}

/** A command that a queue can take, written as a method of its client. */
export function mayBeQueued({ command, callback, spelling, node, receiver, args }: RedisCall): boolean {
  if (callback || command.startsWith('@') || isBlocking(command) || /^(?:WATCH|UNWATCH|MULTI|EXEC|DISCARD|[PS]?(?:UN)?SUBSCRIBE|SELECT|AUTH|QUIT|CLIENT.*)$/.test(command)) return false;
  if ((spelling !== 'method' && spelling !== 'upper') || !ts.isCallExpression(node)) return false;
  const method = methodOf(node);
  // A module's commands stand on `client.json`.
  return method !== undefined && receiver.node !== undefined && unwrap(method.target) === unwrap(receiver.node) && !args.list.some((argument) => some(argument, isWaiting, true));
}

/** It would wait in the midst of the chain. */
const isWaiting = (node: ts.Node): boolean => ts.isAwaitExpression(node) || ts.isYieldExpression(node);

/** The statements with their commands on the queue and their comments; those before the first one are left where they stand. */
export function queuedLines(statements: readonly ts.Statement[], commands: readonly RedisCall[], queue: string): (string | Lines)[] {
  const lines: (string | Lines)[] = [];
  for (const [index, statement] of statements.entries()) {
    const replace = commands.flatMap(({ node, use }) => {
      const target = contains(statement, node) && ts.isCallExpression(node) ? methodOf(node)?.target : undefined;
      return target ? [{ start: use.value.getStart(), end: target.end, text: queue }] : [];
    });
    if (index > 0) {
      if (/\n[ \t]*\r?\n/.test(statement.getSourceFile().text.slice(statement.pos, statement.getStart()))) lines.push('');
      lines.push(...leading(statement));
    }
    lines.push(sourceText(statement, { replace }) + trailing(statement));
  }
  return lines;
}

/** `del(key)`, as written; of a command that may be queued. */
export function commandText({ node }: RedisCall): string {
  return ts.isCallExpression(node) ? `${methodOf(node)?.name ?? ''}(${node.arguments.map((argument) => sourceText(argument)).join(', ')})` : '';
}
