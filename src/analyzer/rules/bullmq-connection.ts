/** What BullMQ asks of the connection of a worker: to wait for ever, and no prefix of its own. */
import ts from 'typescript';
import { unwrap } from '../facts/ast.ts';
import { bullConnections, isGiven, type BullConnection } from '../facts/bullmq-connections.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const bullmqConnection: Rule = {
  meta: {
    id: 'bullmq-connection',
    summary: 'A BullMQ worker is given a connection that gives up on requests, or one with a key prefix.',
    severity: 'error',
    fix: 'none',
    category: 'correctness',
  },
  *check({ region }, workspace) {
    for (const connection of bullConnections(region, workspace)) {
      const message = wrongWith(connection, workspace);
      if (message !== undefined) yield { node: connection.node.expression, message };
    }
  },
};

function wrongWith({ className, isInstance, option }: BullConnection, workspace: Workspace): string | undefined {
  if (isGiven(option('keyPrefix'), workspace)) {
    return isInstance
      ? `BullMQ throws for a client with keyPrefix; give this ${className} a client without one, and BullMQ's own prefix option.`
      : `With keyPrefix, this ${className} looks for its jobs under other keys than the queue that adds them, and finds none; use BullMQ's own prefix option.`;
  }
  if (!isInstance) return undefined;
  const retries = option('maxRetriesPerRequest');
  if (retries === 'absent') return `BullMQ throws for this client, whose requests fail after 20 retries by default; give the ${className} redis.duplicate({ maxRetriesPerRequest: null }).`;
  return typeof retries !== 'string' && ts.isNumericLiteral(unwrap(retries)) && Number(unwrap(retries).getText()) > 0
    ? `BullMQ throws for this client, whose requests fail after ${unwrap(retries).getText()} retries; maxRetriesPerRequest has to be null for a ${className}.`
    : undefined;
}
