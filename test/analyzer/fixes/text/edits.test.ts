import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { commentsIn, leadingComments, trailingComments } from '../../../../src/analyzer/fixes/text/comments.ts';
import { appendToFile, insertAfter, insertBefore, nextStatement, removeStatement, replaceStatement } from '../../../../src/analyzer/fixes/text/edits.ts';
import { edited, find, parse } from './parse.ts';

const statement = (text: string, of: string, file?: string) => find(parse(text, file).sourceFile, (node): node is ts.Statement => ts.isExpressionStatement(node), of);

describe('edits of statements', () => {
  const text = 'function f() {\n  // why\n  a(); // so\n\n  b();\n}\n';

  it('insert before, below the comments; after, past the comment on the line', () => {
    expect(edited(text, [insertBefore(statement(text, 'a();'), ['const x = {', ['y,'], '};'])])).toBe('function f() {\n  // why\n  const x = {\n    y,\n  };\n  a(); // so\n\n  b();\n}\n');
    expect(edited(text, [insertAfter(statement(text, 'a();'), ['c();'])])).toBe('function f() {\n  // why\n  a(); // so\n  c();\n\n  b();\n}\n');
  });

  it('replace, with the comments around kept; braces round several statements where there was a lone one', () => {
    expect(edited(text, [replaceStatement(statement(text, 'a();'), ['c();', 'd();'])])).toBe('function f() {\n  // why\n  c();\n  d(); // so\n\n  b();\n}\n');
    const lone = 'if (x)\n  a();\nelse b();\n';
    expect(edited(lone, [replaceStatement(statement(lone, 'b();'), ['c();', 'd();'])])).toBe('if (x)\n  a();\nelse {\n  c();\n  d();\n}\n');
  });

  it('remove with the line, leaving one blank line where there would be two, and none before a brace', () => {
    expect(edited(text, [removeStatement(statement(text, 'b();'))])).toBe('function f() {\n  // why\n  a(); // so\n}\n');
    expect(edited(text, [removeStatement(statement(text, 'a();'), { comments: true })])).toBe('function f() {\n  b();\n}\n');
    const spaced = 'x();\r\n\r\na();\r\n\r\nb();\r\n';
    expect(edited(spaced, [removeStatement(statement(spaced, 'a();'))])).toBe('x();\r\n\r\nb();\r\n');
    const line = 'x(); a(); b();\n';
    expect(edited(line, [removeStatement(statement(line, 'a();'))])).toBe('x(); b();\n');
    const lone = 'if (x) a();\n';
    expect(edited(lone, [removeStatement(statement(lone, 'a();'))])).toBe('if (x) {}\n');
  });

  it('leave a semicolon that guards the next line', () => {
    const guarded = 'a() // so\n;[1].map(b)\n';
    const [first] = parse(guarded).sourceFile.statements;
    if (!first) throw new Error('no statement');
    expect(edited(guarded, [replaceStatement(first, ['c()'])])).toBe('c() // so\n;[1].map(b)\n');
    expect(edited(guarded, [insertAfter(first, ['c()'])])).toBe('a() // so\nc()\n;[1].map(b)\n');
    expect(edited(guarded, [removeStatement(first)])).toBe(' // so\n;[1].map(b)\n');
  });

  it('append to the file once, after a blank line', () => {
    expect(edited('a();\n', [appendToFile(parse('a();\n').sourceFile, ['function f() {}'])])).toBe('a();\n\nfunction f() {}\n');
    expect(edited('a();\r\n// end', [appendToFile(parse('a();\r\n// end').sourceFile, ['f();'])])).toBe('a();\r\n// end\r\n\r\nf();\r\n');
  });

  it('know the statement that follows', () => {
    expect(nextStatement(statement(text, 'a();'))?.getText()).toBe('b();');
    expect(nextStatement(statement(text, 'b();'))).toBeUndefined();
  });
});

describe('comments', () => {
  const text = 'a(); // of a\n\n// of b\n/** also */\nb(/* inner */ 1); /* of b */ // too\n';
  const { sourceFile } = parse(text);
  const b = find(sourceFile, ts.isExpressionStatement, 'b(/* inner */ 1);');
  const texts = (comments: readonly ts.CommentRange[]) => comments.map((comment) => text.slice(comment.pos, comment.end));

  it('are told apart by where they stand', () => {
    expect(texts(leadingComments(b))).toEqual(['// of b', '/** also */']);
    expect(texts(trailingComments(b))).toEqual(['/* of b */', '// too']);
  });

  it('are found within a range', () => {
    expect(texts(commentsIn(sourceFile, { start: b.getStart(), end: b.end }))).toEqual(['/* inner */']);
    expect(texts(commentsIn(sourceFile, { start: 0, end: text.length }))).toHaveLength(6);
    expect(commentsIn(parse('f("// no", `/* no */`);').sourceFile, { start: 0, end: 23 })).toEqual([]);
  });
});
