/** Keys summed by namespace as a scan brings them: how many, how large, of which types and encodings, how many without a TTL. */
import { fromCompact, toCompact } from '../redis/key-bytes.ts';
import { compactDelimiters, endOfSegment } from './segments.ts';
import type { KeyFacts } from './types.ts';

export interface NamespaceTotal {
  /** Bytes that its keys begin with, the last delimiter included; empty for keys that have no delimiter. */
  prefix: Buffer;
  keys: number;
  /** Memory in bytes; undefined where the server told of no key. */
  bytes: number | undefined;
  /** Keys by type, and by encoding. */
  types: Record<string, number>;
  encodings: Record<string, number>;
  /** Keys that never expire; undefined where the server told of no key. */
  withoutTtl: number | undefined;
  /** Of how many keys all but their number is known: of a sample, the rest is reckoned from it. */
  inspected: number;
  /** Of how many of those the server did not tell something that was asked, since this user may not see it. */
  denied: number;
}

export interface NamespaceTotalsOptions {
  /** How many segments of a name make its namespace: 1 puts `user:7:cart` in `user:`, 2 in `user:7:`. Default 1. */
  depth?: number;
  /** Default `:`. Where several match, the first in the key ends the segment. */
  delimiters?: readonly string[];
  /** A namespace that holds more namespaces is a list of ids: they count as one. Default 1,000, and ten times as many at the top. */
  maxChildren?: number;
  /** So many namespaces are kept apart in all; what comes later counts for the one around it. Default 100,000, some 60 MB. */
  maxNamespaces?: number;
}

/** So many times as many namespaces are kept apart at the top. */
const topFactor = 10;

class Sums {
  keys = 0;
  inspected = 0;
  denied = 0;
  bytes = 0;
  /** Of how many keys the server told. */
  withBytes = 0;
  withTtl = 0;
  withoutTtl = 0;
  readonly types = new Map<string, number>();
  readonly encodings = new Map<string, number>();
  readonly children = new Map<string, Sums>();
  /** Its namespaces count as itself. */
  isList = false;

  merge(other: Sums): void {
    this.keys += other.keys;
    this.inspected += other.inspected;
    this.denied += other.denied;
    this.bytes += other.bytes;
    this.withBytes += other.withBytes;
    this.withTtl += other.withTtl;
    this.withoutTtl += other.withoutTtl;
    for (const [type, keys] of other.types) addTo(this.types, type, keys);
    for (const [encoding, keys] of other.encodings) addTo(this.encodings, encoding, keys);
    for (const child of other.children.values()) this.merge(child);
  }
}

export class NamespaceTotals {
  readonly #depth: number;
  readonly #delimiters: readonly string[];
  readonly #maxChildren: number;
  readonly #maxNamespaces: number;
  readonly #root = new Sums();
  #namespaces = 0;

  constructor({ depth = 1, delimiters = [':'], maxChildren = 1_000, maxNamespaces = 100_000 }: NamespaceTotalsOptions = {}) {
    this.#depth = depth;
    this.#delimiters = compactDelimiters(delimiters);
    this.#maxChildren = maxChildren;
    this.#maxNamespaces = maxNamespaces;
  }

  /** Counts a key, whether or not its facts are asked for. @returns how many of its namespace were counted before */
  count(key: Buffer): number {
    const sums = this.#sumsOf(key);
    return sums.keys++;
  }

  /** Adds what is known of a key that was counted. One that is gone meanwhile adds nothing, and stays counted. */
  inspect(facts: KeyFacts): void {
    addFacts(this.#sumsOf(facts.key), facts);
  }

  /** Both. One that is gone meanwhile is not counted. */
  add(facts: KeyFacts): void {
    if (!facts.exists) return;
    const sums = this.#sumsOf(facts.key);
    sums.keys++;
    addFacts(sums, facts);
  }

  /** All that begins with a prefix that ends a segment; undefined where nothing was counted apart under it. */
  under(prefix: Buffer): NamespaceTotal | undefined {
    const name = toCompact(prefix);
    let sums: Sums | undefined = this.#root;
    for (let from = 0; sums && from < name.length; ) {
      const end: number = endOfSegment(name, from, this.#delimiters) ?? name.length;
      sums = sums.children.get(name.slice(from, end));
      from = end;
    }
    if (!sums) return undefined;
    const all = new Sums();
    all.merge(sums);
    return totalOf(all, name);
  }

  /** Largest first: by memory, then by number of keys, then by name. */
  list(): NamespaceTotal[] {
    const found: NamespaceTotal[] = [];
    collect(this.#root, '', found);
    return found.sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0) || b.keys - a.keys || Buffer.compare(a.prefix, b.prefix));
  }

  /** Of the deepest namespace of a key that is kept apart. */
  #sumsOf(key: Buffer): Sums {
    const name = toCompact(key);
    let sums = this.#root;
    let from = 0;
    for (let level = 0; level < this.#depth && !sums.isList; level++) {
      const end = endOfSegment(name, from, this.#delimiters);
      if (end === undefined) break;
      const segment = name.slice(from, end);
      let child = sums.children.get(segment);
      if (!child) {
        // Folding what comes before the first delimiter leaves nothing to look at.
        const most = level === 0 ? this.#maxChildren * topFactor : this.#maxChildren;
        if (sums.children.size >= most) {
          fold(sums);
          break;
        }
        if (this.#namespaces >= this.#maxNamespaces) break;
        this.#namespaces++;
        sums.children.set(segment, (child = new Sums()));
      }
      sums = child;
      from = end;
    }
    return sums;
  }
}

function fold(sums: Sums): void {
  for (const child of sums.children.values()) sums.merge(child);
  sums.children.clear();
  sums.isList = true;
}

function addFacts(sums: Sums, { exists, type, encoding, memoryBytes, ttlMs, denied }: KeyFacts): void {
  if (!exists) return;
  sums.inspected++;
  if (denied) sums.denied++;
  if (type !== undefined) addTo(sums.types, type, 1);
  if (encoding !== undefined) addTo(sums.encodings, encoding, 1);
  if (memoryBytes !== undefined) {
    sums.bytes += memoryBytes;
    sums.withBytes++;
  }
  if (ttlMs === null) sums.withoutTtl++;
  else if (ttlMs !== undefined) sums.withTtl++;
}

function collect(sums: Sums, prefix: string, found: NamespaceTotal[]): void {
  if (sums.keys > 0) found.push(totalOf(sums, prefix));
  for (const [segment, child] of sums.children) collect(child, prefix + segment, found);
}

function totalOf({ keys, inspected, denied, bytes, withBytes, withTtl, withoutTtl, types, encodings }: Sums, prefix: string): NamespaceTotal {
  // What was denied is not reckoned from the rest.
  const ofAll = (part: number, known: number): number | undefined => (known === 0 ? undefined : inspected === keys ? part : Math.round((part * keys) / inspected));
  const spread = (counts: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, count]) => [name, ofAll(count, inspected) ?? 0]));
  return {
    prefix: fromCompact(prefix),
    keys,
    bytes: ofAll(bytes, withBytes),
    types: spread(types),
    encodings: spread(encodings),
    withoutTtl: ofAll(withoutTtl, withTtl + withoutTtl),
    inspected,
    denied,
  };
}

function addTo(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
