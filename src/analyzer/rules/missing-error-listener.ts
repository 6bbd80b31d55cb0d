/** An EventEmitter whose `error` nobody listens for throws: node-redis ends the process when the connection is lost. */
import { mayBeListenedTo } from '../facts/error-listeners.ts';
import { planErrorListener } from '../fixes/listen-for-errors.ts';
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
    for (const call of calls) {
      if ((call.command !== '@construct' && call.command !== '@duplicate') || mayBeListenedTo(call, workspace)) continue;
      const which = call.command === '@duplicate' ? "A duplicate has no listeners of its own, and nobody listens for this one's 'error' event" : "Nobody listens for this client's 'error' event";
      yield {
        node: call.nameNode,
        ...(call.dialect === 'ioredis' ? { severity: 'warning' as const } : {}),
        message: call.dialect === 'ioredis'
          ? `${which}: a lost connection is only printed to the console, where no log or alarm sees it; add .on('error', …).`
          : `${which}: ${call.major < 4 ? 'a connection that fails' : 'a lost connection'} ends the process; add .on('error', …).`,
        fixes: () => planErrorListener(call),
      };
    }
  },
};
