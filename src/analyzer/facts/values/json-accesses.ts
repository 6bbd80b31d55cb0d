/** Every command on keys of one pattern, across the workspace: what has to change together when the type of a value does. */
import ts from 'typescript';
import { unitOf } from '../code/units.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { storedPairs } from './json-pairs.ts';
import { elementKeys, listedKeys, scannedPattern } from '../keys/json-keys.ts';
import { patternAt } from './json-write.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { scannedServerPattern, serverPattern } from '../keys/server-pattern.ts';

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

/** What one call may access; its callers are asked only for a pattern that they could make of its own. */
interface Accesses {
  direct: readonly KeyAccess[];
  /** Keys whose holes may be filled by callers with more than one segment: `cache:${key}` in a wrapper. */
  refined: readonly KeyAccess[];
}

/** By the first segment of the pattern where that has no hole; `''` for the others. */
const accessesBySegment = new Join<Accesses>('accesses', function* (calls, workspace) {
  for (const call of calls) {
    const direct = accessesOf(call, workspace);
    const refined = direct.filter(({ pattern, wrappers, listed }) => wrappers.length === 0 && !listed && pattern.includes('*'));
    for (const segment of new Set(direct.map(({ pattern }) => firstSegment(pattern)))) yield [segment, { direct, refined }];
  }
});

/** Those of exactly a pattern, and those of others that may name the same keys (`user:1`, where the pattern is `user:*`). */
export function accessesOfPattern(pattern: string, workspace: Workspace): { own: readonly KeyAccess[]; overlapping: readonly KeyAccess[] } {
  const segment = firstSegment(pattern);
  const segments = segment === '' ? workspace.keysOf(accessesBySegment) : [segment, ''];
  const near = segments.flatMap((one) => workspace.under(accessesBySegment, one));
  const own: KeyAccess[] = [];
  const overlapping: KeyAccess[] = [];
  const add = (access: KeyAccess): void => {
    if (access.pattern === pattern) own.push(access);
    else if (mayOverlap(pattern, access.pattern)) overlapping.push(access);
  };
  for (const { direct, refined } of [...new Set(near)].sort(byPlace)) {
    direct.forEach(add);
    for (const wrapper of refined) {
      if (wrapper.key && mayBecome(wrapper.pattern, pattern)) for (const access of atCallers(wrapper.call, wrapper.key, [], workspace)) if (!mayOverlap(wrapper.pattern, access.pattern)) add(access);
    }
  }
  return { own, overlapping };
}

function byPlace({ direct: [one] }: Accesses, { direct: [other] }: Accesses): number {
  const [a, b] = [one?.call, other?.call];
  if (!a || !b) return 0;
  if (a.sourceFile !== b.sourceFile) return a.sourceFile.fileName < b.sourceFile.fileName ? -1 : 1;
  return a.nameNode.getStart() - b.nameNode.getStart();
}

function firstSegment(pattern: string): string {
  const end = pattern.indexOf(':');
  const segment = end < 0 ? pattern : pattern.slice(0, end);
  return segment.includes('*') ? '' : segment;
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

/** By the key's own text, and where that says nothing by what the callers pass. */
function accessesOfKey(call: RedisCall, key: ts.Expression, workspace: Workspace): KeyAccess[] {
  const own = serverPattern(patternAt(key, [], workspace), call.receiver, workspace);
  return own === undefined ? atCallers(call, key, [], workspace) : [{ call, key, pattern: own, wrappers: [], listed: false }];
}

function atCallers(call: RedisCall, key: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace): KeyAccess[] {
  const unit = unitOf(wrappers.at(-1) ?? call.node);
  if (!unit || ts.isClassLike(unit) || wrappers.length >= deepest || unit.parameters.length === 0) return [];
  return workspace.callers(unit).flatMap((site) => {
    if (!ts.isCallExpression(site) || wrappers.includes(site)) return [];
    const sites = [...wrappers, site];
    const pattern = serverPattern(patternAt(key, sites, workspace), call.receiver, workspace);
    if (pattern === undefined) return atCallers(call, key, sites, workspace);
    return [{ call, key: site.arguments[0], pattern, wrappers: sites, listed: false }];
  });
}

/** `for (const key of await redis.keys('user:*')) await redis.get(key)` */
function scannedAccesses(call: RedisCall, workspace: Workspace): KeyAccess[] {
  const unit = unitOf(call.node);
  const around = unit ? workspace.callsIn(unit) : (workspace.factsOf(call.sourceFile.fileName)?.calls ?? []);
  return around.flatMap((scan) => {
    const scanned = scannedPattern(scan, workspace.checker);
    const pattern = scanned && scannedServerPattern(scanned, call.receiver, workspace);
    return pattern === undefined ? [] : [{ call, key: call.args.list[0], pattern, wrappers: [], listed: true }];
  });
}

/** Whether some key fits both, where a hole never holds a `:`. */
function mayOverlap(a: string, b: string): boolean {
  const [ones, others] = [a.split(':'), b.split(':')];
  return ones.length === others.length && ones.every((one, index) => segmentsOverlap(one, others[index] ?? ''));
}

/** Whether the holes of a wrapper's pattern could be filled so that it names keys of another with a different number of segments. */
function mayBecome(wrapper: string, pattern: string): boolean {
  const [head = ''] = wrapper.split('*');
  const [start = ''] = pattern.split('*');
  const [tail, end] = [wrapper.split('*').at(-1) ?? '', pattern.split('*').at(-1) ?? ''];
  const fits = head.length <= start.length ? start.startsWith(head) : head.startsWith(start) && pattern.includes('*');
  return fits && (tail.length <= end.length ? end.endsWith(tail) : tail.endsWith(end)) && wrapper.split(':').length !== pattern.split(':').length;
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
