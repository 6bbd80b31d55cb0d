/** A line for the report: what was measured. The console of an extension host cannot be read from within. */
const shared = globalThis as { keyscopeNotes?: string[] };

export function note(line: string): void {
  (shared.keyscopeNotes ??= []).push(line);
}

export function notes(): readonly string[] {
  return shared.keyscopeNotes ?? [];
}
