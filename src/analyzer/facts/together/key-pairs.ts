/**
 * Two commands on one key, the one after the other on one path: a read and a write, a write and its EXPIRE. What the functions that are
 * called send counts at the place of their call, up to three deep, so that the halves may lie in different helpers.
 */
import ts from 'typescript';
import { mayMeet } from '../../../redis/key-pattern.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf } from '../code/ast.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { place } from '../code/fold.ts';
import { keyEffects, type KeyedEffect, type KeyEffect } from '../keys/key-effects.ts';
import { nodesIn } from '../calls/nodes.ts';
import { isOfTest } from '../code/of-test.ts';
import { onOnePath } from '../code/paths.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { unitOf, type Unit } from '../code/units.ts';

export interface KeyPair {
  first: KeyEffect;
  second: KeyEffect;
}

export interface PairKind {
  /** The rule's id. */
  name: string;
  isFirst(call: RedisCall): boolean;
  isSecond(call: RedisCall): boolean;
  /** The half on which the finding stands. */
  at: keyof KeyPair;
  /** The half whose senders, and their callers, are asked for the other: that which fewer functions send. Default: the second. */
  rarer?: keyof KeyPair;
  /** How many steps up the callers of that half are asked for. Default: one, since each further step leads the checker into many more files. */
  reach?: number;
  /** Which one counts where several that come before would do. */
  choose: 'earliest' | 'nearest';
  /** In tests: only where no other command and no assertion comes between, since a test goes through many with few keys; or none. Default: as elsewhere. */
  inTests?: 'adjacent' | 'none';
  /** Whether two may be a pair whatever their keys are: asked before those, which may take types. */
  mayBePair?(first: KeyEffect, second: KeyEffect): boolean;
  /**
   * Whether two that fit so far are a pair. @param between what is done to that key by that client in between, in the order of the text
   * @param after the same of what comes after the second, on its path
   */
  isPair?(first: KeyEffect, second: KeyEffect, between: () => readonly KeyEffect[], after: () => readonly KeyEffect[]): boolean;
}

const kinds: PairKind[] = [];

/** Made once, at a module's top level. A rule about pairs has `seekKeyRoots` as its `seek`. */
export class KeyPairs {
  readonly #kind: PairKind;

  constructor(kind: PairKind) {
    this.#kind = kind;
    kinds.push(kind);
  }

  /** Those whose finding stands in a region; one for each place. @param accept says of one that fits so far what takes types, or more than the two calls */
  in({ region }: RegionFacts, workspace: Workspace, accept: (pair: KeyPair) => boolean = () => true): KeyPair[] {
    const byAnchor = new Map<ts.Node, KeyPair>();
    for (const pair of workspace.under(pairs, keyOf(this.#kind, region))) {
      const anchor = anchorOf(pair[this.#kind.at]);
      if (!byAnchor.has(anchor) && accept(pair)) byAnchor.set(anchor, pair);
    }
    return [...byAnchor.values()];
  }
}

const keyOf = ({ name }: PairKind, region: Region): string => `${name} ${region.getSourceFile().fileName}${place(region)}`;

/** By kind and the region in which the finding stands; the part of a region is what its commands are halves of, wherever the others are. */
const pairs = new Join<KeyPair>('key-pairs', function* (calls, workspace) {
  for (const root of rootsOf(calls, workspace)) {
    for (const [kind, pair] of workspace.remembered(kinds, root, () => pairsIn(root, workspace))) yield [keyOf(kind, regionOf(anchorOf(pair[kind.at]))), pair];
  }
}, undefined, true);

function pairsIn(root: Unit | Region, workspace: Workspace): (readonly [PairKind, KeyPair])[] {
  const effects = keyEffects(root, workspace.callsIn(root), workspace);
  const isTest = isOfTest(root, workspace);
  return kinds.flatMap((kind) => (isTest && kind.inTests === 'none' ? [] : [...pairsAmong(effects, kind, isTest && kind.inTests === 'adjacent')].map((pair) => [kind, pair] as const)));
}

function* pairsAmong(effects: readonly KeyedEffect[], kind: PairKind, areAdjacent: boolean): Iterable<KeyPair> {
  const firsts: number[] = [];
  for (const [index, second] of effects.entries()) {
    const { call } = second.effect;
    if (firsts.length > 0 && kind.isSecond(call)) {
      const before = kind.choose === 'earliest' ? firsts : [...firsts].reverse();
      const found = before.find((at) => {
        const first = effects[at];
        return first !== undefined && isOneAfterTheOther(first, second, kind) && !(areAdjacent && isInterrupted(first, second, effects.slice(at + 1, index))) && (kind.isPair?.(first.effect, second.effect, () => between(effects, at, index), () => after(effects, index)) ?? true);
      });
      const first = found === undefined ? undefined : effects[found]?.effect;
      if (first) yield { first, second: second.effect };
    }
    if (kind.isFirst(call)) firsts.push(index);
  }
}

/** On one key of one client, on one path; the keys are asked last, since they may take types. */
function isOneAfterTheOther(one: KeyedEffect, other: KeyedEffect, kind: PairKind): boolean {
  const [first, second] = [one.effect, other.effect];
  if (first.call.receiver.identity !== second.call.receiver.identity) return false;
  // Within one helper called once, its own function says it.
  if (first.site === second.site) return false;
  const [pattern, otherPattern] = [first.call.args.keys[0]?.pattern, second.call.args.keys[0]?.pattern];
  if (pattern && otherPattern && !mayMeet(pattern, otherPattern)) return false;
  return onOnePath(first.site, second.site) && (kind.mayBePair?.(first, second) ?? true) && isSameKey(one, other);
}

/** On one key of one client; what cannot be told is nobody's. */
function isSameKey(one: KeyedEffect, other: KeyedEffect): boolean {
  const isKnown = (identity: string): boolean => !identity.includes('{?') && !identity.startsWith('?');
  return one.key() === other.key() && isKnown(one.key()) && one.owner() === other.owner() && isKnown(one.owner());
}

/** Whether another command or an assertion comes between two. */
function isInterrupted({ effect: { site: first } }: KeyedEffect, { effect: { site: second } }: KeyedEffect, between: readonly KeyedEffect[]): boolean {
  if (between.some(({ effect: { site } }) => site !== first && site !== second)) return true;
  const isAssertion = (node: ts.Node): boolean => ts.isCallExpression(node) && /^(?:expect|assert|should|t|test|chai)\b/.test(node.expression.getText());
  return nodesIn(regionOf(first)).some((node) => node.getStart() >= first.end && node.end <= second.getStart() && isAssertion(node));
}

const between = (effects: readonly KeyedEffect[], from: number, to: number): KeyEffect[] => ofSameKey(effects[from], effects.slice(from + 1, to));

const after = (effects: readonly KeyedEffect[], from: number): KeyEffect[] =>
  ofSameKey(effects[from], effects.slice(from + 1)).filter(({ site }) => onOnePath((effects[from] as KeyedEffect).effect.site, site));

function ofSameKey(one: KeyedEffect | undefined, others: readonly KeyedEffect[]): KeyEffect[] {
  return others.flatMap((other) => (one && other.effect.call.receiver.identity === one.effect.call.receiver.identity && isSameKey(one, other) ? [other.effect] : []));
}

/** Where a finding stands: the command, or the caller's call where the key is known only there. */
export function anchorOf({ keyFromCaller, site, call }: KeyEffect): ts.Node {
  return keyFromCaller ? site : call.node;
}

/** The name that is underlined there. */
export function anchorName(effect: KeyEffect): ts.Node {
  const anchor = anchorOf(effect);
  if (anchor === effect.call.node) return effect.call.nameNode;
  return ts.isCallExpression(anchor) ? (methodOf(anchor)?.nameNode ?? anchor.expression) : anchor;
}

/** The pair as fixes need it: both commands in the function itself, no helper between. */
export function directPair({ first, second }: KeyPair): { first: RedisCall; second: RedisCall } | undefined {
  return first.site === first.call.node && second.site === second.call.node ? { first: first.call, second: second.call } : undefined;
}

/** Asks who calls the functions of a file that send the rarer half, and their callers: in those, the other may come before or after it. */
export function seekKeyRoots(file: string, workspace: Workspace): void {
  rootsOf(workspace.factsOf(file)?.calls ?? [], workspace);
}

/** The code in whose course the rarer halves are sent: the functions that send them, and those that call these, as far up as one of the kinds reaches. */
function rootsOf(calls: readonly RedisCall[], workspace: Workspace): Iterable<Unit | Region> {
  const roots = new Set<Unit | Region>();
  /** Units, and how many steps up from each somebody wants to know. */
  let level = new Map<Unit, number>();
  for (const call of calls) {
    const reach = kinds.reduce((most, kind) => (isRarer(call, kind) ? Math.max(most, kind.reach ?? 1) : most), -1);
    if (reach < 0) continue;
    const unit = unitOf(call.node);
    if (unit) level.set(unit, Math.max(reach, level.get(unit) ?? 0));
    else roots.add(regionOf(call.node));
  }
  const asked = new Map<Unit, number>();
  while (level.size > 0) {
    const next = new Map<Unit, number>();
    for (const [unit, reach] of level) {
      if ((asked.get(unit) ?? -1) >= reach) continue;
      asked.set(unit, reach);
      roots.add(unit);
      if (reach === 0) continue;
      for (const site of workspace.callers(unit)) {
        const caller = unitOf(site);
        if (!caller) roots.add(regionOf(site));
        else {
          workspace.noteLead(caller);
          next.set(caller, Math.max(reach - 1, next.get(caller) ?? 0));
        }
      }
    }
    level = next;
  }
  return roots;
}

const isRarer = (call: RedisCall, { rarer = 'second', isFirst, isSecond }: PairKind): boolean => (rarer === 'first' ? isFirst(call) : isSecond(call));
