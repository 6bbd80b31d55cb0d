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
    "id": "blocking-on-shared-client",
    "summary": "A command that waits (BLPOP, XREAD BLOCK) on a client that others use: they all wait with it.",
    "severity": "error",
    "fix": "suggest",
    "category": "latency"
  },
  {
    "id": "subscribe-on-shared-client",
    "summary": "A client subscribes and is used for other commands, which fail once it has (with RESP2).",
    "severity": "error",
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
    "id": "closed-client-use",
    "summary": "A command is sent on a client that has been closed before, and fails.",
    "severity": "error",
    "fix": "none",
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
    "id": "bullmq-connection",
    "summary": "A BullMQ worker is given a connection that gives up on requests, or one with a key prefix.",
    "severity": "error",
    "fix": "none",
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
