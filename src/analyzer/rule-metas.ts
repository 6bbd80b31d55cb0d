/** The `meta` of each rule, in the catalogue's order. Made by npm run generate: the rules themselves need the compiler. */
import type { RuleMeta } from './rules/rule.ts';

export const generatedMetas: readonly RuleMeta[] = [
  {
    "id": "no-keys",
    "summary": "KEYS blocks the server while it walks every key; SCAN takes it in steps.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency"
  },
  {
    "id": "keys-for-count",
    "summary": "KEYS only to count: DBSIZE knows the total, SCAN counts a pattern without blocking.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency"
  },
  {
    "id": "no-command-in-loop",
    "summary": "A command awaited per item costs a round trip each; a batch costs one for all.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency"
  },
  {
    "id": "no-client-per-request",
    "summary": "A client is made per request, job or item; one shared client serves them all.",
    "severity": "error",
    "fix": "scaffold",
    "category": "latency"
  },
  {
    "id": "range-for-count",
    "summary": "A whole collection is read only for its size; the server knows that number at once.",
    "severity": "warning",
    "fix": "safe",
    "category": "latency"
  },
  {
    "id": "prefer-hash-over-json",
    "summary": "A flat object stored as one JSON string; a hash gives and changes single fields.",
    "severity": "information",
    "fix": "suggest",
    "category": "memory"
  },
  {
    "id": "set-then-expire",
    "summary": "A key is written and given its TTL by a second command; a crash in between leaves it for ever.",
    "severity": "warning",
    "fix": "safe",
    "category": "correctness"
  },
  {
    "id": "scan-misuse",
    "summary": "SCAN with a cursor made a number, a COUNT that is no use, the first page alone, or for one known key.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "scan-batch-shape",
    "summary": "A batch of keys that a scan gives a step is used as if it were one key.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "scan-no-dedupe",
    "summary": "Names found by SCAN, which may repeat one, are counted or worked on without being made unique.",
    "severity": "information",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "key-prefix-pattern",
    "summary": "keyPrefix is not added to the patterns of KEYS and SCAN, nor taken off the names they find.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "cross-slot",
    "summary": "A command, MULTI or script on a cluster has keys of more than one slot, and is refused.",
    "severity": "error",
    "fix": "suggest",
    "category": "cluster"
  },
  {
    "id": "cluster-keyspace",
    "summary": "KEYS, SCAN, DBSIZE or FLUSHDB on a cluster reaches one node alone.",
    "severity": "warning",
    "fix": "suggest",
    "category": "cluster"
  },
  {
    "id": "hardcoded-credentials",
    "summary": "The password of a server that is not local stands in the code.",
    "severity": "error",
    "fix": "suggest",
    "category": "security"
  },
  {
    "id": "insecure-tls",
    "summary": "A connection over TLS does not verify the server that it talks to.",
    "severity": "warning",
    "fix": "none",
    "category": "security"
  },
  {
    "id": "unused-suppression",
    "summary": "A keyscope-disable comment that suppresses nothing, names no rule or is misspelt.",
    "severity": "hint",
    "fix": "safe",
    "category": "correctness"
  }
];
