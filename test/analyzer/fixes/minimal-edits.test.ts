import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { minimalEdits } from '../../../src/analyzer/fixes/minimal-edits.ts';

describe('minimalEdits', () => {
  it.each([
    ['a change in the middle', 'a\nb\nc\n', 'a\nB\nc\n', 1],
    ['two places', 'a\nb\nc\nd\ne\n', 'A\nb\nc\nd\nE\n', 2],
    ['lines added and removed', 'a\nb\nc\n', 'new\na\nc\nlast', 3],
    ['CRLF', 'a\r\nb\r\n', 'a\r\nB\r\n', 1],
    ['no line break at the end', 'a\nb', 'a\nb\nc', 1],
    ['from nothing', '', 'x\n', 1],
    ['to nothing', 'x\n', '', 1],
    ['nothing', 'a\nb\n', 'a\nb\n', 0],
  ])('turns one text into the other: %s', (_, before, after, count) => {
    const edits = minimalEdits('/a.ts', before, after);
    expect(edits).toHaveLength(count);
    expect(applyEdits(before, edits)).toBe(after);
  });

  it('creates a file that was not there', () => {
    expect(minimalEdits('/a.ts', undefined, 'x')).toEqual([{ file: '/a.ts', start: 0, end: 0, text: 'x', create: true }]);
  });
});
