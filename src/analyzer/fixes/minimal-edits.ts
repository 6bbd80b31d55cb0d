/** The edits that turn one text into another, by lines: for an editor, so that markers and cursors elsewhere stay. */
import { diffLines } from 'diff';
import type { FileEdit } from '../finding.ts';
import { sha256 } from '../text-hash.ts';

export function minimalEdits(file: string, before: string | undefined, after: string): FileEdit[] {
  if (before === undefined) return [{ file, start: 0, end: 0, text: after, create: true }];
  const hash = sha256(before);
  const edits: FileEdit[] = [];
  let at = 0;
  let open: FileEdit | undefined;
  for (const { value, added, removed } of diffLines(before, after)) {
    if (!added && !removed) {
      at += value.length;
      open = undefined;
      continue;
    }
    if (!open) edits.push((open = { file, start: at, end: at, text: '', sha256: hash }));
    if (added) open.text += value;
    else open.end = at += value.length;
  }
  return edits;
}
