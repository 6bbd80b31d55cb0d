/** A collection read, worked on, then deleted → renamed first, so that what comes meanwhile stays under the key. */
import { setAside } from '../dialects/write/set-aside.ts';
import { contains } from '../facts/code/ast.ts';
import { regionOf } from '../facts/calls/regions.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { unitOf } from '../facts/code/units.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isExitOnNothing } from './read-and-delete.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { insertBefore, isInList, replaceNode, siblings } from './text/edits.ts';
import { hoistPoint } from './text/hoist.ts';
import { derivedKey, isAwaitedMethod, staysInSlot, staysOnPath } from './under-another-name.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable, isUnchanging } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** @param read a whole collection read; @param del the DEL of its key, further down in the same list of statements and always come to; [] elsewhere */
export function planDrainAside(read: RedisCall, del: RedisCall, workspace: Workspace): FixPlan[] {
  const { checker } = workspace;
  const client = read.receiver.node;
  const [from] = read.args.keys;
  const [to] = del.args.keys;
  const last = plainStatement(del);
  if (!client || !isRepeatable(client) || !from || !to || !last || !isInList(last) || ![read, del].every(isAwaitedMethod) || !isSameClient(read, del)) return [];
  if (read.args.keys.length !== 1 || del.args.keys.length !== 1 || del.args.list.length !== 1 || ![from.node, to.node].every((key) => isUnchanging(key, checker))) return [];
  const point = hoistPoint(read.use.value);
  if (point?.kind !== 'statement' || !siblings(last).includes(point.statement)) return [];
  const list = siblings(last);
  const statements = list.slice(list.indexOf(point.statement), list.indexOf(last));
  // What leaves before the deletion leaves the key as it was.
  if (statements.length === 0 || !statements.every((statement) => isExitOnNothing(statement, read, workspace) || staysOnPath(statement)) || isUsedOtherwise(read, del, workspace)) return [];
  if (!staysInSlot(read)) return [];
  const style = styleOf(read.sourceFile);
  const fresh = (...wanted: string[]): string => freshName(point.statement, wanted, { checker });
  const aside = fresh('draining', 'drained');
  const lines = [
    '// What comes from here on stays under the key; what an earlier run left unfinished is taken first.',
    `const ${aside} = ${derivedKey(from.node, 'draining', style)};`,
    ...setAside(read, { client: client.getText(), key: from.node.getText(), aside, error: fresh('error', 'failure'), typescript: style.typescript }),
  ];
  return [
    {
      id: 'drain-aside',
      title: 'Rename the key first, and read and delete the renamed one',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'one-more' },
      edits: [claimScope(point.statement), insertBefore(point.statement, lines), replaceNode(from.node, aside), replaceNode(to.node, aside)],
    },
  ];
}

/** Other commands of the function would look for the key under its old name. */
function isUsedOtherwise(read: RedisCall, del: RedisCall, workspace: Workspace): boolean {
  const key = read.args.keys[0]?.identity;
  const around = unitOf(read.node) ?? regionOf(read.node);
  return workspace.callsIn(around).some((call) => call.node !== read.node && call.node !== del.node && !contains(call.node, read.node) && call.args.keys.some(({ identity }) => identity === key));
}
