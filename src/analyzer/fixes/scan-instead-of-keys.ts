/**
 * KEYS → SCAN. The form follows from what becomes of the reply:
 * - `for (const k of await r.keys(p))`: the loop runs over the scan itself (…-loop.ts);
 * - awaited or returned where statements can go before it: collected into a Set, whose array takes the call's place (…-collect.ts);
 * - anywhere else (`.then`, callbacks, conditions, plain functions): a helper function in the file (…-helper.ts);
 * - names that only go to DEL or UNLINK: unlinked batch by batch as they are found (…-unlink.ts).
 */
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixKeeps } from '../finding.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { collectInPlace } from './scan-instead-of-keys-collect.ts';
import { scanByHelper } from './scan-instead-of-keys-helper.ts';
import { loopOverScan } from './scan-instead-of-keys-loop.ts';
import { keysScan, type KeysScan } from './scan-instead-of-keys-parts.ts';
import { unlinkWhileScanning } from './scan-instead-of-keys-unlink.ts';

const shorter = { keyspace: 'same', roundTrips: 'longest-call-shorter' } as const;
const asSet: FixKeeps = { replies: 'same-as-set', ...shorter };

/** @param call a KEYS call; [] where no form is right for it */
export function planScanInsteadOfKeys(call: RedisCall, workspace: Workspace): FixPlan[] {
  const scan = keysScan(call, workspace);
  if (!scan) return [];
  const plans: FixPlan[] = [];
  const calls = workspace.factsOf(call.sourceFile.fileName)?.calls ?? [];
  const add = (id: string, title: string, keeps: FixKeeps, edits: readonly TextEdit[] | undefined): void => {
    if (edits) plans.push({ id, title, kind: 'suggest', keeps, edits });
  };
  add('scan-unlink', 'Scan instead of KEYS, and unlink in batches', { replies: 'same', ...shorter }, unlinkWhileScanning(scan, calls, workspace));
  add('scan-loop', titleOf(scan), asSet, loopOverScan(scan, calls) ?? collectInPlace(scan) ?? scanByHelper(scan));
  return plans;
}

function titleOf({ strip, writer }: KeysScan): string {
  const everyMaster = writer && writer.target !== 'client' ? ' on every master' : '';
  return `Scan instead of KEYS${everyMaster}${strip === '' ? '' : ', with the key prefix'}`;
}
