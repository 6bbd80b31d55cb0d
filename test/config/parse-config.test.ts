import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { RuleOption } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { configSchema } from '../../src/config/schema.ts';

const rules: { id: string; options?: Record<string, RuleOption> }[] = [
  { id: 'no-keys' },
  { id: 'no-command-in-loop' },
  {
    id: 'set-then-expire',
    options: {
      within: { kind: 'integer', default: 1, minimum: 1, description: 'How far.' },
      words: { kind: 'strings', default: [], description: 'Which.' },
      strictly: { kind: 'boolean', default: false, description: 'How.' },
    },
  },
];

function problems(text: string): string[] {
  return parseConfig('/p/keyscope.config.json', text, rules).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
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
      rules,
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
    const { config } = parseConfig('/p/c.json', '{ "rules": { "no-kees": "error", "no-keys": "error", "set-then-expire": "fatal" } }', rules);
    expect(Object.keys(config.rules)).toEqual(['no-keys']);
  });

  it.each<[string, string, string[]]>([
    ['an unknown rule', '{\n  "rules": {\n    "no-kees": "error"\n  }\n}', ['3:5 There is no rule "no-kees". Did you mean "no-keys"?']],
    ['a rule unlike any', '{ "rules": { "zzzzzzzzzz": "error" } }', ['1:14 There is no rule "zzzzzzzzzz". The rules are "no-keys", "no-command-in-loop", "set-then-expire".']],
    ['a wrong severity', '{ "rules": { "no-keys": "warn" } }', ['1:25 Rule "no-keys" is set to one of "error", "warning", "information", "hint", "off", or [severity, { options }], not "warn".']],
    ['options that are no object', '{ "rules": { "no-keys": ["error", 3] } }', ['1:35 The options of rule "no-keys" are an object, not 3.']],
    ['an option of a rule that has none', '{ "rules": { "no-keys": ["error", { "within": 3 }] } }', ['1:37 Rule "no-keys" has no option "within", nor any other.']],
    ['an unknown option', '{ "rules": { "set-then-expire": ["error", { "wihtin": 3 }] } }', ['1:45 Rule "set-then-expire" has no option "wihtin", only "within", "words", "strictly". Did you mean "within"?']],
    ['an option of another kind', '{ "rules": { "set-then-expire": ["error", { "within": 0, "words": "a", "strictly": 1 }] } }', [
      '1:55 Option "within" of rule "set-then-expire" is a whole number from 1 on, not 0.',
      '1:67 Option "words" of rule "set-then-expire" is a list of texts, not "a".',
      '1:84 Option "strictly" of rule "set-then-expire" is true or false, not 1.',
    ]],
    ['a version that is none', '{ "server": { "lowestVersion": 7, "version": "7" } }', ['1:32 "lowestVersion" is the lowest version of Redis that the code runs against, such as "7.2", not 7.', '1:35 "server" has no "version", only "lowestVersion" and "lazyfreeLazyUserDel".']],
    ['an unknown setting', '{ "rule": {} }', ['1:3 There is no setting "rule". Did you mean "rules"? The settings are "extends", "rules", "include", "exclude", "overrides", "tests", "sharedClient", "baseline", "server".']],
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
      configSchema(rules.map((rule) => ({ ...rule, summary: rule.id, severity: 'warning' }))),
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
      [{ rules: { 'no-keys': ['error', { within: 1 }] } }, false],
      [{ rules: { 'set-then-expire': ['error', { within: 1, words: ['a'], strictly: true }] } }, true],
      [{ rules: { 'set-then-expire': ['error', { within: 0 }] } }, false],
      [{ rules: { 'set-then-expire': ['error', { words: [''] }] } }, false],
      [{ rules: { 'set-then-expire': ['error', { strictly: 'yes' }] } }, false],
      [{ server: { lowestVersion: '7.2', lazyfreeLazyUserDel: true } }, true],
      [{ server: { lowestVersion: '8' } }, true],
      [{ server: { lowestVersion: '7.2.4' } }, false],
      [{ server: { version: '7.2' } }, false],
      [{ other: 1 }, false],
      [[], false],
    ];
    for (const [sample, expected] of samples) {
      const text = JSON.stringify(sample);
      expect([text, problems(text).length === 0, validate(sample)]).toEqual([text, expected, expected]);
    }
  });
});
