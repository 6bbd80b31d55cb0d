import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { configSchema } from '../../src/config/schema.ts';

const names = ['no-keys', 'no-command-in-loop', 'set-then-expire'];

function problems(text: string): string[] {
  return parseConfig('/p/keyscope.config.json', text, names).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('parseConfig', () => {
  it('reads everything it knows, with comments and trailing commas', () => {
    const { config, problems } = parseConfig(
      '/p/c.json',
      `{
        "$schema": "./keyscope.schema.json", // where the names come from
        "extends": "keyscope:strict",
        "rules": { "no-keys": "error", "set-then-expire": ["hint", { "within": 3 }], },
        "include": ["src/**"], "exclude": "gen",
        "overrides": [{ "files": ["a/**"], "rules": { "no-keys": "off" } }],
        "tests": "include", "baseline": "keyscope-baseline.json",
      }`,
      names,
    );
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      extends: [{ name: 'keyscope:strict' }],
      rules: { 'no-keys': { severity: 'error', options: undefined }, 'set-then-expire': { severity: 'hint', options: { within: 3 } } },
      include: ['src/**'],
      exclude: ['gen'],
      overrides: [{ files: ['a/**'], rules: { 'no-keys': { severity: 'off' } } }],
      tests: 'include',
      baseline: 'keyscope-baseline.json',
    });
  });

  it('keeps what is right beside what is wrong', () => {
    const { config } = parseConfig('/p/c.json', '{ "rules": { "no-kees": "error", "no-keys": "error", "set-then-expire": "fatal" } }', names);
    expect(Object.keys(config.rules)).toEqual(['no-keys']);
  });

  it.each<[string, string, string[]]>([
    ['an unknown rule', '{\n  "rules": {\n    "no-kees": "error"\n  }\n}', ['3:5 There is no rule "no-kees". Did you mean "no-keys"?']],
    ['a rule unlike any', '{ "rules": { "zzzzzzzzzz": "error" } }', ['1:14 There is no rule "zzzzzzzzzz". The rules are "no-keys", "no-command-in-loop", "set-then-expire".']],
    ['a wrong severity', '{ "rules": { "no-keys": "warn" } }', ['1:25 Rule "no-keys" is set to one of "error", "warning", "information", "hint", "off", or [severity, { options }], not "warn".']],
    ['options that are no object', '{ "rules": { "no-keys": ["error", 3] } }', ['1:35 The options of rule "no-keys" are an object, not 3.']],
    ['an unknown setting', '{ "rule": {} }', ['1:3 There is no setting "rule". Did you mean "rules"? The settings are "extends", "rules", "include", "exclude", "overrides", "tests", "sharedClient", "baseline".']],
    ['an override without files', '{ "overrides": [{ "rules": {} }] }', ['1:17 An override needs both "files" and "rules".']],
    ['a glob that is none', '{ "include": [3] }', ['1:15 "include" is a glob or a list of globs, such as "src/**/*.ts", not 3.']],
    ['tests', '{ "tests": true }', ['1:12 "tests" is one of "lower", "include", not true.']],
    ['a list for an object', '[]', ['1:1 The configuration is an object { … }, not [].']],
    ['an empty file', '', ['1:1 The file is empty; the least it can hold is {}.']],
    ['broken JSON', '{\n  "rules": {\n', ['3:1 Not valid JSON: close brace expected.']],
  ])('says where and what is allowed: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('accepts exactly what the schema accepts', () => {
    const validate = new Ajv({ strict: true, strictTuples: false }).compile(
      configSchema(names.map((id) => ({ id, summary: id, severity: 'warning' }))),
    );
    const samples: [unknown, boolean][] = [
      [{}, true],
      [{ extends: 'keyscope:recommended' }, true],
      [{ extends: ['./a.json', '../b.json', 'keyscope:strict'] }, true],
      [{ extends: 3 }, false],
      [{ rules: { 'no-keys': 'off' } }, true],
      [{ rules: { 'no-keys': ['error'] } }, true],
      [{ rules: { 'no-keys': ['error', {}] } }, true],
      [{ rules: { 'no-keys': ['error', {}, {}] } }, false],
      [{ rules: { 'no-keys': [] } }, false],
      [{ rules: { other: 'error' } }, false],
      [{ rules: [] }, false],
      [{ include: 'a', exclude: ['b'] }, true],
      [{ include: '' }, false],
      [{ overrides: [{ files: 'a', rules: {} }] }, true],
      [{ overrides: [{ files: 'a' }] }, false],
      [{ overrides: [{ files: 'a', rules: {}, more: 1 }] }, false],
      [{ overrides: {} }, false],
      [{ tests: 'lower' }, true],
      [{ tests: 'no' }, false],
      [{ baseline: 'x' }, true],
      [{ baseline: 1 }, false],
      [{ sharedClient: { folder: 'src/redis' } }, true],
      [{ sharedClient: {} }, true],
      [{ sharedClient: { folder: './a..b/c' } }, true],
      [{ sharedClient: { folder: 'src/../../b' } }, false],
      [{ sharedClient: { folder: '..' } }, false],
      [{ sharedClient: { folder: '/src' } }, false],
      [{ sharedClient: { folder: '' } }, false],
      [{ sharedClient: { folder: 1 } }, false],
      [{ sharedClient: { file: 'a' } }, false],
      [{ sharedClient: 'src' }, false],
      [{ other: 1 }, false],
      [[], false],
    ];
    for (const [sample, expected] of samples) {
      const text = JSON.stringify(sample);
      expect([text, problems(text).length === 0, validate(sample)]).toEqual([text, expected, expected]);
    }
  });
});
