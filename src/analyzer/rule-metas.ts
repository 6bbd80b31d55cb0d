/** The `meta` of each rule, in the catalogue's order. Made by npm run generate: the rules themselves need the compiler. */
import type { RuleMeta } from './rules/rule.ts';

export const generatedMetas: readonly RuleMeta[] = [
  {
    "id": "no-keys",
    "summary": "KEYS blocks the server while it walks every key; SCAN takes it in steps.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency",
    "confidence": "name"
  },
  {
    "id": "keys-for-count",
    "summary": "KEYS only to count: DBSIZE knows the total, SCAN counts a pattern without blocking.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency",
    "confidence": "name"
  },
  {
    "id": "no-command-in-loop",
    "summary": "A command awaited per item costs a round trip each; a batch costs one for all.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency",
    "confidence": "name"
  },
  {
    "id": "sequential-commands",
    "summary": "Independent commands wait for one another, a round trip each; a batch takes one for all.",
    "severity": "information",
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
    "id": "no-admin-command",
    "summary": "A command for the server's operator (MONITOR, SAVE, CONFIG SET, SHUTDOWN …) in application code.",
    "severity": "warning",
    "fix": "none",
    "category": "security",
    "confidence": "name"
  },
  {
    "id": "dynamic-eval",
    "summary": "EVAL with values in the script's text, or with the whole text each time.",
    "severity": "warning",
    "fix": "suggest",
    "category": "latency"
  },
  {
    "id": "repeated-read",
    "summary": "A value is read again that is known already, or by every request though no request changes it.",
    "severity": "information",
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
    "category": "correctness",
    "confidence": "name"
  },
  {
    "id": "setnx-then-expire",
    "summary": "A key is claimed by SETNX and given its TTL by a second command; a crash in between leaves it claimed for ever.",
    "severity": "error",
    "fix": "suggest",
    "category": "correctness",
    "confidence": "name"
  },
  {
    "id": "incr-then-expire",
    "summary": "A counter is given its window by a second command: lost, it counts for ever; sent at every hit, the window never ends.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness",
    "confidence": "name"
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
    "id": "unchecked-pipeline",
    "summary": "Nobody looks at the errors among the replies of a pipeline or MULTI, which resolves all the same.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness"
  },
  {
    "id": "pipeline-not-transaction",
    "summary": "Writes of two keys that must agree are sent by a pipeline, which is not atomic.",
    "severity": "hint",
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
    "id": "read-then-delete",
    "summary": "A value is read once and deleted by a second command; two callers can both have it, or what comes in between is lost.",
    "severity": "warning",
    "fix": "suggest",
    "category": "correctness",
    "confidence": "name"
  },
  {
    "id": "check-then-set",
    "summary": "A key is claimed by a look whether it is there, and a SET; two callers can both find it free.",
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
    "id": "rebuild-gap",
    "summary": "A key is deleted and then filled again; readers in between find it empty.",
    "severity": "warning",
    "fix": "suggest",
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
    "id": "closed-client-use",
    "summary": "A command is sent on a client that has been closed before, and fails.",
    "severity": "error",
    "fix": "none",
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
    "id": "bullmq-connection",
    "summary": "BullMQ is given a connection with a key prefix, or a worker one that gives up on requests; or each of many queues has its own.",
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
    "id": "no-flush",
    "summary": "FLUSHALL or FLUSHDB in application code: every key is gone, those of others too.",
    "severity": "error",
    "fix": "none",
    "category": "security",
    "confidence": "name"
  },
  {
    "id": "hardcoded-credentials",
    "summary": "The password of a server that is not local stands in the code.",
    "severity": "error",
    "fix": "suggest",
    "category": "security"
  },
  {
    "id": "stringified-undefined",
    "summary": "A value that may be undefined is made a text in a key, password or URL: it becomes the word \"undefined\".",
    "severity": "warning",
    "fix": "none",
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
