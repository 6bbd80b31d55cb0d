/** The rules, in the order of RULES. Adding one: this list, its own file, its page, its test, its fix cases. */
import { clusterKeyspace } from './cluster-keyspace.ts';
import { crossSlot } from './cross-slot.ts';
import { hardcodedCredentials } from './hardcoded-credentials.ts';
import { insecureTls } from './insecure-tls.ts';
import { keyPrefixPattern } from './key-prefix-pattern.ts';
import { keysForCount } from './keys-for-count.ts';
import { noClientPerRequest } from './no-client-per-request.ts';
import { noCommandInLoop } from './no-command-in-loop.ts';
import { noKeys } from './no-keys.ts';
import { preferHashOverJson } from './prefer-hash-over-json.ts';
import { rangeForCount } from './range-for-count.ts';
import type { Rule } from './rule.ts';
import { scanBatchShape } from './scan-batch-shape.ts';
import { scanMisuse } from './scan-misuse.ts';
import { scanNoDedupe } from './scan-no-dedupe.ts';
import { setThenExpire } from './set-then-expire.ts';

export const ruleIds = [
  'no-keys',
  'keys-for-count',
  'no-command-in-loop',
  'no-client-per-request',
  'range-for-count',
  'prefer-hash-over-json',
  'set-then-expire',
  'scan-misuse',
  'scan-batch-shape',
  'scan-no-dedupe',
  'key-prefix-pattern',
  'cross-slot',
  'cluster-keyspace',
  'hardcoded-credentials',
  'insecure-tls',
] as const;

export type RuleId = (typeof ruleIds)[number];

export const rules: readonly Rule[] = [noKeys, keysForCount, noCommandInLoop, noClientPerRequest, rangeForCount, preferHashOverJson, setThenExpire, scanMisuse, scanBatchShape, scanNoDedupe, keyPrefixPattern, crossSlot, clusterKeyspace, hardcodedCredentials, insecureTls];
