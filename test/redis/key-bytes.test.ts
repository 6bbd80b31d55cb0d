import { describe, expect, it } from 'vitest';
import { displayKey, fromCompact, parseDisplayKey, toCompact } from '../../src/redis/key-bytes.ts';

const bytes = (...values: number[]) => Buffer.from(values);

describe('displayKey', () => {
  it.each([
    ['plain text', Buffer.from('user:1 ~!'), 'user:1 ~!'],
    ['UTF-8', Buffer.from('größe:日本:🙂'), 'größe:日本:🙂'],
    ['line breaks and controls', Buffer.from('a\n\r\t\0\x1b[31m'), 'a\\n\\r\\t\\x00\\x1b[31m'],
    ['the backslash', Buffer.from('a\\x41'), 'a\\\\x41'],
    ['bytes that are no UTF-8', bytes(0x61, 0xff, 0xc3, 0x62), 'a\\xff\\xc3b'],
    ['overlong and surrogate forms', bytes(0xc0, 0x80, 0xed, 0xa0, 0x80), '\\xc0\\x80\\xed\\xa0\\x80'],
    ['bidirectional overrides, zero-width and odd spaces', Buffer.from('a\u202eb\u200bc\u00a0d\u2028'), 'a\\xe2\\x80\\xaeb\\xe2\\x80\\x8bc\\xc2\\xa0d\\xe2\\x80\\xa8'],
    ['a byte order mark', Buffer.from('\ufeffa'), '\\xef\\xbb\\xbfa'],
    ['nothing', Buffer.alloc(0), ''],
  ])('shows %s', (_, key, text) => {
    expect(displayKey(key)).toBe(text);
    expect(parseDisplayKey(text)).toEqual(key);
  });
  it('turns back any bytes', () => {
    // A fixed linear congruential sequence: the same 2,000 names each time.
    let seed = 1;
    const next = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let n = 0; n < 2_000; n++) {
      const key = Buffer.from(Array.from({ length: next(12) }, () => (next(3) === 0 ? [0x5c, 0x78, 0xe2, 0x80, 0xf0, 0x0a][next(6)] ?? 0 : next(256))));
      const text = displayKey(key);
      expect(parseDisplayKey(text)).toEqual(key);
      expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/); // eslint-disable-line no-control-regex
      expect(fromCompact(toCompact(key))).toEqual(key);
    }
  });
  it('cuts long names between characters', () => {
    expect(displayKey(Buffer.from('日本語'), 4)).toBe('日…');
    expect(displayKey(Buffer.alloc(600_000, 'a'), 10)).toBe('aaaaaaaaaa…');
    expect(displayKey(bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80), 5)).toMatch(/^(\\x80)+…$/);
  });
  it('leaves a backslash that starts no escape', () => {
    expect(parseDisplayKey('C:\\dir\\')).toEqual(Buffer.from('C:\\dir\\'));
  });
});
