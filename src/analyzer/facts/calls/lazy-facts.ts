/** Facts of files that are collected when somebody asks for them: where an earlier check answers for most files, few are asked for. */
import type { FileFacts } from './file-facts.ts';

export class LazyFacts implements ReadonlyMap<string, FileFacts> {
  readonly #files: ReadonlySet<string>;
  readonly #collect: (file: string) => FileFacts | undefined;
  readonly #known = new Map<string, FileFacts | undefined>();

  /** @param files that have facts, in the order in which they are gone through */
  constructor(files: Iterable<string>, collect: (file: string) => FileFacts | undefined) {
    this.#files = new Set(files);
    this.#collect = collect;
  }

  get size(): number {
    return this.#files.size;
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  get(file: string): FileFacts | undefined {
    if (!this.#files.has(file)) return undefined;
    if (!this.#known.has(file)) this.#known.set(file, this.#collect(file));
    return this.#known.get(file);
  }

  keys(): SetIterator<string> {
    return this.#files.values();
  }

  *values(): MapIterator<FileFacts> {
    for (const [, facts] of this.entries()) yield facts;
  }

  *entries(): MapIterator<[string, FileFacts]> {
    for (const file of this.#files) {
      const facts = this.get(file);
      if (facts) yield [file, facts];
    }
  }

  [Symbol.iterator](): MapIterator<[string, FileFacts]> {
    return this.entries();
  }

  forEach(work: (facts: FileFacts, file: string, map: ReadonlyMap<string, FileFacts>) => void): void {
    for (const [file, facts] of this) work(facts, file, this);
  }
}
