/** What one workspace found out that the next one, after an edit, may still believe. A whole check begins with an empty one. */
import type ts from 'typescript';
import { regionOf, regionsOf, type Region } from '../facts/calls/regions.ts';
import type { CallSite, Unit } from '../facts/code/units.ts';
import { hasWord } from '../has-word.ts';
import { nodesOf, type KnownProblems } from '../rules/problems.ts';
import { isOfNow, type Join, type Joined, type Uses } from './join.ts';
import { RegionMap } from './region-map.ts';
import type { Handlers } from './request-handlers.ts';
import type { Trail } from './trail.ts';

/** So many edits, and what is kept in vain of trees that are gone is little, and to look for it costs nearly nothing. */
const sweepEvery = 32;

export interface EditedFile {
  file: string;
  /** As it is now; undefined where it is gone. */
  tree: ts.SourceFile | undefined;
  /** What is said in the regions that the edit left may mean something else by now. */
  wholly: boolean;
}

export interface KnownCallers {
  sites: readonly CallSite[];
  /** The edit after which they were looked for. */
  edit: number;
}

/** What a place runs; undefined where it cannot be told. */
interface KnownCalled {
  unit: Unit | undefined;
  siteFile: string;
  unitFile: string | undefined;
}

/** What was computed, and what of the workspace it asked about. */
export interface Computed {
  value: unknown;
  trail: Trail | undefined;
  uses: Uses;
}

export class Memory {
  /** Counts the workspaces made with it. */
  edit = 0;
  /** The last edit of each file that was edited. */
  readonly #editOf = new Map<string, number>();
  /** The edit that made a region of an edited file. */
  readonly #births = new WeakMap<Region, number>();
  readonly callers = new Map<Unit, KnownCallers>();
  readonly #called = new Map<ts.Node, KnownCalled>();
  handlers = new WeakMap<Region, Handlers>();
  #sites = new WeakMap<Region, readonly CallSite[]>();
  /** Names by which those were looked for. */
  #names: ReadonlySet<string> = new Set();
  readonly problems = new RegionMap<KnownProblems>();
  readonly joins = new Map<Join<unknown>, Joined<unknown>>();
  /** By what it is, and of which unit or region (`Workspace.remembered`). */
  readonly remembered = new Map<object, Map<Unit | Region, Computed>>();
  /** Whether a word stands in a file's text, by both: as of that text. */
  readonly #mentions = new Map<string, Map<string, { text: string; has: boolean }>>();
  /** Names of units that were found to lead to Redis by way of others: where to look, no more. */
  readonly leads: Set<string>;
  /** Whether the rules have looked for those. */
  isSought = false;

  constructor(leads: Iterable<string> = []) {
    this.leads = new Set(leads);
  }

  /** Whether a word stands in a file's text. */
  mentions(word: string, file: string, text: string): boolean {
    let byFile = this.#mentions.get(word);
    if (!byFile) this.#mentions.set(word, (byFile = new Map()));
    let known = byFile.get(file);
    if (known?.text !== text) byFile.set(file, (known = { text, has: hasWord(text, word) }));
    return known.has;
  }

  /** @param files whose text differs from what the last workspace saw, as they are now; undefined for one that is gone @param isCurrent whether a node is of its file's tree */
  edited(files: Iterable<EditedFile>, isCurrent: (node: ts.Node) => boolean): void {
    this.edit++;
    const edited = new Set<string>();
    for (const { file, tree, wholly } of files) {
      edited.add(file);
      // What such an edit declares may be what a route or a call elsewhere names.
      if (wholly) {
        this.handlers = new WeakMap();
        this.#called.clear();
        // And what it imports may go by another name.
        this.#sites = new WeakMap();
      }
      this.#editOf.set(file, this.edit);
      this.problems.edited(file, isCurrent);
      for (const region of tree ? regionsOf(tree) : []) if (wholly || !this.#births.has(region)) this.#births.set(region, this.edit);
    }
    // A node of an earlier tree would keep all of that.
    for (const [site, { unit, siteFile, unitFile }] of this.#called) {
      // In a region that was edited, what the parser has left may mean something else: `load.one()`, where `load` has another type now.
      if ((edited.has(siteFile) && (!isCurrent(site) || this.isNewSince(this.edit - 1, site))) || (unit && unitFile !== undefined && edited.has(unitFile) && !isCurrent(unit))) this.#called.delete(site);
    }
    for (const known of this.remembered.values()) for (const part of known.keys()) if (!isCurrent(part)) known.delete(part);
    for (const [unit, known] of this.callers) {
      if (!isCurrent(unit)) this.callers.delete(unit);
      else if (!known.sites.every(isCurrent)) known.sites = known.sites.filter(isCurrent);
    }
    if (this.edit % sweepEvery === 0) this.#sweep(isCurrent);
  }

  /**
   * Forgets what was made of nodes that are gone. Most of that is made anew, and so let go, when somebody asks for it; but in files that nobody
   * looks at nobody asks, and one node of an earlier tree keeps those of all later ones: each holds regions that a later edit took over.
   */
  #sweep(isCurrent: (node: ts.Node) => boolean): void {
    for (const joined of this.joins.values()) joined.keep((uses) => isOfNow(uses, this.joins, isCurrent), isCurrent);
    for (const known of this.remembered.values()) for (const [part, { uses }] of known) if (!isOfNow(uses, this.joins, isCurrent)) known.delete(part);
    this.problems.keep(({ uses, problems }) => isOfNow(uses, this.joins, isCurrent) && problems.every(({ problem }) => nodesOf(problem).every(isCurrent)));
  }

  /** The places of regions that go by one of some names, by region: kept for as long as the names are the same. */
  sitesBy(names: ReadonlySet<string>): WeakMap<Region, readonly CallSite[]> {
    if (this.#names.size !== names.size || [...names].some((name) => !this.#names.has(name))) {
      this.#names = new Set(names);
      this.#sites = new WeakMap();
    }
    return this.#sites;
  }

  /** What a place runs. @param find where nobody has asked since its region was edited, or anything outside of a function */
  called(site: ts.Node, find: () => Unit | undefined): Unit | undefined {
    let known = this.#called.get(site);
    if (!known) {
      const unit = find();
      this.#called.set(site, (known = { unit, siteFile: site.getSourceFile().fileName, unitFile: unit?.getSourceFile().fileName }));
    }
    return known.unit;
  }

  /** Files edited after some edit. */
  editedSince(edit: number): ReadonlySet<string> {
    const files = new Set<string>();
    for (const [file, last] of this.#editOf) if (last > edit) files.add(file);
    return files;
  }

  /** The regions of an edited file that were not there at some edit. */
  newSince(edit: number, tree: ts.SourceFile): Region[] {
    return regionsOf(tree).filter((region) => (this.#births.get(region) ?? Infinity) > edit);
  }

  /** Whether a node of the present tree is in such a region. */
  isNewSince(edit: number, node: ts.Node): boolean {
    return (this.#births.get(regionOf(node)) ?? -Infinity) > edit;
  }
}
