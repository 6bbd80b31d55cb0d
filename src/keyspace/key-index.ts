/**
 * The names that a scan brought, sorted and without repetition: a namespace is a range of it, found by binary search, so no tree
 * of objects is kept. A name of 30 bytes costs some 56 to 64 bytes (one-byte string and its place in the array).
 */
import { compareNatural } from './key-order.ts';
import type { Compare } from './key-order.ts';

export class KeyIndex {
  #sorted: string[] = [];
  #pending: string[] = [];

  /** @param compare names of one prefix lie together in it, for every prefix that `range` is asked for */
  constructor(private readonly compare: Compare = compareNatural) {}

  /** Names in compact form (redis/key-bytes.ts); those already here are dropped. */
  add(names: Iterable<string>): void {
    for (const name of names) this.#pending.push(name);
  }

  get size(): number {
    return this.#merged().length;
  }

  has(name: string): boolean {
    const sorted = this.#merged();
    return sorted[this.#lowerBound(sorted, name, 0)] === name;
  }

  at(place: number): string | undefined {
    return this.#merged()[place];
  }

  remove(names: Iterable<string>): void {
    const gone = new Set(names);
    this.#sorted = this.#merged().filter((name) => !gone.has(name));
  }

  /** Those that start with a prefix. */
  removeUnder(prefix: string): void {
    const [from, to] = this.range(prefix);
    this.#sorted = [...this.#sorted.slice(0, from), ...this.#sorted.slice(to)];
  }

  /** Places of the names that start with a prefix: from, and the first behind. */
  range(prefix: string): [from: number, to: number] {
    const sorted = this.#merged();
    const from = this.#lowerBound(sorted, prefix, 0);
    return [from, this.endOf(prefix, from)];
  }

  /** The first place at or behind `from` whose name does not start with the prefix; names of the prefix lie together. */
  endOf(prefix: string, from: number): number {
    const sorted = this.#merged();
    // Galloping: most namespaces are short, and the walk over the children must not cost a full search each.
    let step = 1;
    let low = from;
    while (low + step < sorted.length && sorted[low + step]?.startsWith(prefix)) {
      low += step;
      step *= 2;
    }
    let high = Math.min(sorted.length, low + step);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]?.startsWith(prefix)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Pages are small beside what is there: each new name finds its place, the stretches between are copied. */
  #merged(): readonly string[] {
    if (this.#pending.length === 0) return this.#sorted;
    const fresh = this.#pending.sort(this.compare);
    this.#pending = [];
    const old = this.#sorted;
    const merged: string[] = [];
    let from = 0;
    for (const name of fresh) {
      const to = from < old.length && this.compare(old[old.length - 1] ?? '', name) < 0 ? old.length : this.#lowerBound(old, name, from);
      for (; from < to; from++) merged.push(old[from] ?? '');
      if (old[from] !== name && merged[merged.length - 1] !== name) merged.push(name);
    }
    for (; from < old.length; from++) merged.push(old[from] ?? '');
    this.#sorted = merged;
    return merged;
  }

  /** The first place from `from` on whose name does not come before this one. */
  #lowerBound(sorted: readonly string[], name: string, from: number): number {
    let low = from;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(sorted[middle] ?? '', name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
