import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { render, sourceText } from '../../../../src/analyzer/fixes/text/lines.ts';
import { styleOf } from '../../../../src/analyzer/fixes/text/style.ts';
import { find, parse } from './parse.ts';

const standard = styleOf(parse('').sourceFile);

describe('render', () => {
  it('indents nested lines by the unit and leaves the first line where it stands', () => {
    expect(render(['a {', ['b;', ['c;']], '}'], '  ', standard)).toBe('a {\n    b;\n      c;\n  }');
    expect(render(['a {', ['b;'], '}'], '\t', { ...standard, indent: '\t', newline: '\r\n' })).toBe('a {\r\n\t\tb;\r\n\t}');
  });

  it('drops its own semicolons where the file has none, and never the source\'s', () => {
    const { sourceFile } = parse('for (;;);\nf()\n');
    const loop = find(sourceFile, ts.isForStatement);
    expect(render(['const a = 1;', sourceText(loop)], '', { ...standard, semicolons: false })).toBe('const a = 1\nfor (;;);');
  });

  it('leaves no spaces on blank lines', () => {
    expect(render(['{', ['a();', '', 'b();'], '}'], '  ', standard)).toBe('{\n    a();\n\n    b();\n  }');
  });
});

describe('sourceText', () => {
  it('moves a block to another depth with its comments and blank lines', () => {
    const text = 'function f() {\n    if (a) {\n        // why\n        b(); // here\n\n        /* of\n           two lines */\n        c();\n    }\n}\n';
    const { sourceFile } = parse(text);
    const block = find(sourceFile, ts.isIfStatement);
    expect(render(['{', [sourceText(block)], '}'], '', { ...standard, indent: '    ' })).toBe(
      '{\n    if (a) {\n        // why\n        b(); // here\n\n        /* of\n           two lines */\n        c();\n    }\n}',
    );
    expect(render([sourceText(block)], '', standard)).toBe('if (a) {\n    // why\n    b(); // here\n\n    /* of\n       two lines */\n    c();\n}');
  });

  it('does not touch lines within template literals, in CRLF files too', () => {
    const text = '{\r\n\tsend(`a\r\n\t  ${x(\r\n\t\t1)}\r\n b`,\r\n\t\t2)\r\n}\r\n';
    const { sourceFile } = parse(text);
    const call = find(sourceFile, ts.isExpressionStatement);
    const style = styleOf(sourceFile);
    expect(style.newline).toBe('\r\n');
    expect(render(['if (a) {', [sourceText(call)], '}'], '', style)).toBe('if (a) {\r\n\tsend(`a\r\n\t  ${x(\r\n\t\t1)}\r\n b`,\r\n\t\t2)\r\n}');
  });

  it('replaces parts and can take the comments before', () => {
    const text = '  // first\n  f(a, /* keep */ b);\n';
    const { sourceFile } = parse(text);
    const statement = find(sourceFile, ts.isExpressionStatement);
    const a = find(sourceFile, ts.isIdentifier, 'a');
    const replace = [{ start: a.getStart(), end: a.end, text: 'other' }];
    expect(render([sourceText(statement, { replace, comments: true })], '', standard)).toBe('// first\nf(other, /* keep */ b);');
  });
});
