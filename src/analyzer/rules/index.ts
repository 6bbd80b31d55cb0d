/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { blockingOnSharedClient } from './blocking-on-shared-client.ts';
import { bullmqConnection } from './bullmq-connection.ts';
import { closedClientUse } from './closed-client-use.ts';
import { keysForCount } from './keys-for-count.ts';
import { missingErrorListener } from './missing-error-listener.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import type { Rule } from './rule.ts';
import { setThenExpire } from './set-then-expire.ts';
import { subscribeOnSharedClient } from './subscribe-on-shared-client.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'blocking-on-shared-client',
  'subscribe-on-shared-client',
  'range-for-count',
  'prefer-hash-over-json',
  'set-then-expire',
  'closed-client-use',
  'missing-error-listener',
  'bullmq-connection',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, blockingOnSharedClient, subscribeOnSharedClient, rangeForCount, preferHashOverJson, setThenExpire, closedClientUse, missingErrorListener, bullmqConnection];
