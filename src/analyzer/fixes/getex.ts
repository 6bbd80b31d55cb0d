/** GET, then EXPIRE → GETEX: read and renewed in one round trip. A key that is not there stays so by both ways. */
import type ts from 'typescript';
import { enclosingStatement } from '../facts/code/ast.ts';
import { conditionsBetween } from '../facts/code/path-conditions.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { answerOf, replyOf, testOf } from '../facts/replies/reply-tests.ts';
import { readWithTtl } from '../dialects/write/read-ttl.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { replyUses } from './reply-variable.ts';
import { positiveInteger } from './set-with-ttl-number.ts';
import { takeOutExpire } from './take-out-expire.ts';
import { insertAt, nextStatement, replaceNode } from './text/edits.ts';
import { styleOf } from './text/style.ts';

/** @param get the read; @param expire the EXPIRE of its key; [] where they cannot become one */
export function planGetex(get: RedisCall, expire: RedisCall, workspace: Workspace): FixPlan[] {
  const out = takeOutExpire(get, expire, (test) => answerOf(test) === 'yes', workspace);
  if (!out || out.isBare) return [];
  const [key] = get.args.list;
  const spelled = readWithTtl(get, out.ttl.unit, out.ttl.node.getText(), styleOf(get.sourceFile));
  if (!spelled || !key) return [];
  // Nothing would read the value any more.
  if (replyUses(get, out.removed, workspace)?.unused) return [];
  const isNext = nextStatement(enclosingStatement(get.node)) === out.removed;
  const isSafe = isNext && !get.callback && positiveInteger(out.ttl.node, workspace.checker) === 'constant' && isForEveryValue(get, expire);
  return [
    {
      id: 'getex',
      title: `Read the value and renew its TTL by one GETEX (${out.ttl.unit})`,
      kind: isSafe ? 'safe' : 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits: [replaceNode(get.nameNode, spelled.method), insertAt(get.sourceFile, key.end, spelled.text), ...out.edits],
    },
  ];
}

/** `if (text)` leaves out the empty text, which GETEX renews too. */
function isForEveryValue(get: RedisCall, expire: RedisCall): boolean {
  const reply = replyOf(get.node as ts.CallExpression);
  return conditionsBetween(get.node, expire.node)?.every((condition) => testOf(condition, reply)?.operator === '!=') ?? false;
}
