/** Questions that planners ask about code: ties, purity, names. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { jumpsOf, tiesOf } from '../../../../src/analyzer/fixes/text/jumps.ts';
import { freshName, referencesOf } from '../../../../src/analyzer/fixes/text/names.ts';
import { asUnary } from '../../../../src/analyzer/fixes/text/parentheses.ts';
import { isRepeatable, isUnchanging } from '../../../../src/analyzer/fixes/text/purity.ts';
import { find, parse } from './parse.ts';

const bodyOf = (text: string) => find(parse(`async function* f() { outer: for (const a of b) ${text} }`).sourceFile, ts.isForOfStatement).statement;

describe('tiesOf', () => {
  it.each([
    ['{ if (a) return 1; }', ['return']],
    ['{ break; continue; }', ['break', 'continue']],
    ['{ for (;;) { break; continue; } switch (a) { case 1: break; } }', []],
    ['{ for (;;) { continue outer; } }', ['continue']],
    ['{ switch (a) { case 1: continue; } }', ['continue']],
    ['{ inner: for (;;) { for (;;) break inner; } }', []],
    ['{ await x; yield 1; }', ['await', 'yield']],
    ['{ for await (const x of y) x(); }', ['await']],
    ['{ const g = async () => { await this.x; return arguments.length; }; }', ['this', 'arguments']],
    ['{ function g() { return this.x + arguments.length; } }', []],
    ['{ const g = { arguments: 1 }; g.arguments; new class { a = this; }; }', []],
  ])('%s', (text, ties) => {
    expect([...tiesOf([bodyOf(text)])]).toEqual(ties);
  });

  it('lists the jumps themselves', () => {
    expect(jumpsOf(bodyOf('{ for (;;) { break; } if (a) break; continue outer; }')).map((jump) => jump.getText())).toEqual(['break;', 'continue outer;']);
  });
});

describe('isRepeatable', () => {
  const expression = (text: string) => find(parse(`(${text});`).sourceFile, ts.isParenthesizedExpression).expression;
  it.each(['a', '1', "'a'", 'this.a.b', 'a[0]', '`${a}:${b.c}`', 'a ? b : c', '!a', '-1', 'a + b', '[a, 1]', '{ a, b: 1 }', '() => f()', 'a as string', 'typeof a'])('%s', (text) => {
    expect(isRepeatable(expression(text))).toBe(true);
  });
  it.each(['f()', 'new A()', 'a++', '--a', 'a = 1', 'await a', '`${f()}`', '[...a]', '{ ...a }', 'delete a.b', 'a.b()', 'a[f()]', 'tag`x`'])('not %s', (text) => {
    expect(isRepeatable(expression(text))).toBe(false);
  });
});

describe('isUnchanging', () => {
  const text = 'const c = 1; let l = 1; let never = 2; class A { readonly r = 1; m = 1; f(p: number, q: number) { l = 2; q++; ($); } }';
  const judge = (expression: string) => {
    const { sourceFile, checker } = parse(text.replace('$', expression));
    return isUnchanging(find(sourceFile, ts.isParenthesizedExpression).expression, checker);
  };
  it.each(['c', 'never', 'p', '`${c}:${p}`', 'this.r'])('%s', (expression) => expect(judge(expression)).toBe(true));
  it.each(['l', 'q', 'this.m', 'unknown', 'f(c)', '`${l}`'])('not %s', (expression) => expect(judge(expression)).toBe(false));
});

describe('names', () => {
  it('are fresh in the whole file, property names aside', () => {
    const { sourceFile } = parse('const keys = 1; a.found; function f() { const found2 = 1; }');
    const at = find(sourceFile, ts.isFunctionDeclaration);
    expect(freshName(at, ['keys'])).toBe('keys2');
    expect(freshName(at, ['found'])).toBe('found');
    expect(freshName(at, ['found'], { taken: new Set(['found']) })).toBe('found3');
    expect(freshName(at, ['keys', 'other'])).toBe('other');
  });

  it('are fresh where they are seen, with a checker', () => {
    const { sourceFile, checker } = parse('function f(a) { { const inner = 1; } const later = a; use((key) => key, arg); } function g() { const key = 1; }');
    const at = find(sourceFile, ts.isIdentifier, 'arg');
    const fresh = (name: string) => freshName(at, [name], { checker });
    expect(['a', 'later', 'key', 'f'].map(fresh)).toEqual(['a2', 'later2', 'key2', 'f2']);
    expect(['inner', 'found'].map(fresh)).toEqual(['inner', 'found']);
  });

  it('know their references by symbol', () => {
    const { sourceFile, checker } = parse('function f(keys) { g(keys.length); { const keys = 1; g(keys); } return { keys }; }');
    const parameter = find(sourceFile, ts.isParameter);
    expect(referencesOf(parameter.name as ts.Identifier, checker).map((node) => node.parent.getText())).toEqual(['keys.length', 'keys']);
  });
});

describe('asUnary', () => {
  it.each([
    ['(R).length.toFixed()', '(await x).length.toFixed()'],
    ['R ** 2', '(await x) ** 2'],
    ['!R', '!(await x)'],
    ['R + 1', '(await x) + 1'],
    ['a = R', 'a = await x'],
    ['f(R)', 'f(await x)'],
  ])('%s', (text, expected) => {
    const { sourceFile } = parse(`${text};`);
    const node = find(sourceFile, ts.isIdentifier, 'R');
    const target = ts.isParenthesizedExpression(node.parent) ? node.parent : node;
    expect(text.slice(0, target.getStart()) + asUnary(target, 'await x') + text.slice(target.end)).toBe(expected);
  });
});
