/**
 * What of an earlier check still holds. A piece of work comes out the same where nothing that it looked at says anything else: no text that
 * the checker may have read for it, none that begins to mention what it looked for, no name of a unit that leads to Redis, no key of a join.
 */
import type { CheckRecord, EarlierCheck, FileRecord, PartRecord } from './check-record.ts';
import type { Finding } from './finding.ts';
import type { ProjectState } from './program/project.ts';
import { dependentsOf } from './program/program-record.ts';
import { joins } from './workspace/join.ts';
import type { Kept } from './workspace/kept.ts';
import { emptyTrail, trailKey, type Trail } from './workspace/trail.ts';
import type { Workspace } from './workspace/workspace.ts';

/** An identifier may be spelled with it. */
const escape = '\\u';

export class Renewal implements Kept {
  readonly #earlier: EarlierCheck;
  readonly #record: CheckRecord;
  readonly #state: ProjectState;
  /** The changed files, and those that the checker may see differently because of them. */
  readonly #dirty: ReadonlySet<string>;
  readonly #areFactsDirty: boolean;
  /** Names that began or ceased to be those of units which lead to Redis. */
  readonly #names = new Set<string>();
  /** Keys that something may have been added to or taken from. */
  readonly #keys = new Set<string>();
  readonly #staleParts = new Map<string, boolean>();

  private constructor(earlier: EarlierCheck, state: ProjectState, dirty: ReadonlySet<string>) {
    this.#earlier = earlier;
    this.#record = earlier.record;
    this.#state = state;
    this.#dirty = dirty;
    this.#areFactsDirty = [...state.carriers.keys()].some((file) => dirty.has(file));
  }

  /** Undefined where nothing can be kept. */
  static of(earlier: EarlierCheck, state: ProjectState): Renewal | undefined {
    if (!state.isAsEarlier) return undefined;
    const dirty = dependentsOf(earlier.changed, state.focus);
    if (state.focus.ambient.some((file) => dirty.has(file))) return undefined;
    if (![...state.carriers.keys()].every((file) => earlier.record.files.has(file))) return undefined;
    return new Renewal(earlier, state, dirty);
  }

  /** Whether the calls of a file are those that they were. */
  holdsCalls(file: string): boolean {
    return !this.#dirty.has(file);
  }

  /** Whether a file's text is what it was. */
  holdsText(file: string): boolean {
    return !this.#earlier.changed.has(file);
  }

  file(file: string): FileRecord | undefined {
    return this.#record.files.get(file);
  }

  syntaxErrors(file: string): EarlierCheck['syntaxErrors'] {
    return this.#earlier.syntaxErrors.filter((one) => one.file === file);
  }

  senders(file: string): readonly string[] | undefined {
    return this.holdsCalls(file) ? this.file(file)?.senders : undefined;
  }

  part(join: string, file: string): PartRecord | undefined {
    const part = this.file(file)?.parts.get(join);
    return part && !this.#isStale(join, file, part.trail) ? part : undefined;
  }

  /** What the search from a file's commands found, where it would find the same. */
  seek(file: string): FileRecord | undefined {
    const known = this.file(file);
    return known && this.holdsCalls(file) && this.#holds(known.seek) ? known : undefined;
  }

  /** A file's findings, where they would be the same. */
  findings(file: string): { findings: readonly Finding[]; trail: Trail } | undefined {
    const trail = this.#record.looks.get(file);
    return trail && this.#holds(trail) ? { findings: this.#earlier.findings(file), trail } : undefined;
  }

  /** To be told before anything is asked for that leads to Redis. */
  takeSenders(workspace: Workspace): void {
    const before = [...this.#record.files.values()].flatMap(({ senders }) => senders);
    this.#takeNames(before, [...workspace.fileNames()].flatMap((file) => workspace.senderNames(file)));
  }

  /** @param leads all that are found now */
  takeLeads(leads: Iterable<string>): void {
    this.#takeNames([...this.#record.files.values()].flatMap((file) => file.leads), leads);
  }

  #takeNames(before: Iterable<string>, after: Iterable<string>): void {
    const [old, now] = [new Set(before), new Set(after)];
    for (const name of old) if (!now.has(name)) this.#names.add(name);
    for (const name of now) if (!old.has(name)) this.#names.add(name);
  }

  /** Computes anew what no longer holds of the joins. @returns whether what was believed of them so far was right */
  refreshParts(workspace: Workspace): boolean {
    const believed = [...this.#staleParts];
    this.#staleParts.clear();
    for (const [file, { parts }] of this.#record.files) {
      for (const [name, part] of parts) {
        const join = joins.get(name);
        if (!join) return false;
        if (!this.#isStale(name, file, part.trail)) continue;
        const { keys } = workspace.tracing(emptyTrail(), () => workspace.partOf(join, file));
        this.#keys.add(trailKey(name));
        for (const key of keys) this.#keys.add(trailKey(name, key));
      }
    }
    return believed.every(([part, isStale]) => this.#staleParts.get(part) === isStale);
  }

  #isStale(join: string, file: string, trail: Trail): boolean {
    const part = `${join} ${file}`;
    let known = this.#staleParts.get(part);
    // One that is made of others is made anew with any of them.
    if (known === undefined) this.#staleParts.set(part, (known = !this.holdsCalls(file) || trail.keys.size > 0 || !this.#holds(trail)));
    return known;
  }

  #holds({ files, sited, searches, words, keys, isOfAll }: Trail): boolean {
    if (isOfAll && this.#areFactsDirty) return false;
    for (const file of files) if (this.#dirty.has(file)) return false;
    for (const key of keys) if (this.#keys.has(key)) return false;
    for (const changed of this.#earlier.changed) {
      const text = this.#text(changed);
      if (this.#state.carriers.has(changed)) for (const word of words) if (text.includes(word)) return false;
      for (const [own, names] of searches) for (const name of names) if (text.includes(name) && this.#reaches(own, changed)) return false;
    }
    if (this.#names.size > 0) for (const file of sited) if (this.#mayName(this.#text(file))) return false;
    return true;
  }

  #reaches(own: string, file: string): boolean {
    return this.#state.neighbours.reach(own).includes(file);
  }

  #mayName(text: string): boolean {
    return this.#names.has('default') || text.includes(escape) || [...this.#names].some((name) => text.includes(name));
  }

  #text(file: string): string {
    return this.#state.neighbours.text(file) ?? '';
  }
}
