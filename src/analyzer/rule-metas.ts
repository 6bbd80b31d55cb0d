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
    "id": "read-modify-write",
    "summary": "A value is read, changed by the program and written back; what others write in between is lost.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "unsafe-unlock",
    "summary": "A lock is deleted without comparing its token in the same step; it may have expired and be another holder's.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "read-then-delete",
    "summary": "A value is read once and deleted by a second command; two callers can both have it, or what comes in between is lost.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "check-then-set",
    "summary": "A key is claimed by a look whether it is there, and a SET; two callers can both find it free.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "unused-suppression",
    "summary": "A keyscope-disable comment that suppresses nothing, names no rule or is misspelt.",
    "severity": "hint",
    "fix": "safe",
    "category": "correctness"
  }
];
