import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration } from '../../src/redis/format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'], [512, '512 B'], [1023, '1023 B'], [1024, '1 KB'], [1229, '1.2 KB'], [10_188, '9.9 KB'], [10_189, '10 KB'],
    [34 * 1024 ** 2, '34 MB'], [1024 ** 2 - 1, '1 MB'], [1.5 * 1024 ** 3, '1.5 GB'], [5 * 1024 ** 5, '5 PB'],
  ])('%d', (bytes, text) => expect(formatBytes(bytes)).toBe(text)); // prettier-ignore
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'], [800, '800ms'], [45_000, '45s'], [300_000, '5m'], [5_400_000, '1h 30m'], [86_400_000 * 2 + 3_600_000 * 3, '2d 3h'],
    [3_600_000, '1h'], [3_601_000, '1h'], [365 * 86_400_000, '1y'], [-5, '0ms'],
  ])('%d', (ms, text) => expect(formatDuration(ms)).toBe(text)); // prettier-ignore
});

describe('formatCount', () => {
  it.each([[0, '0'], [999, '999'], [1_000, '1,000'], [1_234_567, '1,234,567']])('%d', (count, text) => expect(formatCount(count)).toBe(text)); // prettier-ignore
});
