/** An EventEmitter whose `error` nobody listens for throws: node-redis ends the process when the connection is lost. */
import ts from 'typescript';
import { isAssignment } from '../facts/code/ast.ts';
import { holderOf } from '../facts/clients/client-identity.ts';
import { isProbe } from '../facts/clients/connection-probe.ts';
import { chainEnd } from '../facts/clients/construction-fate.ts';
import { mayBeListenedTo } from '../facts/clients/error-listeners.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { planErrorListener } from '../fixes/listen-for-errors.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

export const missingErrorListener: Rule = {
  meta: {
    id: 'missing-error-listener',
    summary: "Nobody listens for the client's 'error' event: with node-redis, a lost connection ends the process.",
    severity: 'error',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ calls }, workspace) {
    const lacking = calls.filter((call) => (call.command === '@construct' || call.command === '@duplicate') && !isProbe(call, workspace.checker) && !mayBeListenedTo(call, workspace));
    const told = new Set<ts.Node>();
    for (const call of lacking) {
      const holder = heldBy(call, workspace);
      if (told.has(holder)) continue;
      told.add(holder);
      const which = call.command === '@duplicate' ? "A duplicate has no listeners of its own, and nobody listens for this one's 'error' event" : "Nobody listens for this client's 'error' event";
      yield {
        node: call.nameNode,
        ...(call.dialect === 'ioredis' ? { severity: 'warning' as const } : {}),
        message: call.dialect === 'ioredis'
          ? `${which}: a lost connection is only printed to the console, where no log or alarm sees it; add .on('error', …).`
          : `${which}: ${call.major < 4 ? 'a connection that fails' : 'a lost connection'} ends the process; add .on('error', …).`,
        fixes: () => planErrorListener(lacking.filter((one) => heldBy(one, workspace) === holder), workspace),
      };
    }
  },
};

/** The one variable or property that all are put into, by the arms of a condition: `url ? new Redis(url) : new Redis()`. */
function heldBy({ node }: RedisCall, { checker }: Workspace): ts.Node {
  let value = chainEnd(node);
  while (ts.isConditionalExpression(value.parent) || ts.isBinaryExpression(value.parent)) {
    if (isAssignment(value.parent)) break;
    value = chainEnd(value.parent);
  }
  return holderOf(value, checker) ?? value;
}
