/** Commands of one connection are answered in turn: while one waits for an element, all others wait with it. */
import { conflictsIn, nameOfSite, seekDemands } from '../facts/clients/client-uses.ts';
import { planDedicatedClient } from '../fixes/dedicated-client.ts';
import type { Rule } from './rule.ts';

export const blockingOnSharedClient: Rule = {
  meta: {
    id: 'blocking-on-shared-client',
    summary: 'A command that waits (BLPOP, XREAD BLOCK) on a client that others use: they all wait with it.',
    severity: 'error',
    fix: 'suggest',
    category: 'latency',
  },
  seek: seekDemands,
  *check({ region }, workspace) {
    for (const { demand, other } of conflictsIn(region, 'blocks', workspace)) {
      const isWait = demand.call.command.startsWith('WAIT');
      yield {
        node: nameOfSite(demand),
        message: isWait
          ? `While ${demand.call.command} waits for replicas, every other command on this client waits too, such as ${other.call.command}; send it and the write that it is for by a connection of their own.`
          : `While ${demand.call.command} waits, every other command on this client waits with it, such as ${other.call.command}; let it block on a duplicate() of the client.`,
        related: [{ node: nameOfSite(other), message: `${other.call.command} is sent by the same client here` }],
        ...(isWait ? {} : { fixes: () => planDedicatedClient(demand, workspace) }),
      };
    }
  },
};
