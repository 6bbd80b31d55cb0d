/** SCAN takes a cursor of 64 bits, gives a page at a time, and walks all keys: what is easily got wrong about that. */
import type ts from 'typescript';
import { constantText } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { cursorAsNumber, oneKnownKey, onlyFirstBatch, onlyFirstPage, pageSizeOf, scansInSteps } from '../facts/replies/scan-uses.ts';
import { planScanCount } from '../fixes/scan-count.ts';
import { planScanToTheEnd } from '../fixes/scan-to-the-end.ts';
import { planStringCursor } from '../fixes/string-cursor.ts';
import type { Problem, Rule } from './rule.ts';

/** A page of this size holds the server 13 to 19 ms (Redis 7.0.15). */
const largest = 10_000;

export const scanMisuse: Rule = {
  meta: {
    id: 'scan-misuse',
    summary: 'SCAN with a cursor made a number, a COUNT that is no use, the first page alone, or for one known key.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const misuse = scansInSteps(call) ? misuseOf(call, workspace.checker) : undefined;
      if (misuse) yield { node: call.nameNode, ...misuse };
    }
  },
};

function misuseOf(call: RedisCall, checker: ts.TypeChecker): Omit<Problem, 'node'> | undefined {
  const conversion = cursorAsNumber(call, checker);
  if (conversion) {
    return {
      message: 'A cursor may have 64 bits, of which a number keeps 53, and some managed servers use them all: the scan then misses keys; keep the string that it is.',
      related: [{ node: conversion, message: 'the cursor is made a number here' }],
      fixes: () => planStringCursor(conversion, checker),
    };
  }
  const written = pageSizeOf(call);
  const count = written && Number(constantText(written, checker) ?? Number.NaN);
  if (written && count !== undefined && count > largest) {
    return { message: `A page of COUNT ${count} holds the server for its whole length (10,000: 13 to 19 ms); take about 1,000.`, fixes: () => planScanCount(written, count) };
  }
  if (oneKnownKey(call, checker)) return { message: 'This walks the whole keyspace to reach one key whose name is known; ask for it with EXISTS or read it.' };
  if (onlyFirstPage(call, checker)) {
    return { message: `Only the first page is read, which may be empty although there are matches; go on until the cursor is '0'.`, fixes: () => planScanToTheEnd(call, checker) };
  }
  const settled = onlyFirstBatch(call);
  if (settled) {
    return { message: `The promise is settled by the first batch, which may be empty although there are matches; collect all, and resolve at 'end'.`, related: [{ node: settled, message: 'here, once for each batch' }] };
  }
  if (written && count === 1) return { message: 'COUNT 1 looks at about one entry a round trip; take about 1,000.', fixes: () => planScanCount(written, count) };
  return undefined;
}
