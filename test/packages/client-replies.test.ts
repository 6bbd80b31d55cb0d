import { describe, expect, it } from 'vitest';
import { specs } from '../../scripts/client-declarations/specs.ts';
import { replyDifferences } from '../support/reply-differences.ts';

/** Where ours says something else, and is meant to. */
const known: Readonly<Record<string, { why: string; lines: readonly string[] }>> = {
  'ioredis-4': {
    why: '@types/ioredis forgot that a discarded transaction gives null, and calls every reply in it a string',
    lines: [
      "Redis.exec: ours [error: Error | null, result: unknown][] | null, the package's [Error | null, string][]",
      "Cluster.exec: ours [error: Error | null, result: unknown][] | null, the package's [Error | null, string][]",
      "ChainableCommander.exec: ours [error: Error | null, result: unknown][] | null, the package's [Error | null, any][]",
    ],
  },
};

/** Fewer would mean that we promise less than we did, or that the test does not see it. */
const atLeast: Readonly<Record<string, number>> = { 'ioredis-4': 350, 'ioredis-5': 700, 'ioredis-6': 700, 'iovalkey-0': 600, 'redis-3': 600, 'redis-4': 1300, 'redis-5': 3500, 'redis-6': 3500 };

describe('our declarations promise the replies that the real package does', () => {
  it.each(specs.map((spec) => [spec.name, spec] as const))('%s', (name, spec) => {
    const { lines, compared } = replyDifferences(spec);
    expect(lines).toEqual(known[name]?.lines ?? []);
    expect(compared).toBeGreaterThan(atLeast[name] ?? Infinity);
  });
});
