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
    "id": "dynamic-eval",
    "summary": "EVAL with values in the script's text, or with the whole text each time.",
    "severity": "warning",
    "fix": "suggest",
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
    "id": "unchecked-pipeline",
    "summary": "Nobody looks at the errors among the replies of a pipeline or MULTI, which resolves all the same.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "floating-command",
    "summary": "Nobody waits for a command or hears of its failure.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness",
    "options": {
      "leaveToTypescriptEslint": {
        "kind": "boolean",
        "default": false,
        "description": "Whether @typescript-eslint/no-floating-promises is on: what it reports in TypeScript is then left to it."
      }
    }
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
