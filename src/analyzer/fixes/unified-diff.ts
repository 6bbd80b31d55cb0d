import { createTwoFilesPatch } from 'diff';

/** A unified diff as git and patch read it; `before` is undefined for a file that is made. Paths are shown as given. */
export function unifiedDiff(file: string, before: string | undefined, after: string): string {
  const from = before === undefined ? '/dev/null' : `a/${file}`;
  return createTwoFilesPatch(from, `b/${file}`, before ?? '', after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
}
