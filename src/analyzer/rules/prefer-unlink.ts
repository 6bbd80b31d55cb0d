/** DEL of a collection that grows without limit: the server frees all of it before it does anything else. */
import { patternText } from '../../redis/key-pattern.ts';
import { growthOf } from '../facts/keys/key-growth.ts';
import { keyUsesIn, seekKeyUses } from '../facts/keys/key-uses.ts';
import { planUnlink } from '../fixes/unlink-instead-of-del.ts';
import type { Rule } from './rule.ts';

export const preferUnlink: Rule = {
  meta: {
    id: 'prefer-unlink',
    summary: 'DEL frees a large collection while everybody waits; UNLINK does it in the background.',
    severity: 'information',
    fix: 'safe',
    category: 'latency',
  },
  seek: seekKeyUses,
  *check({ region, sourceFile }, workspace) {
    if (workspace.layout.server(sourceFile.fileName).lazyfreeLazyUserDel) return;
    const seen = new Set<unknown>();
    for (const use of keyUsesIn(region, workspace)) {
      const growth = use.call.command === 'DEL' && !seen.has(use.anchor) ? growthOf(use, workspace, true) : undefined;
      if (!growth) continue;
      seen.add(use.anchor);
      yield {
        node: use.anchor,
        message: `\`${patternText(use.parts)}\` grows without limit in this workspace, and DEL frees all of it before the server does anything else; UNLINK does it in the background.`,
        related: [{ node: growth.anchor, message: `${growth.call.command} adds to it here` }],
        ...(use.wrappers.length === 0 ? { fixes: () => planUnlink(use.call, workspace) } : {}),
      };
    }
  },
};
