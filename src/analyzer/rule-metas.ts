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
    "id": "setnx-then-expire",
    "summary": "A key is claimed by SETNX and given its TTL by a second command; a crash in between leaves it claimed for ever.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "incr-then-expire",
    "summary": "A counter is given its window by a second command: lost, it counts for ever; sent at every hit, the window never ends.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "redundant-check",
    "summary": "EXISTS asks what the reply of the GET after it says: null for a key that is not there.",
    "severity": "hint",
    "fix": "safe",
    "category": "latency"
  },
  {
    "id": "prefer-getex",
    "summary": "A value is read and its TTL renewed by a second command; GETEX does both in one round trip.",
    "severity": "information",
    "fix": "safe",
    "category": "latency"
  },
  {
    "id": "unused-suppression",
    "summary": "A keyscope-disable comment that suppresses nothing, names no rule or is misspelt.",
    "severity": "hint",
    "fix": "safe",
    "category": "correctness"
  }
];
