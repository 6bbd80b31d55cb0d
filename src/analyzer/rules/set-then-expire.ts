/** Write, then EXPIRE: two commands where one would do, and a key that never expires when the second is not sent. */
import ts from 'typescript';
import { methodOf } from '../facts/ast.ts';
import { anchorOf, directPair, expiringWrites, seekExpiringRoots } from '../facts/expiring-writes.ts';
import { planSetWithTtl } from '../fixes/set-with-ttl.ts';
import { planMulti } from '../fixes/set-with-ttl-multi.ts';
import type { Rule } from './rule.ts';

export const setThenExpire: Rule = {
  meta: {
    id: 'set-then-expire',
    summary: 'A key is written and given its TTL by a second command; a crash in between leaves it for ever.',
    severity: 'warning',
    fix: 'safe',
    category: 'correctness',
  },
  seek: seekExpiringRoots,
  *check(file, workspace) {
    for (const pair of expiringWrites(file, workspace)) {
      const { write, expire, queued } = pair;
      const anchor = anchorOf(write);
      const direct = directPair(pair);
      const remedy = write.call.command === 'SET' ? 'give the TTL with the SET itself' : 'send both in one MULTI';
      yield {
        node: anchor === write.call.node ? write.call.nameNode : calleeName(anchor),
        ...(queued ? { severity: 'hint' as const } : {}),
        message: queued
          ? `A pipeline is not atomic: if ${expire.call.command} is lost after ${write.call.command}, the key never expires; ${remedy}.`
          : `If ${expire.call.command} is not reached after ${write.call.command}, the key never expires, and each costs a round trip; ${remedy}.`,
        related: [{ node: expire.call.nameNode, message: `the TTL is set by ${expire.call.command} here` }],
        ...(direct ? { fixes: () => [...planSetWithTtl(direct.write, direct.expire, workspace), ...planMulti(direct.write, direct.expire, workspace)] } : {}),
      };
    }
  },
};

function calleeName(site: ts.Node): ts.Node {
  return ts.isCallExpression(site) ? (methodOf(site)?.nameNode ?? site.expression) : site;
}
