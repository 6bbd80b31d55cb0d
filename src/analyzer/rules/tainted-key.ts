/** Request input as a pattern, the whole of a key, or a script: whoever sends the request reaches keys that are none of theirs. */
import { regionOf } from '../facts/calls/regions.ts';
import { seekTaintedUses, taintedUsesIn, type TaintedUse } from '../facts/keys/tainted-uses.ts';
import type { Rule } from './rule.ts';

export const taintedKey: Rule = {
  meta: {
    id: 'tainted-key',
    summary: 'Request input reaches a KEYS or SCAN pattern, the whole of a key, or a script as it came.',
    severity: 'warning',
    fix: 'none',
    category: 'security',
  },
  seek: seekTaintedUses,
  *check({ region }, workspace) {
    const seen = new Set<unknown>();
    for (const { anchor, input, what } of taintedUsesIn(region, workspace)) {
      if (seen.has(anchor)) continue;
      seen.add(anchor);
      const text = input.getText();
      const name = text.length > 40 || text.includes('\n') ? 'Request input' : `Request input (\`${text}\`)`;
      yield { node: anchor, message: messages[what](name), ...(regionOf(input) === region ? {} : { related: [{ node: input, message: 'the request is read here' }] }) };
    }
  },
};

const messages: Readonly<Record<TaintedUse['what'], (name: string) => string>> = {
  pattern: (name) => `${name} goes into this pattern as it came: a \`*\` in it matches everybody's keys; escape \`*?[]\\\` in it, or check it.`,
  key: (name) => `${name} is the whole of this key: who sends the request reaches any key of the database; put a prefix of its own before it, or check it.`,
  script: (name) => `${name} is part of this script: who sends the request runs commands of their own; keep the script constant and pass values as KEYS and ARGV.`,
};
