/** With RESP2, a connection that has subscribed takes nothing but more subscriptions. */
import { conflictsIn, nameOfSite, seekDemands } from '../facts/clients/client-uses.ts';
import { protocolOf } from '../facts/clients/protocol.ts';
import { planDedicatedClient } from '../fixes/dedicated-client.ts';
import type { Rule } from './rule.ts';

export const subscribeOnSharedClient: Rule = {
  meta: {
    id: 'subscribe-on-shared-client',
    summary: 'A client subscribes and is used for other commands, which fail once it has (with RESP2).',
    severity: 'error',
    fix: 'suggest',
    category: 'latency',
  },
  seek: seekDemands,
  *check({ region }, workspace) {
    for (const { demand, other } of conflictsIn(region, 'subscribes', workspace)) {
      const { call, declaration } = demand;
      const isAllowed = call.command !== 'MONITOR' && protocolOf(call, declaration, workspace) === 3;
      yield {
        node: nameOfSite(demand),
        ...(isAllowed ? { severity: 'information' as const } : {}),
        message: isAllowed
          ? `Messages and replies share this connection, so that a burst of messages delays ${other.call.command}, which fails should the connection fall back to RESP2; subscribe on a duplicate() of the client.`
          : `After ${call.command} this connection takes no other commands: ${other.call.command} on the same client fails; use a duplicate() of the client.`,
        related: [{ node: nameOfSite(other), message: `${other.call.command} is sent by the same client here` }],
        fixes: () => planDedicatedClient(demand, workspace),
      };
    }
  },
};
