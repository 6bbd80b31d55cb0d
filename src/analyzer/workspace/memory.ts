/** What one workspace found out that the next one, after an edit, may still believe. A whole check begins with an empty one. */
import type ts from 'typescript';
import type { Region } from '../facts/regions.ts';
import type { CallSite, Unit } from '../facts/units.ts';
import type { KnownProblems } from '../rules/problems.ts';
import type { Join, Joined } from './join.ts';
import type { Handlers } from './request-handlers.ts';

export interface KnownCallers {
  sites: readonly CallSite[];
  /** The edit after which they were looked for. */
  edit: number;
}

export class Memory {
  /** Counts the workspaces made with it. */
  edit = 0;
  /** The last edit of each file that was edited. */
  readonly editOf = new Map<string, number>();
  readonly callers = new WeakMap<Unit, KnownCallers>();
  readonly handlers = new WeakMap<ts.SourceFile, Handlers>();
  problems = new WeakMap<Region, KnownProblems>();
  readonly joins = new Map<Join<unknown>, Joined<unknown>>();
  /** Names of units that were found to lead to Redis by way of others. */
  readonly leads = new Set<string>();

  /** @param files whose text differs from what the last workspace saw */
  edited(files: Iterable<string>): void {
    this.edit++;
    for (const file of files) this.editOf.set(file, this.edit);
  }

  /** Files edited after some edit. */
  *editedSince(edit: number): Iterable<string> {
    for (const [file, last] of this.editOf) if (last > edit) yield file;
  }
}
