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
    "id": "no-admin-command",
    "summary": "A command for the server's operator (MONITOR, SAVE, CONFIG SET, SHUTDOWN …) in application code.",
    "severity": "warning",
    "fix": "none",
    "category": "security"
  },
  {
    "id": "prefer-hash-over-json",
    "summary": "A flat object stored as one JSON string; a hash gives and changes single fields.",
    "severity": "information",
    "fix": "suggest",
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
    "id": "undefined-ttl",
    "summary": "A TTL that may be undefined: the command fails, or the key never expires.",
    "severity": "error",
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
    "id": "read-modify-write",
    "summary": "A value is read, changed by the program and written back; what others write in between is lost.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "rebuild-gap",
    "summary": "A key is deleted and then filled again; readers in between find it empty.",
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
    "id": "key-prefix-pattern",
    "summary": "keyPrefix is not added to the patterns of KEYS and SCAN, nor taken off the names they find.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "missing-error-listener",
    "summary": "Nobody listens for the client's 'error' event: with node-redis, a lost connection ends the process.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "deprecated-command",
    "summary": "A command that Redis has deprecated; another one does the same.",
    "severity": "hint",
    "fix": "safe",
    "category": "correctness",
    "tag": "deprecated"
  },
  {
    "id": "deprecated-client-api",
    "summary": "A method, option, event or callback of an older major of the client library.",
    "severity": "hint",
    "fix": "suggest",
    "category": "correctness",
    "tag": "deprecated"
  },
  {
    "id": "no-flush",
    "summary": "FLUSHALL or FLUSHDB in application code: every key is gone, those of others too.",
    "severity": "error",
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
