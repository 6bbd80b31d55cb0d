/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { checkThenSet } from './check-then-set.ts';
import { keysForCount } from './keys-for-count.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import { readModifyWrite } from './read-modify-write.ts';
import { readThenDelete } from './read-then-delete.ts';
import type { Rule } from './rule.ts';
import { setThenExpire } from './set-then-expire.ts';
import { unsafeUnlock } from './unsafe-unlock.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'range-for-count',
  'prefer-hash-over-json',
  'set-then-expire',
  'read-modify-write',
  'unsafe-unlock',
  'read-then-delete',
  'check-then-set',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, rangeForCount, preferHashOverJson, setThenExpire, readModifyWrite, unsafeUnlock, readThenDelete, checkThenSet];
