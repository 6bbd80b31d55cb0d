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
    "id": "unbounded-read",
    "summary": "A whole collection is read at once, however large it grows; read it in pages.",
    "severity": "information",
    "fix": "suggest",
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
    "id": "prefer-unlink",
    "summary": "DEL frees a large collection while everybody waits; UNLINK does it in the background.",
    "severity": "information",
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
    "id": "missing-ttl",
    "summary": "A key that is for a while only (cache, session, token, otp, lock, limit) is set without a TTL.",
    "severity": "warning",
    "fix": "suggest",
    "category": "memory",
    "options": {
      "words": {
        "kind": "strings",
        "default": [],
        "description": "Further words, in lower case, by which a key says that it is for a while only."
      }
    }
  },
  {
    "id": "set-drops-ttl",
    "summary": "A SET rewrites a key that has a TTL and removes it; the key never expires.",
    "severity": "warning",
    "fix": "suggest",
    "category": "memory"
  },
  {
    "id": "unbounded-growth",
    "summary": "A collection is added to and nothing ever trims it, takes from it or lets it expire.",
    "severity": "warning",
    "fix": "suggest",
    "category": "memory"
  },
  {
    "id": "key-naming",
    "summary": "A key with spaces or quotes, a second separator for one namespace, a very long name, or the entity at the wrong place.",
    "severity": "hint",
    "fix": "suggest",
    "category": "memory",
    "options": {
      "longest": {
        "kind": "integer",
        "default": 60,
        "minimum": 1,
        "description": "How many bytes the literal part of a key may have."
      }
    }
  },
  {
    "id": "wrong-type-conflict",
    "summary": "One key pattern is used with commands for values of two types; one of them fails with WRONGTYPE.",
    "severity": "error",
    "fix": "none",
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
    "id": "unused-suppression",
    "summary": "A keyscope-disable comment that suppresses nothing, names no rule or is misspelt.",
    "severity": "hint",
    "fix": "safe",
    "category": "correctness"
  }
];
