/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { incrThenExpire } from './incr-then-expire.ts';
import { keysForCount } from './keys-for-count.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { preferGetex } from './prefer-getex.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import { redundantCheck } from './redundant-check.ts';
import type { Rule } from './rule.ts';
import { setThenExpire } from './set-then-expire.ts';
import { setnxThenExpire } from './setnx-then-expire.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'range-for-count',
  'prefer-hash-over-json',
  'set-then-expire',
  'setnx-then-expire',
  'incr-then-expire',
  'redundant-check',
  'prefer-getex',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, rangeForCount, preferHashOverJson, setThenExpire, setnxThenExpire, incrThenExpire, redundantCheck, preferGetex];
