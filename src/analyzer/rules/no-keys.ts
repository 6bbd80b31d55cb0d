/** KEYS walks the whole keyspace in one go, and the server does nothing else meanwhile. */
import { constantText } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { planScanInsteadOfKeys } from '../fixes/scan-instead-of-keys.ts';
import { countsKeys } from './keys-for-count.ts';
import type { Rule } from './rule.ts';

/** `redis.call('KEYS', …)` in a script, not the argument table `KEYS[1]`. */
const keysInScript = /\bredis\s*\.\s*p?call\s*\(\s*(['"])keys\1/i;

export const noKeys: Rule = {
  meta: {
    id: 'no-keys',
    summary: 'KEYS blocks the server while it walks every key; SCAN takes it in steps.',
    severity: 'warning',
    fix: 'suggest',
    category: 'latency',
    confidence: 'name',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const script = isScriptWithKeys(call, workspace.checker);
      if (call.command !== 'KEYS' && !script) continue;
      if (!script && countsKeys(call, workspace)) continue;
      const path = workspace.requestPath(call.node);
      yield {
        node: call.nameNode,
        ...(path ? { severity: 'error' as const } : {}),
        message: script
          ? 'KEYS inside a script blocks the server while it walks every key (about 93 ms per million); collect the names with SCAN outside and pass them in.'
          : `KEYS blocks the server while it walks every key (about 93 ms per million)${path ? `, here within ${path}` : ''}; SCAN gives the same names in steps of a millisecond.`,
        fixes: () => planScanInsteadOfKeys(call, workspace),
      };
    }
  },
};

function isScriptWithKeys(call: RedisCall, checker: Parameters<typeof constantText>[1]): boolean {
  if (call.command !== 'EVAL' && call.command !== 'EVAL_RO') return false;
  const [script] = call.args.list;
  const text = script && constantText(script, checker);
  return text !== undefined && keysInScript.test(text);
}
