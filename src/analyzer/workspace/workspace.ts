/** Facts of all files joined: functions and their callers, request paths. Rules see the workspace only through this. */
import ts from 'typescript';
import { isFunctionWithBody } from '../facts/code/ast.ts';
import type { FileFacts } from '../facts/calls/file-facts.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { regionOf, regionsOf, type Region } from '../facts/calls/regions.ts';
import { deepest, importAliases, sitesByName, sitesNamed, unitName, unitOf, type CallSite, type Unit } from '../facts/code/units.ts';
import type { Neighbours } from '../program/neighbours.ts';
import { Callers } from './callers.ts';
import { addUses, isSame, Joined, noteKey, noteSites, saysSame, type Among, type Join, type JoinedPart, type Uses } from './join.ts';
import { noLayout, type Layout } from './layout.ts';
import type { Computed, Memory } from './memory.ts';
import { nothingKept, type Kept } from './kept.ts';
import { requestHandlers, type Handlers } from './request-handlers.ts';
import { addTrail, emptyTrail, noteSearch, trailKey, type Trail } from './trail.ts';

/** A place that runs a unit which leads to Redis. */
export type Lead = readonly [unit: Unit, site: CallSite];

export class Workspace {
  readonly root: string;
  readonly checker: ts.TypeChecker;
  readonly #facts: ReadonlyMap<string, FileFacts>;
  readonly layout: Layout;
  readonly #neighbours: Neighbours;
  readonly memory: Memory;
  readonly #callers: Callers;
  readonly #computed = new Map<object, Map<string, Computed>>();
  readonly #held = new WeakSet<Computed>();
  readonly #mentions = new Map<string, readonly string[]>();
  readonly #fresh = new Set<Join<unknown>>();
  readonly #handlers = new Map<ts.SourceFile, Handlers>();
  readonly #leads = new Map<Region, Map<Among, KnownLeads>>();
  /** Names of units that send commands, and of those that are known to call such. */
  #leadingNames: Set<string> | undefined;
  /** By those names; undefined until somebody asks. */
  #named: WeakMap<Region, readonly CallSite[]> | undefined;
  /** Those found by the search that is going on, besides which it knows none. */
  #ownLeads: Set<string> | undefined;
  /** What is being computed, and so depends on what is asked. */
  readonly #recorders: Uses[] = [];
  readonly #kept: Kept;
  /** Of what is being computed; undefined where nobody wants it. */
  #trail: Trail | undefined;

  /** @param facts of the files that may hold a client, by name @param kept what an earlier check knows of those */
  constructor(root: string, checker: ts.TypeChecker, facts: ReadonlyMap<string, FileFacts>, neighbours: Neighbours, memory: Memory, layout: Layout = noLayout, kept: Kept = nothingKept) {
    this.root = root;
    this.checker = checker;
    this.#facts = facts;
    this.#neighbours = neighbours;
    this.memory = memory;
    this.#callers = new Callers(neighbours, checker, memory);
    this.layout = layout;
    this.#kept = kept;
  }

  /** The files that may hold a client, by name. */
  fileNames(): Iterable<string> {
    return this.#facts.keys();
  }

  /** Whether a file may hold a client. */
  has(file: string): boolean {
    return this.#facts.has(file);
  }

  /** What a file says; undefined for one that holds no client. */
  factsOf(file: string): FileFacts | undefined {
    this.#trail?.files.add(file);
    return this.#facts.get(file);
  }

  /** The command whose name stands at a node, of a client that only its name says to be one. */
  namedCallAt(nameNode: ts.Node): RedisCall | undefined {
    const facts = this.#facts.get(nameNode.getSourceFile().fileName);
    return facts?.named.find((call) => call.nameNode === nameNode);
  }

  /** Whether one of some words stands in a file that may hold a client. */
  isAnyMentioned(words: readonly string[]): boolean {
    return words.some((word) => this.#mentioning(word).length > 0);
  }

  /** The files that may hold a client and have one of some words, by name. */
  filesMentioning(words: readonly string[]): string[] {
    return [...new Set(words.flatMap((word) => this.#mentioning(word)))].sort();
  }

  /** Whether one of some words stands in a file: asked before its tree is. */
  isMentionedIn(file: string, words: readonly string[]): boolean {
    this.#trail?.files.add(file);
    const text = this.#neighbours.text(file) ?? '';
    return words.some((word) => this.memory.mentions(word, file, text));
  }

  #mentioning(word: string): readonly string[] {
    const files = this.#filesWith(word);
    this.#trail?.words.add(word);
    for (const file of files) this.#trail?.files.add(file);
    for (const recorder of this.#recorders) recorder.words.set(word, files);
    return files;
  }

  #filesWith(word: string): readonly string[] {
    let files = this.#mentions.get(word);
    if (!files) this.#mentions.set(word, (files = [...this.#facts.keys()].filter((file) => this.memory.mentions(word, file, this.#neighbours.text(file) ?? ''))));
    return files;
  }

  /** Does some work, and notes in a trail what it looked at. */
  tracing<T>(trail: Trail | undefined, work: () => T): T {
    const outer = this.#trail;
    this.#trail = trail;
    try {
      return work();
    } finally {
      this.#trail = outer;
    }
  }

  /** What the files say, joined by a key. */
  #joined<T>(join: Join<T>): Joined<T> {
    const known = (this.memory.joins.get(join as Join<unknown>) as Joined<T> | undefined) ?? new Joined<T>(join);
    if (!this.#fresh.has(join as Join<unknown>)) {
      this.#fresh.add(join as Join<unknown>);
      this.memory.joins.set(join as Join<unknown>, known as Joined<unknown>);
      known.refresh(this, this.#kept);
    }
    return known;
  }

  /** The keys under which something is joined. */
  keysOf(join: Join<unknown>): string[] {
    this.#trail?.keys.add(trailKey(join.name));
    return [...this.#joined(join).keys(this)];
  }

  /** What is joined under a key. */
  under<T>(join: Join<T>, key: string): readonly T[] {
    const joined = this.#joined(join);
    this.#trail?.keys.add(trailKey(join.name, key));
    const values = joined.get(key, this, (trail) => this.#follow(trail));
    for (const recorder of this.#recorders) noteKey(recorder, join as Join<unknown>, key, values);
    return values;
  }

  /** What a file adds to a join. */
  partOf(join: Join<unknown>, file: string): JoinedPart {
    const part = this.#joined(join).of(file, this);
    this.#follow(part.trail);
    return part;
  }

  /** The joins that somebody asked for. */
  joins(): Iterable<Join<unknown>> {
    return this.#fresh;
  }

  /** Whether a node is of the tree that its file has now. */
  isOfNow(node: ts.Node): boolean {
    return this.#neighbours.isCurrent(node);
  }

  /** Does some work, and says what of the workspace it asked about. */
  recording(work: () => void): Uses {
    const uses: Uses = { regions: new Map(), callers: new Map(), sites: new Map(), handlers: new Map(), words: new Map(), keys: new Map() };
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

  #stillHolds({ regions, callers, sites, handlers, words, keys }: Uses): boolean {
    for (const [region, calls] of regions) if (!this.#neighbours.isCurrent(region) || this.#callsOf(region) !== calls) return false;
    for (const [region, asked] of sites) for (const [among, units] of asked) if (!isSame(this.#runIn(region, among), units)) return false;
    for (const [unit, places] of callers) if (!this.#neighbours.isCurrent(unit) || this.callers(unit) !== places) return false;
    for (const [unit, what] of handlers) if (!this.#neighbours.isCurrent(unit) || this.#handlerOf(unit) !== what) return false;
    for (const [word, files] of words) if (!isSame(this.#filesWith(word), files)) return false;
    for (const [join, asked] of keys) {
      const joined = this.#joined(join);
      for (const [key, values] of asked) {
        const now = joined.get(key, this);
        if (now === values) continue;
        if (!saysSame(now, values)) return false;
        // Those of before would keep their trees.
        asked.set(key, now);
      }
    }
    return true;
  }

  /** Every call of the workspace in one list, by file. */
  *calls(): Iterable<RedisCall> {
    for (const { calls } of this.allFacts()) yield* calls;
  }

  /** The Redis calls that a unit makes itself, callbacks in it included, or a region at module level; in source order. */
  callsIn(part: Unit | Region): readonly RedisCall[] {
    this.#note(part);
    if (isUnit(part)) return regionsOfUnit(part).flatMap((region) => callsByUnit(this.#callsOf(region)).get(part) ?? []);
    return this.#callsOf(part).filter((call) => unitOf(call.node) === undefined);
  }

  #callsOf(region: Region): readonly RedisCall[] {
    return this.#facts.get(region.getSourceFile().fileName)?.byRegion.get(region) ?? noCalls;
  }

  /** The facts of every file. */
  *allFacts(): Iterable<FileFacts> {
    if (this.#trail) this.#trail.isOfAll = true;
    yield* this.#facts.values();
  }

  /** The units of a file that make Redis calls themselves. */
  *senders(file: string): Iterable<Unit> {
    for (const calls of this.factsOf(file)?.byRegion.values() ?? []) yield* callsByUnit(calls).keys();
  }

  /** Where a unit is run. */
  callers(unit: Unit): readonly CallSite[] {
    const sites = this.#callers.of(unit);
    this.#noteSearch(unit, this.#callers.candidates(unit));
    for (const site of sites) this.#trail?.callers.add(site.getSourceFile().fileName);
    for (const recorder of this.#recorders) recorder.callers.set(unit, sites);
    return sites;
  }

  /** The function that a call runs; undefined where it cannot be told. */
  called(site: ts.Node): Unit | undefined {
    const unit = this.#callers.called(site);
    this.#trail?.files.add(site.getSourceFile().fileName);
    this.#note(unit);
    return unit;
  }

  #note(node: ts.Node | undefined): void {
    if (node) this.#trail?.files.add(node.getSourceFile().fileName);
    if (!node || this.#recorders.length === 0) return;
    const region = regionOf(node);
    for (const recorder of this.#recorders) recorder.regions.set(region, this.#callsOf(region));
  }

  /** The trees of the files that can know a unit and name it. */
  naming(unit: Unit): readonly ts.SourceFile[] {
    const trees = this.#callers.allNaming(unit);
    this.#noteSearch(unit, trees.map(({ fileName }) => fileName));
    return trees;
  }

  /** @param files those found that have places of which was asked; in the others, such a place may come to be only by an edit that has the name, or of a file that has another for it */
  #noteSearch(unit: Unit, files: Iterable<string>): void {
    if (!this.#trail) return;
    const { fileName } = unit.getSourceFile();
    this.#trail.files.add(fileName);
    const name = unitName(unit);
    if (name === undefined) return;
    noteSearch(this.#trail, fileName, name);
    for (const file of files) this.#trail.files.add(file);
    for (const file of this.#callers.renaming(unit)) this.#trail.files.add(file);
  }

  #follow(trail: Trail | undefined): void {
    if (this.#trail && trail) addTrail(this.#trail, trail);
  }

  /** What is computed once and asked for by many. @param kind what it is @param key of which */
  once<T>(kind: object, key: string, compute: () => T): T {
    let kinds = this.#computed.get(kind);
    if (!kinds) this.#computed.set(kind, (kinds = new Map()));
    let known = kinds.get(key);
    if (!known || (this.#trail && !known.trail)) {
      kinds.set(key, (known = this.#compute(compute)));
    } else for (const recorder of this.#recorders) addUses(recorder, known.uses);
    this.#follow(known.trail);
    return known.value as T;
  }

  /**
   * What is computed of one unit, or of a region, and asked for by many; kept from edit to edit for as long as what it was made of holds, and so
   * to hold no checker. @param kind what it is @param part of which
   */
  remembered<T>(kind: object, part: Unit | Region, compute: () => T): T {
    let parts = this.memory.remembered.get(kind);
    if (!parts) this.memory.remembered.set(kind, (parts = new Map()));
    let known = parts.get(part);
    if (known && (known.trail || !this.isTraced) && this.#holds(known)) for (const recorder of this.#recorders) addUses(recorder, known.uses);
    else {
      parts.set(part, (known = this.#compute(compute)));
      this.#held.add(known);
    }
    this.#follow(known.trail);
    return known.value as T;
  }

  /** Asked once in each workspace. */
  #holds(known: Computed): boolean {
    if (this.#held.has(known)) return true;
    const holds = this.isCurrent(known.uses);
    if (holds) this.#held.add(known);
    return holds;
  }

  #compute(compute: () => unknown): Computed {
    const trail = this.newTrail();
    let value: unknown;
    const uses = this.recording(() => {
      value = this.tracing(trail, compute);
    });
    return { value, trail, uses };
  }

  /** Whether somebody wants to know what is looked at. */
  get isTraced(): boolean {
    return this.#trail !== undefined;
  }

  /** A trail for what is computed once, and asked for by many; undefined where nobody wants one. */
  newTrail(): Trail | undefined {
    return this.isTraced ? emptyTrail() : undefined;
  }

  /** The files, besides those that may hold a client, in which a place was found that runs what somebody asked about. */
  callingFiles(): string[] {
    return [...this.#callers.files()].filter((file) => !this.#facts.has(file)).sort();
  }

  /**
   * Asks rules for the units that only call others, where those lead to Redis (`noteLead`), as far as one file's commands tell. What one
   * file's commands lead to says nothing about where the search from another's ends, so that each can be found again by itself.
   * @returns their names, to be given to `learn` when all are found
   */
  seek(file: string, seekers: readonly ((file: string, workspace: Workspace) => void)[]): string[] {
    const found = new Set<string>();
    for (const seeker of seekers) {
      this.#restart(new Set());
      seeker(file, this);
      for (const name of this.#ownLeads ?? []) found.add(name);
    }
    return [...found].sort();
  }

  /** @param leads names of units that lead to Redis by way of others */
  learn(leads: Iterable<string>): void {
    for (const name of leads) this.memory.leads.add(name);
    this.#restart(undefined);
  }

  #restart(ownLeads: Set<string> | undefined): void {
    if (this.#ownLeads?.size !== 0 || !ownLeads) {
      this.#leadingNames = undefined;
      this.#leads.clear();
      this.#named = undefined;
    }
    this.#ownLeads = ownLeads;
  }

  /** Lets a unit that only calls others count as one that leads to Redis: one has climbed to it from a command. */
  noteLead(unit: Unit): void {
    const names = this.#names();
    const name = unitName(unit);
    if (name === undefined || names.has(name)) return;
    names.add(name);
    (this.#ownLeads ?? this.memory.leads).add(name);
    this.#leads.clear();
    this.#named = undefined;
  }

  /**
   * The places of a region that run a unit which leads to Redis, and which.
   * @param among those that are asked about, told by syntax alone; one function for all who ask for the same
   */
  sitesIn(region: Region, among: Among): Lead[] {
    return [...this.#leadsOf(region, among).values()].flat();
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
    this.#trail?.files.add(own.fileName);
    if (what !== undefined) return what;
    const naming = this.#callers.allNaming(unit).filter((tree) => !isBarrel(tree));
    this.#noteSearch(unit, naming.map(({ fileName }) => fileName));
    for (const source of naming) {
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
      this.#leadingNames = new Set(this.#ownLeads ?? this.memory.leads);
      for (const file of this.#facts.keys()) for (const name of this.senderNames(file)) this.#leadingNames.add(name);
    }
    return this.#leadingNames;
  }

  /** The names of a file's units that send commands. */
  senderNames(file: string): readonly string[] {
    const kept = this.#kept.senders(file);
    if (kept) return kept;
    const facts = this.#facts.get(file);
    return facts ? senderNames(facts) : [];
  }

  /** Notes what the answer was made of, whether or not it is made now. */
  #leadsOf(region: Region, among: Among = anywhere): ReadonlyMap<Unit | ts.SourceFile, Lead[]> {
    const { leads, trail } = this.#findLeads(region, among);
    this.#follow(trail);
    if (this.#recorders.length > 0) {
      const units = this.#runIn(region, among);
      for (const recorder of this.#recorders) noteSites(recorder, region, among, units);
      for (const list of leads.values()) for (const [unit] of list) this.#note(unit);
    }
    return leads;
  }

  #findLeads(region: Region, among: Among): KnownLeads {
    let asked = this.#leads.get(region);
    if (!asked) this.#leads.set(region, (asked = new Map()));
    let known = asked.get(among);
    if (!known || (this.#trail && !known.trail)) {
      const leads = new Map<Unit | ts.SourceFile, Lead[]>();
      const trail = this.newTrail();
      this.tracing(trail, () => {
        for (const site of this.#namedSites(region).filter(among)) {
          const unit = this.called(site);
          if (!unit || !this.#leadsToRedis(unit, deepest)) continue;
          const around = unitOf(site) ?? region.getSourceFile();
          const list = leads.get(around);
          if (list) list.push([unit, site]);
          else leads.set(around, [[unit, site]]);
        }
      });
      asked.set(among, (known = { leads, trail }));
    }
    return known;
  }

  /** The places of a region whose name is that of a unit which leads to Redis, in source order. */
  #namedSites(region: Region): readonly CallSite[] {
    this.#noteSited(region);
    const names = this.#names();
    this.#named ??= this.memory.sitesBy(names);
    let known = this.#named.get(region);
    if (!known) {
      const local = new Set<string>();
      for (const name of sitesByName(region).keys()) if (names.has(name)) local.add(name);
      for (const [exported, own] of importAliases(region.getSourceFile())) if (names.has(exported) || exported === 'default') for (const name of own) local.add(name);
      this.#named.set(region, (known = sitesNamed(local, [region])));
    }
    return known;
  }

  /** What those places run. */
  #runIn(region: Region, among: Among): (Unit | undefined)[] {
    return this.#namedSites(region).filter(among).map((site) => this.#callers.called(site));
  }

  #noteSited(node: ts.Node): void {
    const { fileName } = node.getSourceFile();
    this.#trail?.files.add(fileName);
    this.#trail?.sited.add(fileName);
  }

  /** Sends commands itself, or calls what does, up to some steps away. */
  #leadsToRedis(unit: Unit, steps: number): boolean {
    this.#noteSited(unit);
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

interface KnownLeads {
  leads: ReadonlyMap<Unit | ts.SourceFile, Lead[]>;
  trail: Trail | undefined;
}

const noCalls: readonly RedisCall[] = [];

const anywhere: Among = () => true;

/** Only hands on: nothing runs in it. */
const isBarrel = (tree: ts.SourceFile): boolean => tree.statements.every((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement));

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
