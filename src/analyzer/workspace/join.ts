/**
 * What files say, joined by a key over the workspace: the accesses of a key pattern, the writes whose finding stands in a file.
 * Each region's part is computed by itself and kept until something that it was computed from has changed, so that an edit costs its own
 * region's part and those that asked about it, not the workspace's. What a type in a third file says is not followed: the next whole check begins
 * with nothing kept.
 */
import type ts from 'typescript';
import { isNamed, type RedisCall } from '../facts/calls/redis-call.ts';
import { safely } from '../safely.ts';
import { sha256 } from '../text-hash.ts';
import type { Region } from '../facts/calls/regions.ts';
import type { CallSite, Unit } from '../facts/code/units.ts';
import type { Kept } from './kept.ts';
import { addTrail, emptyTrail, stableKey, type Trail } from './trail.ts';
import type { Workspace } from './workspace.ts';

/** All that were made, by name. */
export const joins = new Map<string, Join<unknown>>();

/** Made once, at a module's top level; kept parts are known by it. */
export class Join<T> {
  /** The same from run to run; no two joins share one. */
  readonly name: string;
  /** The part of one region, from its calls. */
  readonly of: (calls: readonly RedisCall[], workspace: Workspace) => Iterable<readonly [key: string, value: T]>;
  /** Whether it is told of clients that only their names say to be such: only where it keeps the commands of one client apart from all others'. */
  readonly isOfNames: boolean;
  // Of `T`; a join of some values can so be taken for one of any.
  readonly #says: ((value: never) => string) | undefined;

  /** @param says all that others learn from a value: an edit that leaves this leaves what was made of it, though the value is another; without it, each value says something of its own */
  constructor(name: string, of: Join<T>['of'], says?: (value: T) => string, isOfNames = false) {
    this.name = name;
    this.of = of;
    this.#says = says;
    this.isOfNames = isOfNames;
    joins.set(name, this as Join<unknown>);
  }

  /** What a value says to others; to be asked while its tree is current. */
  saying(value: T): string | undefined {
    return this.#says?.(value as never);
  }
}

/** Which places are asked about, told by syntax alone. */
export type Among = (site: CallSite) => boolean;

/** What something was computed from, besides the calls of its region. */
export interface Uses {
  /** And their calls, which an edit elsewhere may make anew. */
  regions: Map<Region, readonly RedisCall[]>;
  /** Units whose callers were asked for, and the answer. */
  callers: Map<Unit, readonly CallSite[]>;
  /** Regions whose places that lead to Redis were asked for, which of them, and what those of such a name run. */
  sites: Map<Region, Map<Among, readonly (Unit | undefined)[]>>;
  /** Units of which was asked what framework runs them, and the answer. */
  handlers: Map<Unit, string | undefined>;
  /** Words that were looked for in the texts of all files with facts, and which have them. */
  words: Map<string, readonly string[]>;
  /** What was joined under a key: of that, the latest values that say what was said. */
  keys: Map<Join<unknown>, Map<string, readonly unknown[]>>;
}

/** What values say, as it was when they were made; digests, since a piece of a text would keep the whole of it. */
const said = new WeakMap<object, string>();

/** Whether values say the same, in the same order. */
export function saysSame(ones: readonly unknown[], others: readonly unknown[]): boolean {
  if (ones === others) return true;
  return ones.length === others.length && ones.every((one, index) => {
    const other = others[index];
    if (one === other) return true;
    const saying = isObject(one) ? said.get(one) : undefined;
    return saying !== undefined && isObject(other) && saying === said.get(other);
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether all nodes in what was asked about are of the trees that their files have now, and so is what was joined under the keys. Asks nothing anew. */
export function isOfNow({ regions, callers, sites, handlers, keys }: Uses, joins: ReadonlyMap<Join<unknown>, Joined<unknown>>, isCurrent: (node: ts.Node) => boolean): boolean {
  const run = [...sites.values()].flatMap((asked) => [...asked.values()]);
  for (const nodes of [regions.keys(), callers.keys(), ...callers.values(), sites.keys(), ...run, handlers.keys()]) for (const node of nodes) if (node && !isCurrent(node)) return false;
  for (const [join, asked] of keys) for (const [key, values] of asked) if (!isSame(values, joins.get(join)?.get(key) ?? [])) return false;
  return true;
}

/** Lets one hold what another does. */
export function addUses(to: Uses, from: Uses): void {
  for (const [region, calls] of from.regions) to.regions.set(region, calls);
  for (const [unit, places] of from.callers) to.callers.set(unit, places);
  for (const [region, asked] of from.sites) for (const [among, units] of asked) noteSites(to, region, among, units);
  for (const [unit, what] of from.handlers) to.handlers.set(unit, what);
  for (const [word, files] of from.words) to.words.set(word, files);
  for (const [join, asked] of from.keys) for (const [key, values] of asked) noteKey(to, join, key, values);
}

/** Notes what was joined under a key. */
export function noteKey({ keys }: Uses, join: Join<unknown>, key: string, values: readonly unknown[]): void {
  const asked = keys.get(join);
  if (asked) asked.set(key, values);
  else keys.set(join, new Map([[key, values]]));
}

/** Whether what was asked about are some calls alone. */
const isAbout = ({ regions, callers, sites, handlers, words, keys }: Uses, calls: readonly RedisCall[]): boolean =>
  [callers, sites, handlers, words, keys].every(({ size }) => size === 0) && [...regions.values()].every((asked) => asked === calls);

/** Notes what some places of a region run. */
export function noteSites({ sites }: Uses, region: Region, among: Among, units: readonly (Unit | undefined)[]): void {
  const asked = sites.get(region);
  if (asked) asked.set(among, units);
  else sites.set(region, new Map([[among, units]]));
}

/** The same values, in the same order. */
export const isSame = <T>(one: readonly T[], other: readonly T[]): boolean => one === other || (one.length === other.length && one.every((value, index) => value === other[index]));

const nothing: readonly never[] = [];

interface Part<T> {
  file: string;
  calls: readonly RedisCall[];
  uses: Uses;
  values: ReadonlyMap<string, readonly T[]>;
  trail: Trail | undefined;
  /** It asked about nothing but its region, and so holds for as long as that has these calls: most do. */
  isLocal: boolean;
}

/** What one file adds to a join. */
export interface JoinedPart {
  /** As trails hold them. */
  keys: readonly string[];
  /** What it was made of; undefined where nobody wanted to know. */
  trail: Trail | undefined;
}

/** Outlives the workspaces that ask it, and so holds none. */
export class Joined<T> {
  readonly #join: Join<T>;
  readonly #parts = new Map<Region, Part<T>>();
  readonly #regionsByKey = new Map<string, Set<Region>>();
  readonly #regionsByFile = new Map<string, Set<Region>>();
  /** What was asked for, for as long as no part changes it: most of what an edit has checked anew are such questions. */
  readonly #valuesByKey = new Map<string, readonly T[]>();
  /** Parts of files that are known to be what they were in an earlier check, for as long as they are not computed. */
  readonly #kept = new Map<string, JoinedPart>();
  /** The files of those by key: computed when one is asked for. */
  readonly #waiting = new Map<string, Set<string>>();

  constructor(join: Join<T>) {
    this.#join = join;
  }

  /** Brings the parts up to date. @param kept what an earlier check knows of them */
  refresh(workspace: Workspace, kept: Kept): void {
    this.#kept.clear();
    this.#waiting.clear();
    for (const [region, { file, calls }] of this.#parts) if (workspace.tracing(undefined, () => workspace.factsOf(file))?.byRegion.get(region) !== calls) this.#remove(region);
    for (const file of workspace.fileNames()) {
      const part = kept.part(this.#join.name, file);
      if (!part) this.#refreshFile(file, workspace);
      else {
        this.#kept.set(file, part);
        for (const key of part.keys) addTo(this.#waiting, key, file);
      }
    }
  }

  /** Lets go of the parts of regions that are gone, and of those whose uses do not hold. */
  keep(holds: (uses: Uses) => boolean, isCurrent: (node: ts.Node) => boolean): void {
    for (const [region, { uses }] of this.#parts) if (!isCurrent(region) || !holds(uses)) this.#remove(region);
  }

  keys(workspace: Workspace): Iterable<string> {
    for (const key of this.#waiting.keys()) this.#catchUp(key, workspace);
    return this.#regionsByKey.keys();
  }

  /** By file, and in the order of the text; the same list while that is so. @param workspace that computes what waits; without one, it is left out @param onPart is told what each was made of, where somebody wants to know */
  get(key: string, workspace?: Workspace, onPart: (trail: Trail | undefined) => void = () => undefined): readonly T[] {
    if (workspace && this.#waiting.size > 0) this.#catchUp(stableKey(key), workspace);
    if (workspace?.isTraced) for (const part of this.#inOrder(() => this.#regionsByKey.get(key), workspace)) onPart(part.trail);
    if (!this.#regionsByKey.has(key)) return nothing;
    let values = this.#valuesByKey.get(key);
    if (!values) this.#valuesByKey.set(key, (values = this.#inOrder(() => this.#regionsByKey.get(key), workspace).flatMap((part) => part.values.get(key) ?? [])));
    return values;
  }

  /** What a file adds. */
  of(file: string, workspace: Workspace): JoinedPart {
    const kept = this.#kept.get(file);
    if (kept) return kept;
    const parts = this.#inOrder(() => this.#regionsByFile.get(file), workspace);
    const trail = parts.some((part) => part.trail) ? emptyTrail() : undefined;
    for (const part of parts) if (trail && part.trail) addTrail(trail, part.trail);
    return { keys: [...new Set(parts.flatMap(({ values }) => [...values.keys()].map(stableKey)))], trail };
  }

  #catchUp(key: string, workspace: Workspace): void {
    const files = this.#waiting.get(key);
    this.#waiting.delete(key);
    for (const file of files ?? []) this.#refreshFile(file, workspace);
  }

  #refreshFile(file: string, workspace: Workspace): void {
    this.#kept.delete(file);
    // What is computed here is nothing that the one who asks has looked at: what each part was made of is told with it.
    for (const [region, calls] of workspace.tracing(undefined, () => workspace.factsOf(file))?.byRegion ?? []) {
      const known = this.#parts.get(region);
      if (known && (known.trail || !workspace.isTraced) && ((known.isLocal && known.calls === calls) || workspace.isCurrent(known.uses))) continue;
      this.#remove(region);
      const part = this.#partOf(file, calls, workspace);
      this.#parts.set(region, part);
      addTo(this.#regionsByFile, file, region);
      for (const key of part.values.keys()) {
        addTo(this.#regionsByKey, key, region);
        this.#valuesByKey.delete(key);
      }
    }
  }

  #partOf(file: string, calls: readonly RedisCall[], workspace: Workspace): Part<T> {
    const values = new Map<string, T[]>();
    const trail = workspace.newTrail();
    const uses = workspace.tracing(trail, () =>
      workspace.recording(() => {
        workspace.factsOf(file);
        // What only a name says to be a client tells nothing of the keys of others.
        const told = this.#join.isOfNames ? calls : calls.filter((call) => !isNamed(call));
        for (const [key, value] of safely(() => [...this.#join.of(told, workspace)])) {
          const list = values.get(key);
          if (list) list.push(value);
          else values.set(key, [value]);
          const saying = this.#join.saying(value);
          if (saying !== undefined && isObject(value)) said.set(value, sha256(saying));
        }
      }),
    );
    return { file, calls, uses, values, trail, isLocal: isAbout(uses, calls) };
  }

  /** The parts of some regions; made again where nobody wanted to know what they were made of, and now somebody does. */
  #inOrder(regions: () => Iterable<Region> | undefined, workspace: Workspace | undefined): Part<T>[] {
    const parts = (): Part<T>[] => [...(regions() ?? [])].flatMap((region) => this.#parts.get(region) ?? []);
    const start = ({ calls }: Part<T>): number => calls[0]?.node.pos ?? 0;
    if (workspace?.isTraced) for (const { file, trail } of parts()) if (!trail) this.#refreshFile(file, workspace);
    return parts().sort((a, b) => (a.file === b.file ? start(a) - start(b) : a.file < b.file ? -1 : 1));
  }

  #remove(region: Region): void {
    const part = this.#parts.get(region);
    if (!part) return;
    for (const key of part.values.keys()) {
      removeFrom(this.#regionsByKey, key, region);
      this.#valuesByKey.delete(key);
    }
    removeFrom(this.#regionsByFile, part.file, region);
    this.#parts.delete(region);
  }
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function removeFrom<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
