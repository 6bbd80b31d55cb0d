/** Edits applied to texts: checked, never overlapping. */
import type { FileEdit, Fix, Place, TextRange } from '../finding.ts';
import { sha256 } from '../text-hash.ts';

/** An edit that no longer fits its file. */
export class EditError extends Error {
  override name = 'EditError';
}

/** The edits of each file, in the order of their places; those at one place in the order given. */
export function editsByFile(edits: readonly FileEdit[]): Map<string, FileEdit[]> {
  const byFile = new Map<string, FileEdit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  for (const list of byFile.values()) list.sort((a, b) => a.start - b.start || a.end - b.end);
  return byFile;
}

/**
 * The text of one file after its edits. `text` is undefined where the file does not exist, which is right for a creation alone.
 * Throws an EditError where the text is not the one that the edits were made for, or where two overlap.
 */
export function applyEdits(text: string | undefined, edits: readonly FileEdit[]): string {
  const [first] = edits;
  if (first?.create) {
    if (text !== undefined) throw new EditError(`${first.file} exists already and is not replaced.`);
    return edits.map((edit) => edit.text).join('');
  }
  if (text === undefined) throw new EditError(`${first?.file ?? 'The file'} is gone.`);
  const hash = sha256(text);
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.sha256 !== undefined && edit.sha256 !== hash) throw new EditError(`${edit.file} has changed since the fix was made; run the check again.`);
    if (edit.start < at) throw new EditError(`Two edits of ${edit.file} overlap at offset ${edit.start}.`);
    if (edit.end < edit.start || edit.end > text.length) throw new EditError(`An edit of ${edit.file} lies outside of the text.`);
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Whether two fixes cannot be applied to the same text: they touch the same place, bring names into one scope, or make the same file. */
export function conflict(a: Touching, b: Touching): boolean {
  const places = placesOf(b);
  return placesOf(a).some((one) => places.some((other) => one.file === other.file && (one.create || other.create || touch(one, other))));
}

type Touching = Pick<Fix, 'edits' | 'claims'>;

const placesOf = ({ edits, claims = [] }: Touching): (Place & { create?: true })[] => [...edits, ...claims];

/** Insertions at the edge of another edit count too: which comes first would be chance. */
function touch(a: TextRange, b: TextRange): boolean {
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}

/** As many of the candidates, in their order, as fit beside those taken before. */
export function withoutConflicts<T extends { fix: Touching }>(candidates: readonly T[]): T[] {
  // By file, since comparing each fix with each other one would be slow on a whole repository.
  const takenByFile = new Map<string, T[]>();
  return candidates.filter((candidate) => {
    const files = new Set(candidate.fix.edits.map((edit) => edit.file));
    if (files.size === 0) return false;
    for (const file of files) {
      if (takenByFile.get(file)?.some((taken) => conflict(taken.fix, candidate.fix))) return false;
    }
    for (const file of files) takenByFile.set(file, [...(takenByFile.get(file) ?? []), candidate]);
    return true;
  });
}
