/**
 * Whether an edit leaves what a file imports and exports as it was, told from the place that was edited: nearly every keystroke does,
 * and to read a long file's imports anew each time would cost more than all else that a file without Redis costs.
 */
import { clauseRanges } from './module-names.ts';

const telling = /\b(?:import|export|from|require|module|declare)\b/;

/** Half-open, in UTF-16 code units. */
export type Range = readonly [start: number, end: number];

/**
 * @param ranges where clauses stand in the old text, from the last edit of the file; read off the text where there was none
 * @returns where they stand in the new text; undefined where the edit may have changed one, or made one
 */
export function clausesAfter(before: string, after: string, ranges: readonly Range[] = clauseRanges(before)): Range[] | undefined {
  const [start, endBefore] = changedRange(before, after);
  const delta = after.length - before.length;
  const lineOf = (text: string, from: number, to: number): string => {
    const end = text.indexOf('\n', to);
    return text.slice(text.lastIndexOf('\n', from - 1) + 1, end < 0 ? undefined : end);
  };
  if (telling.test(lineOf(before, start, endBefore)) || telling.test(lineOf(after, start, endBefore + delta))) return undefined;
  if (ranges.some(([from, to]) => from <= endBefore && start <= to)) return undefined;
  return ranges.map(([from, to]): Range => (from > endBefore ? [from + delta, to + delta] : [from, to]));
}

/** The least range of the old text that differs. */
export function changedRange(before: string, after: string): Range {
  const least = Math.min(before.length, after.length);
  const start = sameLength(least, (from, to) => before.slice(from, to) === after.slice(from, to));
  const same = sameLength(least - start, (from, to) => before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from));
  return [start, before.length - same];
}

/** Code units compared at once: a long text is compared many times as fast as unit by unit. */
const stride = 4_096;

/** How many of the first `length` are the same. @param isSame of a half-open range */
function sameLength(length: number, isSame: (from: number, to: number) => boolean): number {
  let known = 0;
  for (let step = stride; step >= 1; step = Math.floor(step / 8)) while (known + step <= length && isSame(known, known + step)) known += step;
  return known;
}
