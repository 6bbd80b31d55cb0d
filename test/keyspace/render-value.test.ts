import { describe, expect, it } from 'vitest';
import { hexDump, prettyJson, renderValue } from '../../src/keyspace/render-value.ts';

const string = (bytes: Buffer | string, total?: number) => {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return renderValue({ kind: 'string', bytes: buffer, total: total ?? buffer.length, truncated: total !== undefined });
};
const b = (text: string) => Buffer.from(text);

describe('strings', () => {
  it('pretty-prints JSON and keeps its numbers and repeated names', () => {
    expect(string('{"id":12345678901234567890,"a":1.0,"a":[1,{}]}')).toEqual({
      text: '{\n  "id": 12345678901234567890,\n  "a": 1.0,\n  "a": [\n    1,\n    {}\n  ]\n}',
      languageId: 'json',
      notice: undefined,
    });
    expect(prettyJson('{a:1}')).toBeUndefined();
    expect(prettyJson('[1,]')).toBeUndefined();
  });
  it('leaves text as it is', () => {
    expect(string('hello\n[not json')).toMatchObject({ text: 'hello\n[not json', languageId: 'plaintext' });
    expect(string('123')).toMatchObject({ text: '123', languageId: 'plaintext' });
    expect(string('\ufeffa')).toMatchObject({ text: '\ufeffa' });
  });
  it('dumps binary as hex', () => {
    expect(string(Buffer.from([0, 1, 0x41, 0xff])).text).toBe('00000000  00 01 41 ff                                       |..A.|');
    expect(string('a\x1b[31m').text).toContain('1b 5b');
    expect(hexDump(Buffer.from(Array.from({ length: 20 }, (_, n) => n + 0x30)))).toBe(
      '00000000  30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f  |0123456789:;<=>?|\n00000010  40 41 42 43                                       |@ABC|',
    );
  });
  it('says what is missing, and takes a cut character for no binary', () => {
    expect(string(b('日本語').subarray(0, 7), 5_000)).toEqual({ text: '日本', languageId: 'plaintext', notice: 'Showing the first 7 B of 4.9 KB.' });
    expect(string('{"a":', 5_000).languageId).toBe('plaintext');
    expect(string(Buffer.from([0xff, 0xfe]), 9).text).toContain('ff fe');
  });
});

describe('collections', () => {
  const valid = (text: string): unknown => JSON.parse(text);
  it('become JSON', () => {
    const hash = renderValue({ kind: 'hash', fields: [[b('a"b'), b('x\ny')], [Buffer.from([0xff]), Buffer.from([0, 0xff])]], total: 2, truncated: false }); // prettier-ignore
    expect(hash.languageId).toBe('json');
    expect(valid(hash.text)).toEqual({ 'a"b': 'x\ny', '\\xff': { $hex: '00ff' } });
    expect(valid(renderValue({ kind: 'list', elements: [b('1'), b('')], total: 2, truncated: false }).text)).toEqual(['1', '']);
    expect(valid(renderValue({ kind: 'set', members: [], total: 0, truncated: false }).text)).toEqual([]);
    expect(valid(renderValue({ kind: 'zset', members: [[b('m'), '1.5'], [b('n'), '-inf'], [b('o'), '1e+300']], total: 3, truncated: false }).text)).toEqual([{ member: 'm', score: 1.5 }, { member: 'n', score: '-inf' }, { member: 'o', score: 1e300 }]); // prettier-ignore
    expect(valid(renderValue({ kind: 'stream', entries: [{ id: '1-0', fields: [[b('f'), b('v')]] }], total: 1, truncated: false }).text)).toEqual([{ id: '1-0', fields: { f: 'v' } }]);
  });
  it('say what is missing beside the text, once', () => {
    const cut = renderValue({ kind: 'hash', fields: [[b('a'), b('1')]], total: 2_000_000, truncated: true });
    expect(cut).toMatchObject({ languageId: 'json', notice: 'Showing 1 of 2,000,000 fields.' });
    expect(valid(cut.text)).toEqual({ a: '1' });
  });
  it('say why there is nothing', () => {
    expect(renderValue({ kind: 'missing' }).notice).toMatch(/does not exist/);
    expect(renderValue({ kind: 'unsupported', type: 'MBbloom--' }).notice).toMatch(/MBbloom--/);
    expect(renderValue({ kind: 'json', bytes: undefined, total: 9_000_000, truncated: true }).notice).toMatch(/8.6 MB/);
    expect(renderValue({ kind: 'json', bytes: b('{"a":1}'), total: 90, truncated: false })).toMatchObject({ languageId: 'json', text: '{\n  "a": 1\n}' });
  });
});
