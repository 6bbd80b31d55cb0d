/** A client that has been closed does not open by itself: what is sent on it fails. */
import { closedUses } from '../facts/clients/closed-clients.ts';
import { seekClosers } from '../facts/clients/closings.ts';
import { calleeName } from '../facts/code/passed-argument.ts';
import type { Rule } from './rule.ts';

export const closedClientUse: Rule = {
  meta: {
    id: 'closed-client-use',
    summary: 'A command is sent on a client that has been closed before, and fails.',
    severity: 'error',
    fix: 'none',
    category: 'correctness',
  },
  seek: seekClosers,
  *check(region, workspace) {
    for (const { use, at, closing, site } of closedUses(region, workspace)) {
      const isOwn = at === use.node;
      yield {
        node: isOwn ? use.nameNode : calleeName(at),
        message: `${use.command} is sent${isOwn ? '' : ' by this helper'} after the client was closed, so it always fails; ${use.command === 'QUIT' ? 'close it once' : 'send it before, or connect again'}.`,
        related: [{ node: site === closing.node ? closing.nameNode : site, message: 'the client is closed here' }, ...(isOwn ? [] : [{ node: use.nameNode, message: `${use.command} is sent here` }])],
      };
    }
  },
};
