/** Every command on keys of one pattern, across the workspace: what has to change together when the type of a value does. */
import ts from 'typescript';
import { hasLiteral, patternText, type KeyPattern } from '../../redis/key-pattern.ts';
import { unitOf } from './units.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { storedPairs } from './json-pairs.ts';
import { elementKeys, listedKeys, scannedPattern } from './json-keys.ts';
import { patternAt } from './json-write.ts';
import type { Receiver, RedisCall } from './redis-call.ts';

export interface KeyAccess {
  call: RedisCall;
  /** The key as written where its pattern is known. */
  key: ts.Expression | undefined;
  pattern: string;
  /** The calls between that place and the command, the command's own function's first; none where the command itself says it. */
  wrappers: readonly ts.CallExpression[];
  /** The key was found by following a list or a scan: the command may send other keys too. */
  listed: boolean;
}

const deepest = 3;
const known = new WeakMap<Workspace, ReadonlyMap<string, readonly KeyAccess[]>>();

/** By pattern as on the server: the client's key prefix and database go before it. */
export function keyAccesses(workspace: Workspace): ReadonlyMap<string, readonly KeyAccess[]> {
  let byPattern = known.get(workspace);
  if (!byPattern) {
    const found = new Map<string, KeyAccess[]>();
    for (const call of workspace.calls()) {
      for (const access of accessesOf(call, workspace)) {
        const list = found.get(access.pattern);
        if (list) list.push(access);
        else found.set(access.pattern, [access]);
      }
    }
    known.set(workspace, (byPattern = found));
  }
  return byPattern;
}

/** Those of exactly a pattern, and those of others that may name the same keys (`user:1`, where the pattern is `user:*`). */
export function accessesOfPattern(pattern: string, workspace: Workspace): { own: readonly KeyAccess[]; overlapping: readonly KeyAccess[] } {
  const all = keyAccesses(workspace);
  const overlapping = [...all].filter(([other]) => other !== pattern && mayOverlap(pattern, other)).flatMap(([, accesses]) => accesses);
  return { own: all.get(pattern) ?? [], overlapping };
}

/** How a pattern is called on the server that this client sends to. Undefined where it joins nothing. */
export function serverPattern(pattern: KeyPattern, receiver: Receiver): string | undefined {
  if (!hasLiteral(pattern)) return undefined;
  const prefix = receiver.prefix ? patternText(receiver.prefix) : receiver.hasPrefix ? `{${receiver.identity}}` : '';
  return `${receiver.db ? `${receiver.db}/` : ''}${prefix}${patternText(pattern)}`;
}

function accessesOf(call: RedisCall, workspace: Workspace): KeyAccess[] {
  if (call.command.startsWith('@') || !ts.isCallExpression(call.node)) return [];
  const { checker } = workspace;
  const keys = /^MSET/.test(call.command) ? storedPairs(call, checker).map(({ key }) => key) : call.args.keys.map(({ node }) => node);
  const found = keys.flatMap((key) => accessesOfKey(call, key, workspace));
  if (found.length > 0) return found;
  const others = call.args.list.length > 0 && /^M?GET/.test(call.command) ? [...(call.args.keys.length > 0 ? keys : call.args.list)] : [];
  const listed = others.flatMap((one) => [...listedKeys(one, checker), ...elementKeys(one, checker)]);
  return [...listed.flatMap((key) => accessesOfKey(call, key, workspace).map((access) => ({ ...access, listed: true }))), ...(others.length > 0 && listed.length === 0 ? scannedAccesses(call, workspace) : [])];
}

function accessesOfKey(call: RedisCall, key: ts.Expression, workspace: Workspace): KeyAccess[] {
  const own = serverPattern(patternAt(key, [], workspace), call.receiver);
  const found: KeyAccess[] = own === undefined ? [] : [{ call, key, pattern: own, wrappers: [], listed: false }];
  // `cache:${key}` in a wrapper: `cache:user:*` at its callers. `user:${id}` called with a number is the same keys again.
  for (const access of atCallers(call, key, [], workspace)) if (own === undefined || !mayOverlap(own, access.pattern)) found.push(access);
  return found;
}

function atCallers(call: RedisCall, key: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace): KeyAccess[] {
  const unit = unitOf(wrappers.at(-1) ?? call.node);
  if (!unit || ts.isClassLike(unit) || wrappers.length >= deepest || unit.parameters.length === 0) return [];
  return workspace.callers(unit).flatMap((site) => {
    if (!ts.isCallExpression(site) || wrappers.includes(site)) return [];
    const sites = [...wrappers, site];
    const pattern = serverPattern(patternAt(key, sites, workspace), call.receiver);
    if (pattern === undefined) return atCallers(call, key, sites, workspace);
    return [{ call, key: site.arguments[0], pattern, wrappers: sites, listed: false }];
  });
}

/** `for (const key of await redis.keys('user:*')) await redis.get(key)` */
function scannedAccesses(call: RedisCall, workspace: Workspace): KeyAccess[] {
  const unit = unitOf(call.node);
  const around = unit ? workspace.callsIn(unit) : (workspace.files.get(call.sourceFile.fileName)?.calls ?? []);
  return around.flatMap((scan) => {
    const scanned = scannedPattern(scan, workspace.checker);
    const pattern = scanned && serverPattern(scanned, { ...call.receiver, prefix: undefined, hasPrefix: false });
    return pattern === undefined ? [] : [{ call, key: call.args.list[0], pattern, wrappers: [], listed: true }];
  });
}

/** Whether some key fits both, where a hole never holds a `:`. */
export function mayOverlap(a: string, b: string): boolean {
  const [ones, others] = [a.split(':'), b.split(':')];
  return ones.length === others.length && ones.every((one, index) => segmentsOverlap(one, others[index] ?? ''));
}

function segmentsOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  const [headA = '', headB = ''] = [a, b].map((text) => text.split('*')[0]);
  const [tailA = '', tailB = ''] = [a, b].map((text) => text.split('*').at(-1));
  if (!a.includes('*')) return b.includes('*') && a.length >= headB.length + tailB.length && a.startsWith(headB) && a.endsWith(tailB);
  if (!b.includes('*')) return segmentsOverlap(b, a);
  const common = (one: string, other: string, test: (long: string, short: string) => boolean): boolean => (one.length >= other.length ? test(one, other) : test(other, one));
  return common(headA, headB, (long, short) => long.startsWith(short)) && common(tailA, tailB, (long, short) => long.endsWith(short));
}
