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
    "id": "json-hash-field",
    "summary": "A flat object is kept as JSON in a field of a hash, which could hold its values one by one.",
    "severity": "hint",
    "fix": "none",
    "category": "memory"
  },
  {
    "id": "hset-nested-value",
    "summary": "A hash field is given an object, a list, null or undefined: stored as another text, or refused.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "undefined-ttl",
    "summary": "A TTL that may be undefined: the command fails, or the key never expires.",
    "severity": "error",
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
    "id": "empty-variadic",
    "summary": "A list that may be empty is spread into DEL, MGET, SADD and the like, which then fail.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "unbounded-variadic",
    "summary": "One command with as many keys or members as a whole collection or query result has.",
    "severity": "information",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "stringified-undefined",
    "summary": "A value that may be undefined is made a text in a key, password or URL: it becomes the word \"undefined\".",
    "severity": "warning",
    "fix": "none",
    "category": "security"
  },
  {
    "id": "tainted-key",
    "summary": "Request input reaches a KEYS or SCAN pattern, the whole of a key, or a script as it came.",
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
