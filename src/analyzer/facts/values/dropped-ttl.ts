/** A SET of a key that has a TTL: what stood under it goes, its TTL with it. */
import type { Workspace } from '../../workspace/workspace.ts';
import { expiries, givesTtl, isAfter, isOfOneFunction, leavesNoTtl, mayGiveTtl } from '../keys/key-lifetime.ts';
import { isSameKind } from '../keys/key-reach.ts';
import { usesOfSameKeys, type KeyUse } from '../keys/key-uses.ts';
import { scannedPattern } from '../keys/json-keys.ts';
import { scannedIn } from '../replies/scan-origin.ts';
import { scannedServerPattern } from '../keys/server-pattern.ts';

export interface DroppedTtl {
  /** The command that gives the key its TTL. */
  given: KeyUse;
  /** It is an EXPIRE … NX that comes after: it finds no TTL, whether there was one before or not. */
  after: boolean;
}

/** @param use of a key by a command that writes it without a TTL */
export function droppedTtl(use: KeyUse, workspace: Workspace): DroppedTtl | undefined {
  const { checker } = workspace;
  const isFound = use.listed && isFoundByScan(use, workspace);
  if ((use.listed && !isFound) || !/^(?:SET|GETSET)$/.test(use.call.command) || use.call.args.flags.has('NX') || !leavesNoTtl(use.call, checker)) return undefined;
  const others = usesOfSameKeys(use, workspace).filter((one) => one !== use && one.call !== use.call);
  const beside = others.filter((one) => isOfOneFunction(one, use));
  const again = beside.find((one) => isExpireIfNone(one) && isAfter(one, use));
  if (again && again.pattern === use.pattern) return { given: again, after: true };
  // A TTL given in the same function is for this write, or for another branch; what was removed before has none to lose.
  if (beside.some((one) => mayGiveTtl(one.call, workspace) || /^(?:DEL|UNLINK|GETDEL|PERSIST)$/.test(one.call.command))) return undefined;
  if (others.some(({ call }) => call.command === 'PERSIST')) return undefined;
  const given = others.find((one) => one.pattern === use.pattern && !one.listed && !isOfOneFunction(one, use) && isMadeWithTtl(one, others) && (isFound || isSameKind(one.key, use.key, checker)));
  return given && { given, after: false };
}

/** `set(keys[i], value)` of names that a scan has found: of all keys that its pattern says. */
function isFoundByScan({ key, pattern, call }: KeyUse, workspace: Workspace): boolean {
  const scanned = scannedIn(key, workspace);
  const parts = scanned?.depth === 0 ? scannedPattern(scanned.scan, workspace.checker) : undefined;
  return parts !== undefined && scannedServerPattern(parts, call.receiver, workspace) === pattern;
}

const isExpireIfNone = ({ call }: KeyUse): boolean => expiries.has(call.command) && call.args.flags.has('NX');

/** SET with a TTL, or a write that is followed by an EXPIRE: an EXPIRE alone may only prolong. */
function isMadeWithTtl(one: KeyUse, others: readonly KeyUse[]): boolean {
  if (!givesTtl(one.call)) return false;
  if (/^(?:SET|SETEX|PSETEX)$/.test(one.call.command)) return true;
  return expiries.has(one.call.command) && others.some((write) => write.pattern === one.pattern && /^(?:SET|SETNX|GETSET|APPEND|INCR\w*|DECR\w*)$/.test(write.call.command) && isOfOneFunction(write, one) && isAfter(one, write));
}
