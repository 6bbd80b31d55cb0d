/** A command that creates a key, and the EXPIRE that follows it on the same path: a crash in between leaves the key for ever. */
import type ts from 'typescript';
import { Join } from '../workspace/join.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { deepest, unitOf, type Unit } from './units.ts';
import type { RegionFacts } from './file-facts.ts';
import { regionOf, type Region } from './regions.ts';
import { place } from './fold.ts';
import { keyEffects, type KeyedEffect, type KeyEffect } from './key-effects.ts';
import { onOnePath } from './paths.ts';
import type { RedisCall } from './redis-call.ts';

export interface ExpiringWrite {
  write: KeyEffect;
  expire: KeyEffect;
  /** Both are queued in one pipeline, which is sent at once but not atomic. */
  queued: boolean;
}

/** Counters are another rule's: they are written and given their TTL over and over. */
const writers = new Set([
  'SET', 'GETSET', 'HSET', 'HMSET', 'HSETNX', 'SADD', 'ZADD', 'LPUSH', 'RPUSH', 'APPEND', 'SETRANGE', 'SETBIT',
  'PFADD', 'PFMERGE', 'GEOADD', 'XADD', 'SUNIONSTORE', 'SINTERSTORE', 'SDIFFSTORE', 'ZUNIONSTORE', 'ZINTERSTORE', 'ZRANGESTORE',
]);
const expiries = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

/** By the region in which the finding stands; the part of a region is what its EXPIREs make of writes, wherever those are. */
const writesByRegion = new Join<ExpiringWrite>('expiring-writes', function* (expiring, workspace) {
  for (const root of expiringRoots(expiring, workspace)) {
    const effects = keyEffects(root, workspace.callsIn(root), workspace);
    for (const [index, expire] of effects.entries()) {
      if (!isExpiry(expire.effect.call)) continue;
      const write = effects.slice(0, index).find((one) => isWriteOf(one, expire))?.effect;
      if (write) yield [keyOf(regionOf(anchorOf(write))), { write, expire: expire.effect, queued: write.call.receiver.kind === 'pipeline' && expire.effect.call.receiver.kind === 'pipeline' }];
    }
  }
});

const keyOf = (region: Region): string => region.getSourceFile().fileName + place(region);

/** Asks who calls the functions of a file that send an EXPIRE, and their callers: in those, a write may come before it. */
export function seekExpiringRoots(file: string, workspace: Workspace): void {
  expiringRoots(workspace.factsOf(file)?.calls ?? [], workspace);
}

/** Those whose write is in a region, or whose write's helper is called in it. */
export function expiringWrites({ region }: RegionFacts, workspace: Workspace): ExpiringWrite[] {
  const byAnchor = new Map<ts.Node, ExpiringWrite>();
  for (const one of workspace.under(writesByRegion, keyOf(region))) {
    const anchor = anchorOf(one.write);
    if (!byAnchor.has(anchor)) byAnchor.set(anchor, one);
  }
  return [...byAnchor.values()];
}

const isExpiry = ({ command, args, receiver }: RedisCall): boolean => expiries.has(command) && !args.flags.has('NX') && receiver.kind !== 'multi';

/** Where the finding stands: the command, or the caller's call where the key is known only there. */
export function anchorOf(effect: KeyEffect): ts.Node {
  return effect.keyFromCaller ? effect.site : effect.call.node;
}

function isWriteOf({ effect: write, key }: KeyedEffect, { effect: expire, key: expiring }: KeyedEffect): boolean {
  const { call } = write;
  if (!writers.has(call.command) || call.receiver.kind === 'multi' || call.args.ttl || call.args.flags.has('NX')) return false;
  if (call.receiver.identity !== expire.call.receiver.identity) return false;
  // Within one helper called once, its own function says it.
  if (write.site === expire.site) return false;
  return key() === expiring() && !key().includes('{?') && onOnePath(write.site, expire.site);
}

/** The code in whose course a key is given its TTL: the functions that send the EXPIRE, and those that call them, up to three steps up. */
function expiringRoots(calls: readonly RedisCall[], workspace: Workspace): (Unit | Region)[] {
  const roots = new Set<Unit | Region>();
  let level = new Set<Unit>();
  for (const call of calls) {
    if (!isExpiry(call)) continue;
    const unit = unitOf(call.node);
    if (unit) level.add(unit);
    else roots.add(regionOf(call.node));
  }
  for (let step = 0; step <= deepest && level.size > 0; step++) {
    const next = new Set<Unit>();
    for (const unit of level) {
      if (roots.has(unit)) continue;
      roots.add(unit);
      for (const site of workspace.callers(unit)) {
        const caller = unitOf(site);
        if (!caller) roots.add(regionOf(site));
        else {
          workspace.noteLead(caller);
          next.add(caller);
        }
      }
    }
    level = next;
  }
  return [...roots];
}

/** The direct pair, as fixes need it: both commands in the function itself, no helper between. */
export function directPair({ write, expire }: ExpiringWrite): { write: RedisCall; expire: RedisCall } | undefined {
  return write.site === write.call.node && expire.site === expire.call.node ? { write: write.call, expire: expire.call } : undefined;
}
