/** All of a collection in one reply: as slow as the collection is large, for everybody who waits on that server. */
import type ts from 'typescript';
import { patternText } from '../../redis/key-pattern.ts';
import { growthOf } from '../facts/keys/key-growth.ts';
import { isReadAsRecord, sizeOf, sizeOfNamed, type Size } from '../facts/keys/key-size.ts';
import { keyUsesIn, seekKeyUses, unknownUsesIn, type KeyUse } from '../facts/keys/key-uses.ts';
import { isNamedKey } from '../facts/keys/named-key.ts';
import { onlyCounted } from '../facts/replies/reply-values.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { isWholeRead } from '../facts/values/whole-read.ts';
import { planReadInPages } from '../fixes/read-in-pages.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { counterFor } from './range-for-count.ts';
import type { Problem, Rule } from './rule.ts';

const remedies: Readonly<Record<string, string>> = { HGETALL: 'HSCAN', HKEYS: 'HSCAN', HVALS: 'HSCAN', SMEMBERS: 'SSCAN' };

export const unboundedRead: Rule = {
  meta: {
    id: 'unbounded-read',
    summary: 'A whole collection is read at once, however large it grows; read it in pages.',
    severity: 'information',
    fix: 'suggest',
    category: 'latency',
  },
  seek: seekKeyUses,
  *check({ region }, workspace) {
    for (const use of keyUsesIn(region, workspace)) {
      const { call } = use;
      if (use.listed || !isWholeRead(call, workspace) || isSmall(use, workspace) || isCounted(call, workspace)) continue;
      yield problemOf(call, use.anchor, use, workspace);
    }
    for (const call of unknownUsesIn(region, workspace)) {
      const [key] = call.args.keys;
      if (!key || !isWholeRead(call, workspace) || !isNamedKey(key.node, workspace.checker) || isCounted(call, workspace)) continue;
      if (!isSmallOf(call, sizeOfNamed(call, workspace), true, workspace)) yield problemOf(call, call.nameNode, undefined, workspace);
    }
  },
};

/** @param use where the key's pattern is known */
function problemOf(call: RedisCall, anchor: ts.Node, use: KeyUse | undefined, workspace: Workspace): Problem {
  const growth = use && growthOf(use, workspace);
  const path = growth ? undefined : workspace.requestPath(anchor);
  const scan = remedies[call.command];
  const why = growth ? `and nothing in this workspace limits \`${patternText(use.parts)}\`` : path ? `within ${path}` : 'and the server does nothing else until it is done';
  return {
    node: anchor,
    ...(growth || path ? { severity: 'warning' as const } : {}),
    message: `${call.command} reads everything at once, however much it is, ${why}; ${scan ? `read it in pages (${scan})` : call.command.startsWith('SORT') ? 'give it a LIMIT' : 'ask for a page'}.`,
    ...(growth ? { related: [{ node: growth.anchor, message: `${growth.call.command} adds to it here` }] } : {}),
    ...(use && use.wrappers.length > 0 ? {} : { fixes: () => planReadInPages(call, workspace) }),
  };
}

/** Known to be, or a hash per entity of which nothing says that it is more than a record. */
const isSmall = (use: KeyUse, workspace: Workspace): boolean => isSmallOf(use.call, sizeOf(use, workspace), use.pattern.includes('*'), workspace);

function isSmallOf(call: RedisCall, size: Size, isPerEntity: boolean, workspace: Workspace): boolean {
  if (size === 'few') return true;
  return call.command === 'HGETALL' && ((size === 'unknown' && isPerEntity) || isReadAsRecord(call, workspace));
}

/** Another rule's: `range-for-count`. */
const isCounted = (call: RedisCall, workspace: Workspace): boolean => counterFor(call, workspace.checker) !== undefined && Boolean(onlyCounted(call, workspace));
