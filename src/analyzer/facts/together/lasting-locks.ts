/** Locks whose key is a parameter: what takes them, and lets go of them, says that they are locks. */
import type ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { enclosingClass } from '../code/ast.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { constantText } from '../code/fold.ts';
import { expiries, leavesNoTtl } from '../keys/key-lifetime.ts';
import { isLockWord, wordsOf } from '../keys/key-words.ts';
import { unknownUses } from '../keys/key-uses.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { isClaim } from './serialized.ts';
import { unitName, unitOf } from '../code/units.ts';

/** Those of a region that are taken without a TTL, in a file that deletes such keys and gives none a TTL. */
export function lastingLocks({ calls, sourceFile }: RegionFacts, workspace: Workspace): RedisCall[] {
  const claims = calls.filter((call) => isClaim(call) && leavesNoTtl(call, workspace.checker) && call.args.keys[0] !== undefined && saysLock(call, workspace.checker));
  if (claims.length === 0) return [];
  const unknown = unknownUses(workspace).filter((call) => call.sourceFile === sourceFile);
  return claims.filter((claim) => {
    const beside = unknown.filter(({ receiver }) => receiver.identity === claim.receiver.identity);
    return unknown.includes(claim) && beside.some(({ command }) => command === 'DEL' || command === 'UNLINK') && !beside.some(({ command }) => expiries.has(command) || command.startsWith('EVAL'));
  });
}

/** By the value, the function or the class: `set(key, 'mutex', 'NX')` of a `Lock`. */
function saysLock({ args, node }: RedisCall, checker: ts.TypeChecker): boolean {
  const unit = unitOf(node);
  const names = [(args.value && constantText(args.value, checker)) ?? '', (unit && unitName(unit)) ?? '', enclosingClass(node)?.name?.text ?? ''];
  return names.some((name) => wordsOf(name).some(isLockWord));
}
