/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { deprecatedClientApi } from './deprecated-client-api.ts';
import { deprecatedCommand } from './deprecated-command.ts';
import { dynamicEval } from './dynamic-eval.ts';
import { floatingCommand } from './floating-command.ts';
import { keysForCount } from './keys-for-count.ts';
import { noAdminCommand } from './no-admin-command.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noFlush } from './no-flush.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import type { Rule } from './rule.ts';
import { setThenExpire } from './set-then-expire.ts';
import { uncheckedPipeline } from './unchecked-pipeline.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'range-for-count',
  'no-admin-command',
  'dynamic-eval',
  'prefer-hash-over-json',
  'set-then-expire',
  'unchecked-pipeline',
  'floating-command',
  'deprecated-command',
  'deprecated-client-api',
  'no-flush',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, rangeForCount, noAdminCommand, dynamicEval, preferHashOverJson, setThenExpire, uncheckedPipeline, floatingCommand, deprecatedCommand, deprecatedClientApi, noFlush];
