/** What asks about all keys is answered by one node of a cluster, about its own. */
import ts from 'typescript';
import { some } from '../facts/code/ast.ts';
import { asCommand } from '../facts/calls/collect-calls.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { onlyFirstPage } from '../facts/replies/scan-uses.ts';
import { planOnEveryMaster } from '../fixes/on-every-master.ts';
import { planScanInsteadOfKeys } from '../fixes/scan-instead-of-keys.ts';
import { planScanToTheEnd } from '../fixes/scan-to-the-end.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { FixPlan, Problem, Rule } from './rule.ts';

const ofAllKeys = new Set(['KEYS', 'SCAN', 'DBSIZE', 'FLUSHDB', 'FLUSHALL']);

export const clusterKeyspace: Rule = {
  meta: {
    id: 'cluster-keyspace',
    summary: 'KEYS, SCAN, DBSIZE or FLUSHDB on a cluster reaches one node alone.',
    severity: 'warning',
    fix: 'suggest',
    category: 'cluster',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      if (call.command === '@missing') yield missing(call, workspace);
      if (!ofAllKeys.has(call.command) || !reachesOneNode(call)) continue;
      if (!isThere(call)) {
        yield missing(call, workspace);
        continue;
      }
      const what = /^FLUSH/.test(call.command) ? 'empties' : call.command === 'DBSIZE' ? 'counts' : 'sees';
      yield {
        node: call.nameNode,
        message: `On a cluster ${call.command} is sent to one node and ${what} its keys alone; go over every master.`,
        fixes: () => plansFor(call, workspace),
      };
    }
  },
};

/** node-redis 4's cluster has no such methods: of `RedisClientType | RedisClusterType`, the one half. */
const isThere = ({ dialect, major, spelling }: RedisCall): boolean => dialect !== 'node-redis' || major !== 4 || spelling === 'raw';

function missing(call: RedisCall, workspace: Workspace): Problem {
  const name = call.nameNode.getText();
  const meant = call.command === '@missing' ? name.replaceAll('_', '').toUpperCase() : call.command;
  return {
    node: call.nameNode,
    message: `A cluster of node-redis ${call.major} has no ${name}(), so that the call is a TypeError; go over every master (cluster.masters).`,
    // A page has no meaning for several masters.
    fixes: () => (meant === 'SCAN' || meant === 'SCANITERATOR' ? [] : plansFor(call.command === '@missing' ? asCommand(call, meant, workspace.checker) : call, workspace)),
  };
}

/** node-redis 6 goes over all masters itself. */
function reachesOneNode({ receiver, dialect, major, fn }: RedisCall): boolean {
  if (dialect === 'node-redis' && major >= 6) return false;
  // `client.isCluster` tells types nothing.
  return receiver.kind === 'cluster' || (receiver.kind === 'client' && receiver.maybeCluster && !some(fn, (node) => ts.isPropertyAccessExpression(node) && node.name.text === 'isCluster'));
}

function plansFor(call: RedisCall, workspace: Workspace): readonly FixPlan[] {
  if (call.command === 'KEYS') return planScanInsteadOfKeys(call, workspace);
  if (call.command === 'SCAN') return onlyFirstPage(call, workspace.checker) ? planScanToTheEnd(call, workspace.checker) : [];
  return planOnEveryMaster(call, workspace.checker);
}
