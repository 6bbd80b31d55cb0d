/**
 * What files say, joined by a key over the workspace: the accesses of a key pattern, the writes whose finding stands in a file.
 * Each region's part is computed by itself and kept until something that it was computed from has changed, so that an edit costs its own
 * region's part and those that asked about it, not the workspace's. What a type in a third file says is not followed: the next whole check begins
 * with nothing kept.
 */
import type ts from 'typescript';
import type { RedisCall } from '../facts/redis-call.ts';
import { safely } from '../safely.ts';
import type { Region } from '../facts/regions.ts';
import type { CallSite, Unit } from '../facts/units.ts';
import type { Workspace } from './workspace.ts';

/** Made once, at a module's top level; kept parts are known by it. */
export class Join<T> {
  /** The part of one region, from its calls. */
  readonly of: (calls: readonly RedisCall[], workspace: Workspace) => Iterable<readonly [key: string, value: T]>;

  constructor(of: Join<T>['of']) {
    this.of = of;
  }
}

/** What something was computed from, besides the calls of its region. */
export interface Uses {
  regions: Set<Region>;
  /** Units whose callers were asked for, and the answer. */
  callers: Map<Unit, readonly CallSite[]>;
  /** Regions whose places that lead to Redis were asked for, and how many there were by name. */
  sites: Map<Region, number>;
  /** Units of which was asked what framework runs them, and the answer. */
  handlers: Map<Unit, string | undefined>;
  /** What was joined under a key. */
  keys: { join: Join<unknown>; key: string; values: readonly unknown[] }[];
}

/** Whether all nodes in what was asked about are of the trees that their files have now, and so is what was joined under the keys. Asks nothing anew. */
export function isOfNow({ regions, callers, sites, handlers, keys }: Uses, joins: ReadonlyMap<Join<unknown>, Joined<unknown>>, isCurrent: (node: ts.Node) => boolean): boolean {
  for (const nodes of [regions, callers.keys(), ...callers.values(), sites.keys(), handlers.keys()]) for (const node of nodes) if (!isCurrent(node)) return false;
  return keys.every(({ join, key, values }) => isSame(values, joins.get(join)?.get(key) ?? []));
}

/** The same values, in the same order. */
export const isSame = <T>(one: readonly T[], other: readonly T[]): boolean => one.length === other.length && one.every((value, index) => value === other[index]);

interface Part<T> {
  file: string;
  calls: readonly RedisCall[];
  uses: Uses;
  values: ReadonlyMap<string, readonly T[]>;
}

export class Joined<T> {
  readonly #parts = new Map<Region, Part<T>>();
  readonly #regionsByKey = new Map<string, Set<Region>>();

  /** Brings the parts up to date. */
  refresh(join: Join<T>, workspace: Workspace): void {
    for (const [region, { file, calls }] of this.#parts) if (workspace.files.get(file)?.byRegion.get(region) !== calls) this.#remove(region);
    for (const [file, { byRegion }] of workspace.files) {
      for (const [region, calls] of byRegion) {
        const known = this.#parts.get(region);
        if (known && workspace.isCurrent(known.uses)) continue;
        this.#remove(region);
        this.#parts.set(region, this.#partOf(file, calls, join, workspace));
        for (const key of this.#parts.get(region)?.values.keys() ?? []) {
          const regions = this.#regionsByKey.get(key);
          if (regions) regions.add(region);
          else this.#regionsByKey.set(key, new Set([region]));
        }
      }
    }
  }

  /** Lets go of the parts of regions that are gone, and of those whose uses do not hold. */
  keep(holds: (uses: Uses) => boolean, isCurrent: (node: ts.Node) => boolean): void {
    for (const [region, { uses }] of this.#parts) if (!isCurrent(region) || !holds(uses)) this.#remove(region);
  }

  keys(): Iterable<string> {
    return this.#regionsByKey.keys();
  }

  /** By file, and in the order of the text. */
  get(key: string): T[] {
    return this.#inOrder(this.#regionsByKey.get(key) ?? []).flatMap((part) => part.values.get(key) ?? []);
  }

  #partOf(file: string, calls: readonly RedisCall[], join: Join<T>, workspace: Workspace): Part<T> {
    const values = new Map<string, T[]>();
    const uses = workspace.recording(() => {
      for (const [key, value] of safely(() => [...join.of(calls, workspace)])) {
        const list = values.get(key);
        if (list) list.push(value);
        else values.set(key, [value]);
      }
    });
    return { file, calls, uses, values };
  }

  #inOrder(regions: Iterable<Region>): Part<T>[] {
    const start = ({ calls }: Part<T>): number => calls[0]?.node.pos ?? 0;
    const parts = [...regions].flatMap((region) => this.#parts.get(region) ?? []);
    return parts.sort((a, b) => (a.file === b.file ? start(a) - start(b) : a.file < b.file ? -1 : 1));
  }

  #remove(region: Region): void {
    for (const key of this.#parts.get(region)?.values.keys() ?? []) {
      const regions = this.#regionsByKey.get(key);
      regions?.delete(region);
      if (regions?.size === 0) this.#regionsByKey.delete(key);
    }
    this.#parts.delete(region);
  }
}
