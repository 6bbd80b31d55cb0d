/** Where the segments of a name end: `user:` and `user:1:` in `user:1:cart`. Names and delimiters are in compact form (redis/key-bytes.ts). */
import { toCompact } from '../redis/key-bytes.ts';

/** @param delimiters as people write them; empty ones end nothing */
export function compactDelimiters(delimiters: readonly string[]): string[] {
  return delimiters.filter((delimiter) => delimiter !== '').map((delimiter) => toCompact(Buffer.from(delimiter, 'utf8')));
}

/** Behind the first delimiter from `from` on, the longer where two begin at one place; undefined where there is none. */
export function endOfSegment(name: string, from: number, delimiters: readonly string[]): number | undefined {
  let end: number | undefined;
  let start = Infinity;
  for (const delimiter of delimiters) {
    const at = name.indexOf(delimiter, from);
    if (at === -1 || at > start || (at === start && at + delimiter.length < (end ?? 0))) continue;
    start = at;
    end = at + delimiter.length;
  }
  return end;
}
