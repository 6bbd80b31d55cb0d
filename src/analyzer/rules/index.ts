/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { emptyVariadic } from './empty-variadic.ts';
import { hsetNestedValue } from './hset-nested-value.ts';
import { jsonHashField } from './json-hash-field.ts';
import { keysForCount } from './keys-for-count.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import type { Rule } from './rule.ts';
import { setThenExpire } from './set-then-expire.ts';
import { stringifiedUndefined } from './stringified-undefined.ts';
import { taintedKey } from './tainted-key.ts';
import { unboundedVariadic } from './unbounded-variadic.ts';
import { undefinedTtl } from './undefined-ttl.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'range-for-count',
  'prefer-hash-over-json',
  'json-hash-field',
  'hset-nested-value',
  'undefined-ttl',
  'set-then-expire',
  'empty-variadic',
  'unbounded-variadic',
  'stringified-undefined',
  'tainted-key',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, rangeForCount, preferHashOverJson, jsonHashField, hsetNestedValue, undefinedTtl, setThenExpire, emptyVariadic, unboundedVariadic, stringifiedUndefined, taintedKey];
