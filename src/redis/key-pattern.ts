/**
 * The shape of a key as code writes it: literal parts and holes. `` `user:${id}:cart` `` is `user:*:cart`.
 * A pattern with no literal part never joins anything across files.
 */

/** Literal text, or a hole for what is only known at run time. */
export type KeyPart = { literal: string } | { hole: string };

export interface KeyPattern {
  parts: readonly KeyPart[];
}

/** As shown to people and joined across files: holes as `*`, literal `*`, `?`, `[`, `]` and `\` escaped as in a glob. */
export function patternText(pattern: KeyPattern): string {
  let text = '';
  for (const part of pattern.parts) {
    if ('literal' in part) text += part.literal.replace(/[*?[\]\\]/g, '\\$&');
    else if (!text.endsWith('*') || text.endsWith('\\*')) text += '*';
  }
  return text;
}

/** Whether two may stand for the same key, by the texts that they begin and end with. */
export function mayMeet({ parts: ones }: KeyPattern, { parts: others }: KeyPattern): boolean {
  const literal = (part: KeyPart | undefined): string => (part && 'literal' in part ? part.literal : '');
  const isWhole = (parts: readonly KeyPart[]): boolean => parts.length <= 1 && parts.every((part) => 'literal' in part);
  const [start, otherStart] = [literal(ones[0]), literal(others[0])];
  if (!start.startsWith(otherStart) && !otherStart.startsWith(start)) return false;
  if (isWhole(ones) || isWhole(others)) return true;
  const [end, otherEnd] = [literal(ones.at(-1)), literal(others.at(-1))];
  return end.endsWith(otherEnd) || otherEnd.endsWith(end);
}

export function hasLiteral(pattern: KeyPattern): boolean {
  return pattern.parts.some((part) => 'literal' in part && part.literal.length > 0);
}
