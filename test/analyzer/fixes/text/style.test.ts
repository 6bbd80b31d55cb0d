import { describe, expect, it } from 'vitest';
import { quote } from '../../../../src/analyzer/fixes/text/quote.ts';
import { styleOf } from '../../../../src/analyzer/fixes/text/style.ts';
import { parse } from './parse.ts';

const style = (text: string, file?: string) => styleOf(parse(text, file).sourceFile);

describe('styleOf', () => {
  it('takes the common style where nothing tells', () => {
    expect(style('')).toEqual({ quote: "'", semicolons: true, indent: '  ', newline: '\n', trailingCommas: true, bracketSpacing: true, typescript: true });
  });

  it('reads double quotes, no semicolons, tabs, CRLF, tight brackets and no trailing commas', () => {
    const text = ['import a from "a"', 'const b = {x: 1}', 'if (a) {', '\tcall("x", [', '\t\t1,', '\t\t2', '\t])', '}', ''].join('\r\n');
    expect(style(text, '/app/file.js')).toEqual({ quote: '"', semicolons: false, indent: '\t', newline: '\r\n', trailingCommas: false, bracketSpacing: false, typescript: false });
  });

  it('counts strings that were free to choose, and four spaces', () => {
    const four = 'function f() {\n    return "it\'s";\n}\nconst a = \'b\';\n';
    expect(style(four)).toMatchObject({ quote: "'", indent: '    ', semicolons: true });
  });

  it('is not misled by aligned comments and arguments', () => {
    const text = '/**\n * A\n */\nfunction f() {\n  call(a,\n       b);\n  return 1;\n}\nfunction g() {\n  return 2;\n}\n';
    expect(style(text).indent).toBe('  ');
  });
});

describe('quote', () => {
  const single = style('');
  it('escapes what a literal cannot hold and spares what another quote saves', () => {
    expect(quote('user:*', single)).toBe("'user:*'");
    expect(quote("it's", single)).toBe('"it\'s"');
    expect(quote('it\'s "so"', single)).toBe("'it\\'s \"so\"'");
    expect(quote('a\nb\\\u2028\u0001', single)).toBe("'a\\nb\\\\\\u2028\\u0001'");
    expect(quote('a', { ...single, quote: '"' })).toBe('"a"');
  });
});
