import { expect, it } from 'vitest';
import { BatchSize, CALL_BUDGET_MS } from '../../src/keyspace/batch-size.ts';

/** Runs 60 calls on a server that takes `msPerKey`; returns what the last ones took. */
function settle(msPerKey: number, start = 100, max = 1_000): { size: number; ms: number } {
  const size = new BatchSize(start, max);
  for (let call = 0; call < 60; call++) size.learn(size.value, size.value * msPerKey);
  return { size: size.value, ms: size.value * msPerKey };
}

it('finds the size that fits the budget', () => {
  for (const msPerKey of [0.01, 0.05, 0.2]) {
    const { ms } = settle(msPerKey);
    expect(ms).toBeGreaterThan(CALL_BUDGET_MS * 0.7);
    expect(ms).toBeLessThan(CALL_BUDGET_MS * 1.3);
  }
});
it('stays within its bounds', () => {
  expect(settle(0.0001).size).toBe(1_000);
  expect(settle(50).size).toBe(10);
});
it('shrinks at once after a slow call, and does not grow by a short one', () => {
  const size = new BatchSize(400, 1_000);
  size.learn(400, 50);
  expect(size.value).toBe(100);
  size.learn(3, 0.01);
  expect(size.value).toBe(100);
});
