import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/analyzer/line-index.ts';

describe('LineIndex', () => {
  const index = new LineIndex('ab\r\nc\rd\n\u2028😀e');
  it('gives 1-based lines and columns in UTF-16 code units, whatever ends the lines', () => {
    expect([0, 2, 4, 6, 8, 9, 11, 12, 99].map((offset) => index.at(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 5, column: 1 },
      { line: 5, column: 3 },
      { line: 5, column: 4 },
      { line: 5, column: 4 },
    ]);
  });
  it('gives lines without their breaks', () => {
    expect([1, 2, 3, 4, 5, 6].map((line) => index.line(line))).toEqual(['ab', 'c', 'd', '', '😀e', '']);
  });
});
