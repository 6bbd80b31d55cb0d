/** Keys folded by delimiters, page by page, in bounded memory: `user:1:cart` lies in `user:`, then in `user:1:`. */
import { displayKey, fromCompact, toCompact } from '../redis/key-bytes.ts';
import { KeyIndex } from './key-index.ts';
import { compareBytes, compareNatural } from './key-order.ts';
import { compactDelimiters, endOfSegment } from './segments.ts';

export interface NamespaceEntry {
  kind: 'namespace';
  /** Bytes that its keys begin with, the delimiter included. */
  prefix: Buffer;
  /** The segment as people read it, without the delimiter. */
  name: string;
  /** Keys in it so far. */
  keys: number;
  /** Some of them are counted only, not kept: SCAN may have repeated them. */
  approximate: boolean;
}

export interface KeyEntry {
  kind: 'key';
  key: Buffer;
  /** The last segment as people read it; the whole key where that is empty. */
  name: string;
}

export type Entry = NamespaceEntry | KeyEntry;

export interface NamespaceOptions {
  /** Default `:`. Where several match, the first in the key ends the segment. */
  delimiters?: readonly string[];
  /** Beyond so many names are counted per namespace and not kept. Default 500,000: some 30 MB at 30 bytes a name. */
  maxNames?: number;
}

export interface ChildRequest {
  /** Default: the top. */
  prefix?: Buffer;
  /** Goes on behind the entry that ended the last answer. */
  after?: string;
  /** Default: all. */
  limit?: number;
}

export interface Children {
  /** By name, numbers in it by their value; namespaces and keys mixed. */
  entries: Entry[];
  /** For `after`; undefined: no more. */
  next: string | undefined;
}

/** Names over the limit are counted for so many levels, and for so many namespaces in all. */
const COUNTED_LEVELS = 3;
const MAX_COUNTED = 50_000;

/** Segments of a name longer than this are cut on screen. */
const NAME_BYTES = 256;

export class Namespaces {
  readonly #delimiters: readonly string[];
  readonly #maxNames: number;
  readonly #index: KeyIndex;
  /** Of names not kept: prefix → prefix of the child → keys. */
  readonly #counted = new Map<string, Map<string, number>>();
  #countedNames = 0;
  #countedSpaces = 0;

  constructor({ delimiters = [':'], maxNames = 500_000 }: NamespaceOptions = {}) {
    this.#delimiters = compactDelimiters(delimiters);
    // Natural order keeps the names of a namespace together unless its prefix ends within a number.
    this.#index = new KeyIndex(this.#delimiters.some((delimiter) => /\d$/.test(delimiter)) ? compareBytes : compareNatural);
    this.#maxNames = maxNames;
  }

  /** Names kept; each once. */
  get size(): number {
    return this.#index.size;
  }

  /** Names that came when the limit was reached; SCAN may have repeated some. */
  get notKept(): number {
    return this.#countedNames;
  }

  /** A page of a scan. */
  add(keys: Iterable<Buffer>): void {
    const names = Array.from(keys, toCompact);
    const room = this.#maxNames - this.#index.size;
    if (names.length <= room) return this.#index.add(names);
    const fresh = names.filter((name) => !this.#index.has(name));
    this.#index.add(fresh.slice(0, Math.max(0, room)));
    for (const name of fresh.slice(Math.max(0, room))) this.#count(name);
  }

  /** After a deletion. */
  remove(keys: Iterable<Buffer>): void {
    this.#index.remove(Array.from(keys, toCompact));
  }

  /** After a deletion of all that begins with these bytes. */
  removeUnder(prefix: Buffer): void {
    const id = toCompact(prefix);
    this.#index.removeUnder(id);
    for (const [parent, spaces] of this.#counted) {
      for (const [space, keys] of spaces) {
        if (!space.startsWith(id)) continue;
        spaces.delete(space);
        this.#countedSpaces--;
        if (space === id) this.#countedNames -= keys;
      }
      if (spaces.size === 0) this.#counted.delete(parent);
    }
  }

  has(key: Buffer): boolean {
    return this.#index.has(toCompact(key));
  }

  children({ prefix = Buffer.alloc(0), after, limit = Infinity }: ChildRequest = {}): Children {
    const parent = toCompact(prefix);
    const [from, to] = this.#index.range(parent);
    const entries: Entry[] = [];
    const counted = new Map(this.#counted.get(parent));
    let at = after === undefined ? from : Math.max(from, this.#behind(after));
    let last: string | undefined;
    while (at < to && entries.length < limit) {
      const name = this.#index.at(at) ?? '';
      const space = this.#namespaceOf(name, parent.length);
      if (name === parent && parent !== '') {
        // The key `a:` is shown beside the namespace `a:`, not in it.
        at++;
      } else if (space === undefined) {
        entries.push(keyEntry(name, parent));
        at++;
        last = `key ${name}`;
      } else {
        const end = this.#index.endOf(space, at);
        entries.push(this.#namespaceEntry(space, parent, end - at, counted.get(space) ?? 0));
        counted.delete(space);
        at = end;
        last = `namespace ${space}`;
      }
    }
    if (at < to) return { entries, next: last };
    // Namespaces with no kept name come last: they were met after the limit.
    for (const [space, keys] of counted) if (this.#isUnseen(space)) entries.push(this.#namespaceEntry(space, parent, 0, keys));
    return { entries, next: undefined };
  }

  /** The place behind an entry: behind all that a namespace holds, or behind one key. Names may have come or gone since. */
  #behind(after: string): number {
    const name = after.slice(after.indexOf(' ') + 1);
    const [from, to] = this.#index.range(name);
    if (after.startsWith('namespace ')) return to;
    return this.#index.at(from) === name ? from + 1 : from;
  }

  #isUnseen(space: string): boolean {
    const [from, to] = this.#index.range(space);
    return from === to;
  }

  #namespaceEntry(space: string, parent: string, kept: number, counted: number): NamespaceEntry {
    const delimiter = this.#delimiters.filter((text) => space.endsWith(text)).sort((a, b) => b.length - a.length)[0] ?? '';
    const segment = space.slice(parent.length, space.length - delimiter.length);
    return { kind: 'namespace', prefix: fromCompact(space), name: displayKey(fromCompact(segment), NAME_BYTES), keys: kept + counted, approximate: counted > 0 };
  }

  /** The name up to and with the first delimiter behind `from`; undefined for a key that lies here itself. */
  #namespaceOf(name: string, from: number): string | undefined {
    const end = endOfSegment(name, from, this.#delimiters);
    // A key that ends with the delimiter lies beside what begins with it.
    return end === undefined || end === name.length ? undefined : name.slice(0, end);
  }

  #count(name: string): void {
    this.#countedNames++;
    let parent = '';
    for (let level = 0; level < COUNTED_LEVELS; level++) {
      const space = this.#namespaceOf(name, parent.length);
      if (space === undefined) return;
      let spaces = this.#counted.get(parent);
      if (spaces === undefined) this.#counted.set(parent, (spaces = new Map<string, number>()));
      const before = spaces.get(space);
      if (before === undefined && this.#countedSpaces >= MAX_COUNTED) return;
      if (before === undefined) this.#countedSpaces++;
      spaces.set(space, (before ?? 0) + 1);
      parent = space;
    }
  }
}

function keyEntry(name: string, parent: string): KeyEntry {
  const rest = name.slice(parent.length);
  return { kind: 'key', key: fromCompact(name), name: displayKey(fromCompact(rest === '' ? name : rest), NAME_BYTES) };
}
