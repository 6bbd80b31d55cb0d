/** One key pattern, commands for values of two types: one of them fails with WRONGTYPE, or replaces what the other keeps there. */
import { patternText } from '../../redis/key-pattern.ts';
import { replacesAnyType } from '../facts/keys/key-type.ts';
import { keyUsesIn, seekKeyUses } from '../facts/keys/key-uses.ts';
import { typeConflict } from '../facts/keys/type-conflict.ts';
import type { Rule } from './rule.ts';

export const wrongTypeConflict: Rule = {
  meta: {
    id: 'wrong-type-conflict',
    summary: 'One key pattern is used with commands for values of two types; one of them fails with WRONGTYPE.',
    severity: 'error',
    fix: 'none',
    category: 'memory',
  },
  seek: seekKeyUses,
  *check({ region }, workspace) {
    for (const use of keyUsesIn(region, workspace)) {
      const conflict = typeConflict(use, workspace);
      if (!conflict) continue;
      const { type, usual, other } = conflict;
      const { command } = use.call;
      const place = `\`${patternText(use.parts)}\` is ${withArticle(usual)} elsewhere`;
      yield {
        node: use.anchor,
        message: replacesAnyType(command)
          ? `${place}: ${command} replaces it by ${withArticle(type)}, on which the other commands fail with WRONGTYPE; give one of the two another key.`
          : `${place}, and ${command} is for ${withArticle(type)}: it fails with WRONGTYPE; give one of the two another key.`,
        related: [{ node: other.anchor, message: `${other.call.command} takes the key for ${withArticle(usual)} here` }],
      };
    }
  },
};

const withArticle = (type: string): string => `a ${type}`;
