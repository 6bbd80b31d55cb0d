import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { hoist } from '../../../../src/analyzer/fixes/text/hoist.ts';
import { edited, find, parse } from './parse.ts';

/** The await of `R`, with `pre();` before it and `x` instead. */
function hoisted(text: string): string | undefined {
  const { sourceFile } = parse(text);
  const edits = hoist(find(sourceFile, ts.isAwaitExpression, 'await R'), ['pre();'], 'x');
  return edits && edited(text, edits);
}

describe('hoist', () => {
  it('goes before the statement where the expression is evaluated first', () => {
    expect(hoisted('async () => {\n  // why\n  const a = (await R).map(f); // so\n}')).toBe('async () => {\n  // why\n  pre();\n  const a = (x).map(f); // so\n}');
    expect(hoisted('return { a, b: 1, c: await R };')).toBe('pre();\nreturn { a, b: 1, c: x };');
    expect(hoisted('console.log("n", id, await R);')).toBe('pre();\nconsole.log("n", id, x);');
    expect(hoisted('for (const a of await R) f(a);')).toBe('pre();\nfor (const a of x) f(a);');
    expect(hoisted('if (await R) f(); else g();')).toBe('pre();\nif (x) f(); else g();');
    expect(hoisted('l: for (const a of await R) f(a);')).toBe('pre();\nl: for (const a of x) f(a);');
    expect(hoisted('const s = `${a} ${await R}`;')).toBe('pre();\nconst s = `${a} ${x}`;');
  });

  it('makes a block of an arrow\'s body', () => {
    expect(hoisted('const f = async () => (await R).length;\n')).toBe('const f = async () => {\n  pre();\n  return (x).length;\n};\n');
    expect(hoisted('const f = async () => ({ a: await R });')).toBe('const f = async () => {\n  pre();\n  return { a: x };\n};');
    expect(hoisted('  const f = async () =>\n    // why\n    g(\n      await R,\n    );\n')).toBe('  const f = async () => {\n    // why\n    pre();\n    return g(\n      x,\n    );\n  };\n');
  });

  it.each([
    'const a = f(), b = await R;',
    'const a = [f(), await R];',
    'a && await R;',
    'const b = a ?? await R;',
    'const b = a ? await R : 1;',
    'while ((await R).length) f();',
    'do f(); while (await R);',
    'for (;await R;) f();',
    'a?.b(await R);',
    'f().g(await R);',
    'if (a) await R;',
    'if (a) f(); else if (await R) g();',
    'async (a = await R) => a;',
    'class A { b = await R }',
    'x.y = i++ + (await R);',
  ])('gives up where it is not: %s', (text) => {
    expect(hoisted(text)).toBeUndefined();
  });
});
