/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { keysForCount } from './keys-for-count.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { pipelineNotTransaction } from './pipeline-not-transaction.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import { rebuildGap } from './rebuild-gap.ts';
import { repeatedRead } from './repeated-read.ts';
import type { Rule } from './rule.ts';
import { sequentialCommands } from './sequential-commands.ts';
import { setThenExpire } from './set-then-expire.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'sequential-commands',
  'no-client-per-request',
  'range-for-count',
  'repeated-read',
  'prefer-hash-over-json',
  'set-then-expire',
  'pipeline-not-transaction',
  'rebuild-gap',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, sequentialCommands, noClientPerRequest, rangeForCount, repeatedRead, preferHashOverJson, setThenExpire, pipelineNotTransaction, rebuildGap];
