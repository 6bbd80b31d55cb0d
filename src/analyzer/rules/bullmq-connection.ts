/** What BullMQ asks of a connection: no prefix of its own, and of a worker's to wait for ever; and of queues, that one connection will do. */
import ts from 'typescript';
import { methodOf } from '../facts/code/ast.ts';
import { bullConnections, isGiven, isWaiter, type BullConnection } from '../facts/clients/bullmq-connections.ts';
import { ownConnections } from '../facts/clients/bullmq-queues.ts';
import { constantText } from '../facts/code/fold.ts';
import { planClientWithoutRetryLimit } from '../fixes/client-without-retry-limit.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const bullmqConnection: Rule = {
  meta: {
    id: 'bullmq-connection',
    summary: 'BullMQ is given a connection with a key prefix, or a worker one that gives up on requests; or each of many queues has its own.',
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ region }, workspace) {
    const told = new Set<ts.Node>();
    for (const connection of bullConnections(region, workspace)) {
      const message = prefixMessage(connection, workspace);
      if (message !== undefined) {
        // A module may be given many queues at once.
        if (!told.has(connection.node)) yield { node: calleeName(connection.node), message };
        told.add(connection.node);
        continue;
      }
      const limit = isWaiter(connection.className) ? retryLimit(connection, workspace) : undefined;
      if (limit === undefined) continue;
      yield {
        node: calleeName(connection.node),
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

const calleeName = (node: BullConnection['node']): ts.Node => (ts.isCallExpression(node) ? methodOf(node)?.nameNode : undefined) ?? node.expression;

function prefixMessage({ className, isInstance, option }: BullConnection, workspace: Workspace): string | undefined {
  if (!isGiven(option('keyPrefix'), workspace)) return undefined;
  if (isInstance) return `BullMQ throws for a client with keyPrefix; give this ${className} a client without one, and BullMQ's own prefix option.`;
  const lost = isWaiter(className)
    ? `this ${className} does not find its jobs, or cannot finish them; use BullMQ's own prefix option, here and at the queue`
    : `${className === 'BullModule' ? 'jobs' : `jobs of this ${className}`} are not found, or not finished; use BullMQ's own prefix option, at queues and workers`;
  return `With keyPrefix, BullMQ's commands and scripts speak of different keys: ${lost}.`;
}

/** What a client says, or ioredis by default; undefined for no limit, and for options, over which BullMQ has the last word. */
function retryLimit({ isInstance, option }: BullConnection, { checker }: Workspace): number | undefined {
  const given = isInstance ? option('maxRetriesPerRequest') : 'unknown';
  if (given === 'absent') return 20;
  const limit = given === 'unknown' ? Number.NaN : Number(constantText(given, checker));
  return limit > 0 ? limit : undefined;
}
