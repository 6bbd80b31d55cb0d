/** SMEMBERS → SSCAN: a loop over the members runs over the scan itself; elsewhere they are collected into a Set, page by page. */
import type { RedisCall } from '../facts/redis-call.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { collectInPlace } from './scan-instead-of-keys-collect.ts';
import { loopOverScan } from './scan-instead-of-keys-loop.ts';
import { membersScan } from './scan-instead-of-keys-parts.ts';

/** @param call an SMEMBERS; [] where its reply is not awaited, or the library scans with callbacks alone */
export function planScanMembers(call: RedisCall, workspace: Pick<Workspace, 'checker' | 'factsOf'>): FixPlan[] {
  const scan = membersScan(call, workspace.checker);
  const edits = scan && (loopOverScan(scan, workspace.factsOf(call.sourceFile.fileName)?.calls ?? []) ?? collectInPlace(scan));
  if (!edits) return [];
  return [{ id: 'scan-members', title: 'Read the members in pages (SSCAN)', kind: 'suggest', keeps: { replies: 'same-as-set', keyspace: 'same', roundTrips: 'longest-call-shorter' }, edits }];
}
