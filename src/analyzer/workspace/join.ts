/**
 * What files say, joined by a key over the workspace: the accesses of a key pattern, the writes whose finding stands in a file.
 * Each file's part is computed by itself and kept until something that it was computed from has changed, so that an edit costs that file's
 * part and those that asked about it, not the workspace's. What a type in a third file says is not followed: the next whole check begins
 * with nothing kept.
 */
import type ts from 'typescript';
import type { FileFacts } from '../facts/file-facts.ts';
import type { CallSite, Unit } from '../facts/units.ts';
import type { Workspace } from './workspace.ts';

/** Made once, at a module's top level; kept parts are known by it. */
export class Join<T> {
  /** The part of one file. */
  readonly of: (facts: FileFacts, workspace: Workspace) => Iterable<readonly [key: string, value: T]>;

  constructor(of: Join<T>['of']) {
    this.of = of;
  }
}

/** What a part was computed from, besides its file's facts. */
export interface Uses {
  trees: Set<ts.SourceFile>;
  /** Units whose callers were asked for, and the answer. */
  callers: Map<Unit, readonly CallSite[]>;
}

interface Part<T> {
  facts: FileFacts;
  uses: Uses;
  keys: ReadonlySet<string>;
  values: ReadonlyMap<string, readonly T[]>;
}

export class Joined<T> {
  readonly #parts = new Map<string, Part<T>>();
  readonly #filesByKey = new Map<string, Set<string>>();

  /** Brings the parts up to date. */
  refresh(join: Join<T>, workspace: Workspace): void {
    for (const file of this.#parts.keys()) if (!workspace.files.has(file)) this.#remove(file);
    for (const [file, facts] of workspace.files) {
      const known = this.#parts.get(file);
      if (known?.facts === facts && workspace.isCurrent(known.uses)) continue;
      this.#remove(file);
      const values = new Map<string, T[]>();
      const uses = workspace.recording(() => {
        for (const [key, value] of join.of(facts, workspace)) {
          const list = values.get(key);
          if (list) list.push(value);
          else values.set(key, [value]);
        }
      });
      this.#parts.set(file, { facts, uses, keys: new Set(values.keys()), values });
      for (const key of values.keys()) {
        const files = this.#filesByKey.get(key);
        if (files) files.add(file);
        else this.#filesByKey.set(key, new Set([file]));
      }
    }
  }

  keys(): Iterable<string> {
    return this.#filesByKey.keys();
  }

  /** By file, and in the order of each file's part. */
  get(key: string): T[] {
    const files = [...(this.#filesByKey.get(key) ?? [])].sort();
    return files.flatMap((file) => this.#parts.get(file)?.values.get(key) ?? []);
  }

  all(): T[] {
    return [...this.#parts.keys()].sort().flatMap((file) => [...(this.#parts.get(file)?.values.values() ?? [])].flat());
  }

  #remove(file: string): void {
    for (const key of this.#parts.get(file)?.keys ?? []) {
      const files = this.#filesByKey.get(key);
      files?.delete(file);
      if (files?.size === 0) this.#filesByKey.delete(key);
    }
    this.#parts.delete(file);
  }
}
