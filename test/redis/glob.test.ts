import { describe, expect, it } from 'vitest';
import { escapeGlob, isGlob, literalOfGlob, matchesGlob } from '../../src/redis/glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['h?llo', 'hello', true], ['h?llo', 'hllo', false], ['h*llo', 'heeeello', true], ['h[ae]llo', 'hillo', false], ['h[^e]llo', 'hallo', true],
    ['h[a-b]llo', 'hbllo', true], ['h[b-a]llo', 'hbllo', true], ['user:\\*', 'user:*', true], ['user:\\*', 'user:1', false],
    ['*', '', true], ['', '', true], ['', 'a', false], ['a*', 'a', true], ['?', 'é', false], ['??', 'é', true], ['[abc', 'c', true], ['[', '[', false], ['a\\', 'a\\', true],
  ])('%s on %s: %s', (pattern, key, expected) => expect(matchesGlob(pattern, key)).toBe(expected)); // prettier-ignore
  it('does not take exponential time', () => {
    const started = performance.now();
    expect(matchesGlob('a*'.repeat(40) + 'b', 'a'.repeat(200))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('escapeGlob', () => {
  it('makes any text match itself alone', () => {
    for (const text of ['a*b', '[x]', '\\', 'a?\\*', '']) {
      expect(matchesGlob(escapeGlob(text), text)).toBe(true);
      expect(isGlob(escapeGlob(text))).toBe(false);
      expect(literalOfGlob(escapeGlob(text))).toBe(text);
    }
    expect(matchesGlob(escapeGlob('a*b'), 'axb')).toBe(false);
  });
  it('knows patterns', () => {
    expect(['user:*', 'a?', 'a[b]'].map(isGlob)).toEqual([true, true, true]);
    expect(literalOfGlob('user:*')).toBeUndefined();
  });
});
