import ts from 'typescript';
import { expect, it } from 'vitest';
import { insertBefore, replaceStatement } from '../../../../src/analyzer/fixes/text/edits.ts';
import { unfoldBlocks } from '../../../../src/analyzer/fixes/text/unfold.ts';
import type { TextEdit } from '../../../../src/analyzer/rules/rule.ts';
import { edited, find, parse } from './parse.ts';

/** The code after `b();` has become what `change` makes of it. */
function after(text: string, change: (statement: ts.Statement) => TextEdit[]): string {
  const statement = find(parse(text).sourceFile, (node): node is ts.Statement => ts.isExpressionStatement(node), 'b();');
  return edited(text, unfoldBlocks(change(statement)).filter((edit) => 'sourceFile' in edit));
}

const twoLines = (statement: ts.Statement): TextEdit[] => [replaceStatement(statement, ['if (c) {', ['d();'], '}'])];

it('opens a block that stands on one line', () => {
  expect(after('  function f() { a(); b(); /* so */ return; }\n', twoLines)).toBe('  function f() {\n    a();\n    if (c) {\n      d();\n    } /* so */\n    return;\n  }\n');
});

it('opens the innermost alone', () => {
  expect(after('class A { m() { b(); } }\n', (statement) => [insertBefore(statement, ['d();'])])).toBe('class A { m() {\n  d();\n  b();\n} }\n');
});

it('breaks no lines where they are broken', () => {
  const text = 'function f() { a(); // one\n  b();\n  c();\n}\n';
  expect(after(text, twoLines)).toBe('function f() {\n  a(); // one\n  if (c) {\n    d();\n  }\n  c();\n}\n');
  expect(after('{\n  b();\n}\n', twoLines)).toBe('{\n  if (c) {\n    d();\n  }\n}\n');
});

it('leaves a block alone whose line stays one', () => {
  expect(after('{ a(); b(); }\n', (statement) => [replaceStatement(statement, ['d();'])])).toBe('{ a(); d(); }\n');
});
