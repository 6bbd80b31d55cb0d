/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { checkThenSet } from './check-then-set.ts';
import { crossSlot } from './cross-slot.ts';
import { deprecatedClientApi } from './deprecated-client-api.ts';
import { deprecatedCommand } from './deprecated-command.ts';
import { dynamicEval } from './dynamic-eval.ts';
import { emptyVariadic } from './empty-variadic.ts';
import { floatingCommand } from './floating-command.ts';
import { hsetNestedValue } from './hset-nested-value.ts';
import { jsonHashField } from './json-hash-field.ts';
import { keyPrefixPattern } from './key-prefix-pattern.ts';
import { keysForCount } from './keys-for-count.ts';
import { missingErrorListener } from './missing-error-listener.ts';
import { missingTtl } from './missing-ttl.ts';
import { noAdminCommand } from './no-admin-command.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noFlush } from './no-flush.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { preferUnlink } from './prefer-unlink.ts';
import { rangeForCount } from './range-for-count.ts';
import { readModifyWrite } from './read-modify-write.ts';
import { readThenDelete } from './read-then-delete.ts';
import { rebuildGap } from './rebuild-gap.ts';
import { repeatedRead } from './repeated-read.ts';
import type { Rule } from './rule.ts';
import { scanBatchShape } from './scan-batch-shape.ts';
import { scanMisuse } from './scan-misuse.ts';
import { scanNoDedupe } from './scan-no-dedupe.ts';
import { setDropsTtl } from './set-drops-ttl.ts';
import { setThenExpire } from './set-then-expire.ts';
import { stringifiedUndefined } from './stringified-undefined.ts';
import { taintedKey } from './tainted-key.ts';
import { unboundedGrowth } from './unbounded-growth.ts';
import { unboundedRead } from './unbounded-read.ts';
import { unboundedVariadic } from './unbounded-variadic.ts';
import { uncheckedPipeline } from './unchecked-pipeline.ts';
import { undefinedTtl } from './undefined-ttl.ts';
import { unsafeUnlock } from './unsafe-unlock.ts';
import { wrongTypeConflict } from './wrong-type-conflict.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'unbounded-read',
  'range-for-count',
  'prefer-unlink',
  'no-admin-command',
  'dynamic-eval',
  'repeated-read',
  'prefer-hash-over-json',
  'json-hash-field',
  'hset-nested-value',
  'missing-ttl',
  'set-drops-ttl',
  'undefined-ttl',
  'unbounded-growth',
  'wrong-type-conflict',
  'set-then-expire',
  'read-modify-write',
  'unsafe-unlock',
  'unchecked-pipeline',
  'floating-command',
  'empty-variadic',
  'unbounded-variadic',
  'read-then-delete',
  'check-then-set',
  'rebuild-gap',
  'scan-misuse',
  'scan-batch-shape',
  'scan-no-dedupe',
  'key-prefix-pattern',
  'missing-error-listener',
  'deprecated-command',
  'deprecated-client-api',
  'cross-slot',
  'no-flush',
  'stringified-undefined',
  'tainted-key',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [
  noKeys,
  keysForCount,
  noCommandInLoop,
  noClientPerRequest,
  unboundedRead,
  rangeForCount,
  preferUnlink,
  noAdminCommand,
  dynamicEval,
  repeatedRead,
  preferHashOverJson,
  jsonHashField,
  hsetNestedValue,
  missingTtl,
  setDropsTtl,
  undefinedTtl,
  unboundedGrowth,
  wrongTypeConflict,
  setThenExpire,
  readModifyWrite,
  unsafeUnlock,
  uncheckedPipeline,
  floatingCommand,
  emptyVariadic,
  unboundedVariadic,
  readThenDelete,
  checkThenSet,
  rebuildGap,
  scanMisuse,
  scanBatchShape,
  scanNoDedupe,
  keyPrefixPattern,
  missingErrorListener,
  deprecatedCommand,
  deprecatedClientApi,
  crossSlot,
  noFlush,
  stringifiedUndefined,
  taintedKey,
];
