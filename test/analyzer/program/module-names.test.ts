import { describe, expect, it } from 'vitest';
import { importedNames, importSpecifiers, reExports } from '../../../src/analyzer/program/module-names.ts';

const named = (text: string) => Object.fromEntries([...importedNames(text)].map(([specifier, names]) => [specifier, names === '*' ? '*' : [...names]]));

describe('names that are imported', () => {
  it.each([
    ["import { a, type b as c } from './x';", { './x': ['a', 'b'] }],
    ["import type { A } from './x';", { './x': ['A'] }],
    ["import d, { e } from './x';", { './x': ['default', 'e'] }],
    ["import * as all from './x';", { './x': '*' }],
    ["import './x';", { './x': '*' }],
    ["const { a, b: c } = require('./x');", { './x': ['a', 'b'] }],
    ["const x = require('./x');", { './x': '*' }],
    ["const { a } = await import('./x');", { './x': ['a'] }],
    ["import { a } from './x';\nimport('./x').then(f);", { './x': '*' }],
    ["import {\n  a,\n  b,\n} from \"./x\"\nimport c from './y'", { './x': ['a', 'b'], './y': ['default'] }],
    ["/** @param {import('./x').T} t */\nimport { a } from './y';", { './x': '*', './y': ['a'] }],
    ["export { a } from './x';", { './x': ['a'] }],
  ])('%s', (text, names) => {
    expect(named(text)).toEqual(names);
    expect(importSpecifiers(text).sort()).toEqual(Object.keys(names).sort());
  });
});

describe('names that are handed on', () => {
  const handed = (text: string) => {
    const found = reExports(text);
    return found && { own: [...found.own], from: found.from.map(({ specifier, names }) => [specifier, names === '*' ? '*' : Object.fromEntries(names)]) };
  };

  it('are told from those a file declares itself', () => {
    expect(handed("export * from './a';\nexport { b as c, type D } from './b';\nexport * as ns from './n';\nexport const e = 1;\nexport async function f() {}\nexport { g as h };\nexport default class {}\n")).toEqual({
      own: ['e', 'f', 'h', 'default'],
      from: [['./a', '*'], ['./b', { c: 'b', D: 'D' }], ['./n', { ns: '*' }]],
    });
  });

  it('are none where nothing is', () => {
    expect(handed("import { a } from './a';\nexport const b = a;\n")).toBeUndefined();
  });
});
