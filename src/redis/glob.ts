/** Redis's glob patterns (KEYS, SCAN MATCH, ACL), matched byte by byte as stringmatchlen in util.c does. */
import { fromCompact, toCompact } from './key-bytes.ts';

/** The text as a pattern that matches nothing but it. */
export function escapeGlob(text: string): string {
  return text.replace(/[*?[\]\\]/g, '\\$&');
}

/** The pattern of all keys that begin with these bytes. */
export function globUnder(prefix: Buffer): Buffer {
  return fromCompact(`${escapeGlob(toCompact(prefix))}*`);
}

/** Has it a character with a meaning, so that it may match several keys? An escaped one has none. */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern.replace(/\\[^]/g, ''));
}

/** The only text that a pattern without wildcards matches: escapes resolved. Undefined where it has wildcards. */
export function literalOfGlob(pattern: string): string | undefined {
  return isGlob(pattern) ? undefined : pattern.replace(/\\([^])/g, '$1');
}

/** Strings are taken as UTF-8: `?` is one byte, as for the server. */
export function matchesGlob(pattern: string | Buffer, key: string | Buffer): boolean {
  // SCAN and KEYS take a lone star apart: it alone matches the empty name.
  if (compact(pattern) === '*') return true;
  return match(compact(pattern), 0, compact(key), 0, { skipLonger: false }, 0);
}

const compact = (value: string | Buffer): string => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value).toString('latin1');

/** The server gives up deeper patterns as no match, too. */
const MAX_NESTING = 1000;

function match(pattern: string, p: number, text: string, t: number, state: { skipLonger: boolean }, nesting: number): boolean {
  if (nesting > MAX_NESTING) return false;
  while (p < pattern.length && t < text.length) {
    switch (pattern[p]) {
      case '*': {
        while (pattern[p + 1] === '*') p++;
        if (p + 1 === pattern.length) return true;
        for (; t < text.length; t++) {
          if (match(pattern, p + 1, text, t, state, nesting + 1)) return true;
          // An inner star has already tried every longer text: without this, `*a*a*a…` takes exponential time.
          if (state.skipLonger) return false;
        }
        state.skipLonger = true;
        return false;
      }
      case '?':
        t++;
        break;
      case '[': {
        const { matched, end } = matchSet(pattern, p + 1, text[t] ?? '');
        if (!matched) return false;
        p = end;
        t++;
        break;
      }
      default:
        if (pattern[p] === '\\' && p + 1 < pattern.length) p++;
        if (pattern[p] !== text[t]) return false;
        t++;
    }
    p++;
    if (t === text.length) while (pattern[p] === '*') p++;
  }
  return p >= pattern.length && t === text.length;
}

/** From behind the `[`; `end` is the place of the `]`, or of the last character where there is none. */
function matchSet(pattern: string, start: number, character: string): { matched: boolean; end: number } {
  let p = start;
  const negated = pattern[p] === '^';
  if (negated) p++;
  let matched = false;
  for (; ; p++) {
    if (p >= pattern.length) {
      p = pattern.length - 1;
      break;
    }
    if (pattern[p] === '\\' && p + 1 < pattern.length) {
      p++;
      if (pattern[p] === character) matched = true;
    } else if (pattern[p] === ']') {
      break;
    } else if (p + 2 < pattern.length && pattern[p + 1] === '-') {
      const [from = '', to = ''] = [pattern[p], pattern[p + 2]].sort();
      p += 2;
      if (character >= from && character <= to) matched = true;
    } else if (pattern[p] === character) {
      matched = true;
    }
  }
  return { matched: negated ? !matched : matched, end: p };
}
