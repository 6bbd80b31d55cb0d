/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { keyNaming } from './key-naming.ts';
import { keysForCount } from './keys-for-count.ts';
import { missingTtl } from './missing-ttl.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { preferUnlink } from './prefer-unlink.ts';
import { rangeForCount } from './range-for-count.ts';
import type { Rule } from './rule.ts';
import { setDropsTtl } from './set-drops-ttl.ts';
import { setThenExpire } from './set-then-expire.ts';
import { unboundedGrowth } from './unbounded-growth.ts';
import { unboundedRead } from './unbounded-read.ts';
import { wrongTypeConflict } from './wrong-type-conflict.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'unbounded-read',
  'range-for-count',
  'prefer-unlink',
  'prefer-hash-over-json',
  'missing-ttl',
  'set-drops-ttl',
  'unbounded-growth',
  'key-naming',
  'wrong-type-conflict',
  'set-then-expire',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, unboundedRead, rangeForCount, preferUnlink, preferHashOverJson, missingTtl, setDropsTtl, unboundedGrowth, keyNaming, wrongTypeConflict, setThenExpire];
