/** What BullMQ asks of the connection of a worker: to wait for ever, and no prefix of its own; and of queues, that one connection will do. */
import { bullConnections, isGiven, type BullConnection } from '../facts/bullmq-connections.ts';
import { ownConnections } from '../facts/bullmq-queues.ts';
import { constantText } from '../facts/fold.ts';
import { planClientWithoutRetryLimit } from '../fixes/client-without-retry-limit.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const bullmqConnection: Rule = {
  meta: {
    id: 'bullmq-connection',
    summary: 'A BullMQ worker is given a connection that gives up on requests, or one with a key prefix; or each of many queues has its own.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ region }, workspace) {
    for (const connection of bullConnections(region, workspace)) {
      const message = prefixMessage(connection, workspace);
      if (message !== undefined) {
        yield { node: connection.node.expression, message };
        continue;
      }
      const limit = retryLimit(connection, workspace);
      if (limit === undefined) continue;
      yield {
        node: connection.node.expression,
        message: `BullMQ throws for this client, whose requests fail after ${limit} retries; a ${connection.className}'s client waits for as long as it takes, by maxRetriesPerRequest: null.`,
        fixes: () => planClientWithoutRetryLimit(connection, workspace),
      };
    }
    for (const { constructions: [first, ...others], count } of ownConnections(region, workspace)) {
      if (!first) continue;
      yield {
        node: first.expression,
        severity: 'information',
        message: `Each of ${count} queues made here has a connection of its own; a queue does not block, so that one client, made once and given to all of them, will do.`,
        related: others.map((one) => ({ node: one.expression, message: 'another one' })),
      };
    }
  },
};

function prefixMessage({ className, isInstance, option }: BullConnection, workspace: Workspace): string | undefined {
  if (!isGiven(option('keyPrefix'), workspace)) return undefined;
  return isInstance
    ? `BullMQ throws for a client with keyPrefix; give this ${className} a client without one, and BullMQ's own prefix option.`
    : `With keyPrefix, BullMQ's commands and scripts speak of different keys: this ${className} does not find its jobs, or cannot finish them; use BullMQ's own prefix option, here and at the queue.`;
}

/** What a client says, or ioredis by default; undefined for no limit, and for options, over which BullMQ has the last word. */
function retryLimit({ isInstance, option }: BullConnection, { checker }: Workspace): number | undefined {
  const given = isInstance ? option('maxRetriesPerRequest') : 'unknown';
  if (given === 'absent') return 20;
  const limit = given === 'unknown' ? Number.NaN : Number(constantText(given, checker));
  return limit > 0 ? limit : undefined;
}
