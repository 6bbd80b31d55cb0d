/** LPUSH or RPUSH of one key whose reply is still the list's length when LLEN asks for it. */
import ts from 'typescript';
import { enclosingStatement } from '../code/ast.ts';
import type { RedisCall } from '../calls/redis-call.ts';

const pushes = new Set(['LPUSH', 'RPUSH']);

/** The push in the statement right before that of `length`, awaited and of the same key; nothing can come between. */
export function pushBefore(length: RedisCall, calls: readonly RedisCall[]): RedisCall | undefined {
  const [key] = length.args.keys;
  if (!key || (length.use.kind !== 'awaited' && length.use.kind !== 'returned')) return undefined;
  const statement = enclosingStatement(length.node);
  const block = statement.parent;
  if (!ts.isBlock(block) && !ts.isSourceFile(block)) return undefined;
  const before = block.statements[block.statements.indexOf(statement) - 1];
  return calls.find(
    (call) =>
      pushes.has(call.command) &&
      call.use.kind === 'awaited' &&
      enclosingStatement(call.node) === before &&
      call.receiver.identity === length.receiver.identity &&
      call.receiver.node?.getText() === length.receiver.node?.getText() &&
      call.args.keys[0]?.identity === key.identity,
  );
}
