/** Notes, while a check runs and fixes are planned, what each file's part of it was made of: for the record that a later check reads. */
import type { CheckRecord, FileRecord, PartRecord } from './check-record.ts';
import type { ProgramRecord } from './program/program-record.ts';
import type { Renewal } from './renewal.ts';
import { emptyTrail, type Trail } from './workspace/trail.ts';
import type { Workspace } from './workspace/workspace.ts';

export interface Sought {
  leads: readonly string[];
  trail: Trail;
}

export class CheckNotes {
  readonly sought = new Map<string, Sought>();
  readonly #looks = new Map<string, Trail>();

  /** For what is done with one file, findings and fixes alike. */
  lookAt(file: string, known = emptyTrail()): Trail {
    let trail = this.#looks.get(file);
    if (!trail) this.#looks.set(file, (trail = known));
    return trail;
  }

  /** @param callsIn how many calls a file has */
  record(program: ProgramRecord, workspace: Workspace, callsIn: (file: string) => number, renewal: Renewal | undefined): CheckRecord {
    const files = new Map<string, FileRecord>();
    for (const file of workspace.fileNames()) {
      const { leads, trail } = this.sought.get(file) ?? { leads: [], trail: emptyTrail() };
      files.set(file, { calls: callsIn(file), senders: workspace.senderNames(file), leads, seek: trail, parts: partsOf(file, workspace, renewal) });
    }
    return { program, files, looks: this.#looks };
  }
}

function partsOf(file: string, workspace: Workspace, renewal: Renewal | undefined): Map<string, PartRecord> {
  const parts = new Map(renewal?.file(file)?.parts);
  for (const join of workspace.joins()) {
    if (renewal?.part(join.name, file)) continue;
    const { keys, trail } = workspace.partOf(join, file);
    parts.set(join.name, { keys, trail: trail ?? emptyTrail() });
  }
  return parts;
}
