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

export function hasLiteral(pattern: KeyPattern): boolean {
  return pattern.parts.some((part) => 'literal' in part && part.literal.length > 0);
}
