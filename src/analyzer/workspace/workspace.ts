/** Facts of all files joined: functions and their callers, request paths. Rules see the workspace only through this. */
import ts from 'typescript';
import { isFunctionWithBody } from '../facts/ast.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import { regionOf, regionsOf, type Region } from '../facts/regions.ts';
import { deepest, importAliases, sitesByName, sitesNamed, unitName, unitOf, type CallSite, type Unit } from '../facts/units.ts';
import type { Neighbours } from '../program/neighbours.ts';
import { Callers } from './callers.ts';
import { isSame, Joined, type Join, type Uses } from './join.ts';
import { noLayout, type Layout } from './layout.ts';
import type { Memory } from './memory.ts';
import { requestHandlers, type Handlers } from './request-handlers.ts';

/** A place that runs a unit which leads to Redis. */
export type Lead = readonly [unit: Unit, site: CallSite];

export class Workspace {
  readonly root: string;
  readonly checker: ts.TypeChecker;
  /** Of the files that may hold a client, by name. */
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly layout: Layout;
  readonly #neighbours: Neighbours;
  readonly memory: Memory;
  readonly #callers: Callers;
  readonly #fresh = new Set<Join<unknown>>();
  readonly #handlers = new Map<ts.SourceFile, Handlers>();
  readonly #leads = new Map<Region, ReadonlyMap<Unit | ts.SourceFile, Lead[]>>();
  /** Names of units that send commands, and of those that are known to call such. */
  #leadingNames: Set<string> | undefined;
  /** By those names. */
  readonly #named = new Map<Region, readonly CallSite[]>();
  /** What is being computed, and so depends on what is asked. */
  readonly #recorders: Uses[] = [];

  constructor(root: string, checker: ts.TypeChecker, files: ReadonlyMap<string, FileFacts>, neighbours: Neighbours, memory: Memory, layout: Layout = noLayout) {
    this.root = root;
    this.checker = checker;
    this.files = files;
    this.#neighbours = neighbours;
    this.memory = memory;
    this.#callers = new Callers(neighbours, checker, memory);
    this.layout = layout;
  }

  /** What the files say, joined by a key. */
  joined<T>(join: Join<T>): Joined<T> {
    const known = (this.memory.joins.get(join as Join<unknown>) as Joined<T> | undefined) ?? new Joined<T>();
    if (!this.#fresh.has(join as Join<unknown>)) {
      this.#fresh.add(join as Join<unknown>);
      this.memory.joins.set(join as Join<unknown>, known as Joined<unknown>);
      known.refresh(join, this);
    }
    return known;
  }

  /** What is joined under a key. */
  under<T>(join: Join<T>, key: string): T[] {
    const values = this.joined(join).get(key);
    for (const recorder of this.#recorders) recorder.keys.push({ join: join as Join<unknown>, key, values });
    return values;
  }

  /** Whether a node is of the tree that its file has now. */
  isOfNow(node: ts.Node): boolean {
    return this.#neighbours.isCurrent(node);
  }

  /** Does some work, and says what of the workspace it asked about. */
  recording(work: () => void): Uses {
    const uses: Uses = { regions: new Set(), callers: new Map(), sites: new Map(), handlers: new Map(), keys: [] };
    this.#recorders.push(uses);
    try {
      work();
    } finally {
      this.#recorders.pop();
    }
    return uses;
  }

  /** Whether what was asked about is as it was. */
  isCurrent(uses: Uses): boolean {
    try {
      return this.#stillHolds(uses);
    } catch {
      // What cannot be asked again is computed again.
      return false;
    }
  }

  #stillHolds({ regions, callers, sites, handlers, keys }: Uses): boolean {
    for (const region of regions) if (!this.#neighbours.isCurrent(region)) return false;
    for (const [region, count] of sites) if (this.#namedSites(region).length !== count) return false;
    for (const [unit, places] of callers) if (!this.#neighbours.isCurrent(unit) || this.callers(unit) !== places) return false;
    for (const [unit, what] of handlers) if (!this.#neighbours.isCurrent(unit) || this.#handlerOf(unit) !== what) return false;
    for (const { join, key, values } of keys) {
      if (!isSame(this.joined(join).get(key), values)) return false;
    }
    return true;
  }

  /** Every call of the workspace in one list, by file. */
  *calls(): Iterable<RedisCall> {
    for (const { calls } of this.files.values()) yield* calls;
  }

  /** The Redis calls that a unit makes itself, callbacks in it included, or a region at module level; in source order. */
  callsIn(part: Unit | Region): readonly RedisCall[] {
    this.#note(part);
    if (isUnit(part)) return regionsOfUnit(part).flatMap((region) => callsByUnit(this.#callsOf(region)).get(part) ?? []);
    return this.#callsOf(part).filter((call) => unitOf(call.node) === undefined);
  }

  #callsOf(region: Region): readonly RedisCall[] {
    return this.files.get(region.getSourceFile().fileName)?.byRegion.get(region) ?? [];
  }

  /** The units that make Redis calls themselves. */
  *senders(): Iterable<Unit> {
    for (const { byRegion } of this.files.values()) for (const calls of byRegion.values()) yield* callsByUnit(calls).keys();
  }

  /** Where a unit is run. */
  callers(unit: Unit): readonly CallSite[] {
    const sites = this.#callers.of(unit);
    for (const recorder of this.#recorders) recorder.callers.set(unit, sites);
    return sites;
  }

  /** The function that a call runs; undefined where it cannot be told. */
  called(site: ts.Node): Unit | undefined {
    const unit = this.#callers.called(site);
    this.#note(unit);
    return unit;
  }

  #note(node: ts.Node | undefined): void {
    if (!node || this.#recorders.length === 0) return;
    const region = regionOf(node);
    for (const recorder of this.#recorders) recorder.regions.add(region);
  }

  /** The trees of the files that can know a unit and name it. */
  naming(unit: Unit): readonly ts.SourceFile[] {
    return this.#callers.naming(unit);
  }

  /** The files, besides those of `files`, in which a place was found that runs what somebody asked about. */
  callingFiles(): string[] {
    return [...this.#callers.files()].filter((file) => !this.files.has(file)).sort();
  }

  /** Lets a unit that only calls others count as one that leads to Redis: one has climbed to it from a command. */
  noteLead(unit: Unit): void {
    const names = this.#names();
    const name = unitName(unit);
    if (name === undefined || names.has(name)) return;
    names.add(name);
    this.memory.leads.add(name);
    this.#leads.clear();
    this.#named.clear();
  }

  /** The places of a region that run a unit which leads to Redis, and which. */
  sitesIn(region: Region): Lead[] {
    return [...this.#leadsOf(region).values()].flat();
  }

  /** The same of a unit's own code, or of a region's at module level. */
  sitesWithin(part: Unit | Region): readonly Lead[] {
    this.#note(part);
    if (!isUnit(part)) return this.#leadsOf(part).get(part.getSourceFile()) ?? [];
    return regionsOfUnit(part).flatMap((region) => this.#leadsOf(region).get(part) ?? []);
  }

  /**
   * Whether a node runs per request, event or job: within a handler, or reached from one by up to three calls.
   * @param follow whether to climb through a place that calls; default all
   * @returns what runs it (`a request handler`), or undefined
   */
  requestPath(node: ts.Node, follow: (site: CallSite) => boolean = () => true): string | undefined {
    return this.#climb(node, follow, 0, new Set());
  }

  #climb(node: ts.Node, follow: (site: CallSite) => boolean, steps: number, seen: Set<Unit>): string | undefined {
    for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent) {
      const what = isUnit(at) ? this.#handlerOf(at) : undefined;
      if (isUnit(at)) for (const recorder of this.#recorders) recorder.handlers.set(at, what);
      if (what && (isFunctionWithBody(at) || unitOf(node) === at)) return what;
    }
    const unit = unitOf(node);
    if (!unit || steps >= deepest || seen.has(unit)) return undefined;
    seen.add(unit);
    for (const site of this.callers(unit)) {
      const what = follow(site) ? this.#climb(site, follow, steps + 1, seen) : undefined;
      if (what) return what;
    }
    return undefined;
  }

  /** What runs a unit, where it is given to a framework: in its own file, or in one that names it. */
  #handlerOf(unit: Unit): string | undefined {
    const own = unit.getSourceFile();
    const what = this.#handlersIn(own).get(unit);
    if (what !== undefined) return what;
    for (const source of this.naming(unit)) {
      const found = source === own ? undefined : this.#handlersIn(source).get(unit);
      if (found) return found;
    }
    return undefined;
  }

  #handlersIn(file: ts.SourceFile): Handlers {
    let known = this.#handlers.get(file);
    if (!known) {
      const found = new Map<Unit, string>();
      for (const region of regionsOf(file)) for (const [unit, what] of this.#handlersOf(region)) if (!found.has(unit)) found.set(unit, what);
      this.#handlers.set(file, (known = found));
    }
    return known;
  }

  #handlersOf(region: Region): Handlers {
    let known = this.memory.handlers.get(region);
    if (!known || ![...known.keys()].every((unit) => this.#neighbours.isCurrent(unit))) {
      const commands = new Set<ts.Node>(this.#callsOf(region).map(({ node }) => node));
      this.memory.handlers.set(region, (known = requestHandlers(region, this.checker, commands)));
    }
    return known;
  }

  #names(): Set<string> {
    if (!this.#leadingNames) {
      this.#leadingNames = new Set(this.memory.leads);
      for (const facts of this.files.values()) for (const name of senderNames(facts)) this.#leadingNames.add(name);
    }
    return this.#leadingNames;
  }

  /** Notes what the answer was made of, whether or not it is made now. */
  #leadsOf(region: Region): ReadonlyMap<Unit | ts.SourceFile, Lead[]> {
    const leads = this.#findLeads(region);
    if (this.#recorders.length > 0) {
      const count = this.#namedSites(region).length;
      for (const recorder of this.#recorders) recorder.sites.set(region, count);
      for (const list of leads.values()) for (const [unit] of list) this.#note(unit);
    }
    return leads;
  }

  #findLeads(region: Region): ReadonlyMap<Unit | ts.SourceFile, Lead[]> {
    let known = this.#leads.get(region);
    if (!known) {
      const found = new Map<Unit | ts.SourceFile, Lead[]>();
      for (const site of this.#namedSites(region)) {
        const unit = this.called(site);
        if (!unit || !this.#leadsToRedis(unit, deepest)) continue;
        const around = unitOf(site) ?? region.getSourceFile();
        const list = found.get(around);
        if (list) list.push([unit, site]);
        else found.set(around, [[unit, site]]);
      }
      this.#leads.set(region, (known = found));
    }
    return known;
  }

  /** The places of a region whose name is that of a unit which leads to Redis, in source order. */
  #namedSites(region: Region): readonly CallSite[] {
    let known = this.#named.get(region);
    if (!known) {
      const names = this.#names();
      const local = new Set<string>();
      for (const name of sitesByName(region).keys()) if (names.has(name)) local.add(name);
      for (const [exported, own] of importAliases(region.getSourceFile())) if (names.has(exported) || exported === 'default') for (const name of own) local.add(name);
      this.#named.set(region, (known = sitesNamed(local, [region])));
    }
    return known;
  }

  /** Sends commands itself, or calls what does, up to some steps away. */
  #leadsToRedis(unit: Unit, steps: number): boolean {
    if (this.callsIn(unit).length > 0) return true;
    const name = unitName(unit);
    if (steps === 0 || (name !== undefined && !this.#names().has(name))) return false;
    return regionsOfUnit(unit).flatMap((region) => this.#namedSites(region)).some((site) => {
      if (unitOf(site) !== unit) return false;
      const inner = this.called(site);
      return inner !== undefined && inner !== unit && this.#leadsToRedis(inner, steps - 1);
    });
  }
}

const isUnit = (node: ts.Node): node is Unit => isFunctionWithBody(node) || ts.isClassLike(node);

/** The regions that a unit's own code is in: those of its members too, where it is a class with regions of its own. */
function regionsOfUnit(unit: Unit): readonly Region[] {
  const region = regionOf(unit);
  return region === unit && ts.isClassDeclaration(unit) ? [unit, ...unit.members] : [region];
}

const byUnit = new WeakMap<readonly RedisCall[], ReadonlyMap<Unit, RedisCall[]>>();

/** @param calls of a region */
function callsByUnit(calls: readonly RedisCall[]): ReadonlyMap<Unit, RedisCall[]> {
  let known = byUnit.get(calls);
  if (!known) {
    const found = new Map<Unit, RedisCall[]>();
    for (const call of calls) {
      const around = unitOf(call.node);
      if (!around) continue;
      const list = found.get(around);
      if (list) list.push(call);
      else found.set(around, [call]);
    }
    byUnit.set(calls, (known = found));
  }
  return known;
}

const sendersOf = new WeakMap<FileFacts, readonly string[]>();

/** The names of a file's units that send commands. */
function senderNames(facts: FileFacts): readonly string[] {
  let known = sendersOf.get(facts);
  if (!known) sendersOf.set(facts, (known = [...facts.byRegion.values()].flatMap((calls) => [...callsByUnit(calls).keys()].flatMap((unit) => unitName(unit) ?? []))));
  return known;
}
