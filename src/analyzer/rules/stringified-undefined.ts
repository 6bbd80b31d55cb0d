/** An optional value made a text: the key, password or address then holds the word "undefined". */
import { seekStringifiedUses, stringifiedUsesIn } from '../facts/keys/stringified-uses.ts';
import type { Rule } from './rule.ts';

export const stringifiedUndefined: Rule = {
  meta: {
    id: 'stringified-undefined',
    summary: 'A value that may be undefined is made a text in a key, password or URL: it becomes the word "undefined".',
    severity: 'warning',
    fix: 'none',
    category: 'security',
  },
  seek: seekStringifiedUses,
  *check({ region }, workspace) {
    const seen = new Set<unknown>();
    for (const { anchor, part, what } of stringifiedUsesIn(region, workspace)) {
      if (seen.has(anchor)) continue;
      seen.add(anchor);
      const text = part.getText();
      const name = text.length > 40 || text.includes('\n') ? 'A part of it' : `\`${text}\``;
      yield {
        node: anchor,
        message: what === 'key'
          ? `${name} may be undefined, and the key then says "undefined", one key for all who have none; test it first or give a default.`
          : `${name} may be undefined, and the ${what} then says "undefined" instead of failing where it is missing; test it first.`,
      };
    }
  },
};
