import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { showLine } from '../../src/cli/report/source-line.ts';

/** The line and below it the caret, as the terminal shows them. */
function shown(line: string, marked: string, columns = 80): string {
  const start = line.indexOf(marked);
  const { text, before, width } = showLine(line, start, start + marked.length, columns);
  return `${text}\n${' '.repeat(before)}${'^'.repeat(width)}`;
}

describe('showLine', () => {
  it('puts the caret under the finding', () => {
    expect(shown('  await redis.get(k);', 'get')).toBe('  await redis.get(k);\n              ^^^');
  });
  it('turns tabs into blanks at tab stops', () => {
    expect(shown('\tawait redis.get(k);', 'get')).toBe('    await redis.get(k);\n                ^^^');
    expect(shown('a\tredis.get(k)', 'get')).toBe('a   redis.get(k)\n          ^^^');
  });
  it('counts columns of the screen, not code units', () => {
    expect(shown('const 鍵 = await redis.get(k);', 'get')).toBe('const 鍵 = await redis.get(k);\n                       ^^^');
    expect(shown('f("👩‍👩‍👧", redis.get(k))', 'get')).toBe('f("👩‍👩‍👧", redis.get(k))\n              ^^^');
  });
  it('shows no control characters, which could steer the terminal', () => {
    expect(shown('x("\u001b[31m\u202e", redis.get())', 'get')).toBe('x("\ufffd[31m\ufffd", redis.get())\n                  ^^^');
  });
  it('cuts a long line to the part around the finding', () => {
    const line = `  ${'a'.repeat(300)}; redis.get(k); ${'b'.repeat(300)}`;
    const [text = '', caret = ''] = shown(line, 'get', 60).split('\n');
    expect(stringWidth(text)).toBeLessThanOrEqual(60);
    expect(text).toMatch(/^ {2}…a+; redis\.get\(k\); b+…$/);
    expect(text.slice(caret.indexOf('^'), caret.length)).toBe('get');
  });
  it('keeps the beginning of a finding that is longer than the line', () => {
    const { text, before, width } = showLine(`${' '.repeat(200)}${'x'.repeat(500)}`, 200, 700, 60);
    expect(stringWidth(text)).toBeLessThanOrEqual(60);
    expect(before + width).toBeLessThanOrEqual(60);
    expect(text.trim()).toMatch(/^x+…$/);
  });
  it('has a caret at the end of a line and outside of it', () => {
    expect(showLine('abc', 3, 3, 80)).toEqual({ text: 'abc', before: 3, width: 1 });
    expect(showLine('', 10, 12, 80)).toEqual({ text: '', before: 0, width: 1 });
  });
});
