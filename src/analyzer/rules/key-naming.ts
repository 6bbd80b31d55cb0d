/** Keys that people and tools stumble over: signs that need quoting, two spellings of one namespace, names that sort nowhere or say things twice. */
import { patternText } from '../../redis/key-pattern.ts';
import { leadingItem, longestLiteral, namespaceOf, oddSign, otherSeparator, wordSaidTwice } from '../facts/keys/key-names.ts';
import { keyUsesIn, seekKeyUses, type KeyUse } from '../facts/keys/key-uses.ts';
import { planRename } from '../fixes/rename-keys.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Problem, Rule } from './rule.ts';

export const keyNaming: Rule = {
  meta: {
    id: 'key-naming',
    summary: 'A key with spaces or quotes, a second separator for one namespace, a very long name, or the entity at the wrong place.',
    severity: 'hint',
    fix: 'suggest',
    category: 'memory',
    options: { longest: { kind: 'integer', default: 60, minimum: 1, description: 'How many bytes the literal part of a key may have.' } },
  },
  seek: seekKeyUses,
  *check({ region }, workspace, { longest }) {
    const seen = new Set<unknown>();
    for (const use of keyUsesIn(region, workspace)) {
      if (use.listed || seen.has(use.anchor)) continue;
      const said = say(use, workspace, longest as number);
      if (!said) continue;
      seen.add(use.anchor);
      yield { node: use.anchor, ...said };
    }
  },
};

function say(use: KeyUse, workspace: Workspace, longest: number): Omit<Problem, 'node'> | undefined {
  const shown = `\`${patternText(use.parts)}\``;
  const sign = oddSign(use);
  if (sign !== undefined) {
    const what = /\s/.test(sign) ? 'white space' : /["'`]/.test(sign) ? 'a quote' : 'a control character';
    return { message: `The key ${JSON.stringify(patternText(use.parts))} has ${what} in it, which has to be quoted in every shell, log and ACL pattern; use letters, digits, colons and hyphens.`, fixes: () => planRename(use, /\s+/g, '-', workspace) };
  }
  const twice = wordSaidTwice(use);
  if (twice !== undefined) return { message: `${shown} says \`${twice}\` twice; one of them is enough.` };
  const bytes = longestLiteral(use);
  if (bytes > longest) return { message: `${bytes} bytes of this key are the same in each, and are kept and sent with every one; a shorter name saves them.` };
  const item = leadingItem(use, workspace);
  if (item !== undefined) return { message: `${shown} begins with \`${item}\`, so keys of one kind share no prefix to scan, count or grant by; put the kind first.` };
  const separated = otherSeparator(use, workspace);
  if (!separated) return undefined;
  const { usual, other } = separated;
  const name = namespaceOf(use)?.name ?? '';
  return {
    message: `${shown} and \`${patternText(other.parts)}\` are two spellings of one namespace, and name different keys; write \`${name}${usual}\` everywhere.`,
    related: [{ node: other.anchor, message: `most places write \`${name}${usual}\`, as here` }],
    fixes: () => planRename(use, /.$/s, usual, workspace),
  };
}
