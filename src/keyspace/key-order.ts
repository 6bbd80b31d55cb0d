/** In which order names stand in a list. Names are in compact form (redis/key-bytes.ts). Pure. */

export type Compare = (a: string, b: string) => number;

const ZERO = 0x30;
const NINE = 0x39;

export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * By bytes, but runs of digits by the number they write: `user:9` before `user:10`, of two that write one number the shorter first.
 * Names that share a prefix lie together as long as the prefix ends in no digit: what decides is the first run or byte that differs.
 */
export function compareNatural(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === shorter && a.length === b.length) return 0;
  const before = at > 0 && isDigit(a, at - 1);
  const digitA = isDigit(a, at);
  const digitB = isDigit(b, at);
  // Two different runs: each has a digit here, or one of them ended and the other goes on.
  if ((digitA && digitB) || (before && (digitA || digitB))) return compareRuns(a, b, at);
  return at === a.length ? -1 : at === b.length ? 1 : a.charCodeAt(at) - b.charCodeAt(at);
}

/** @param at where the runs differ first; what lies before is the same in both */
function compareRuns(a: string, b: string, at: number): number {
  let start = at;
  while (start > 0 && isDigit(a, start - 1)) start--;
  const endA = endOfRun(a, at);
  const endB = endOfRun(b, at);
  const firstA = skipZeros(a, start, endA);
  const firstB = skipZeros(b, start, endB);
  const digits = endA - firstA - (endB - firstB);
  if (digits !== 0) return digits;
  for (let step = 0; firstA + step < endA; step++) {
    const difference = a.charCodeAt(firstA + step) - b.charCodeAt(firstB + step);
    if (difference !== 0) return difference;
  }
  return endA - endB;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= ZERO && code <= NINE;
}

function endOfRun(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text, end)) end++;
  return end;
}

function skipZeros(text: string, from: number, end: number): number {
  let at = from;
  while (at < end - 1 && text.charCodeAt(at) === ZERO) at++;
  return at;
}
