import { describe, expect, it } from 'vitest';
import { ConfigLoader } from '../../src/config/load-config.ts';
import type { RuleConfig, RuleInfo } from '../../src/config/config.ts';

const number = { kind: 'integer', default: 1, minimum: 1, description: 'A number.' } as const;
const rules: RuleInfo[] = [
  { id: 'no-keys', severity: 'warning', options: { a: number, deep: { kind: 'boolean', default: false, description: 'A switch.' } } },
  { id: 'no-command-in-loop', severity: 'warning', options: { min: number } },
  { id: 'range-for-count', severity: 'hint' },
];

function loader(files: Record<string, string | object>, ruleOverrides?: Record<string, RuleConfig>): ConfigLoader {
  const texts = new Map(Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? text : JSON.stringify(text)]));
  return new ConfigLoader({ rules, ruleOverrides, read: (file) => texts.get(file) });
}

function severities(configs: ConfigLoader, file: string): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(configs.configFor(file).rules).map(([id, setting]) => [id, setting.severity]));
}

describe('discovery', () => {
  const configs = loader({
    '/repo/keyscope.config.json': { rules: { 'no-keys': 'error' } },
    '/repo/packages/a/keyscope.config.jsonc': '{ // nearest\n "rules": { "no-keys": "off", } }',
    '/repo/both/keyscope.config.json': { rules: { 'no-keys': 'hint' } },
    '/repo/both/keyscope.config.jsonc': { rules: { 'no-keys': 'error' } },
  });

  it('takes the nearest file alone, .json before .jsonc', () => {
    expect(severities(configs, '/repo/src/x.ts')).toEqual({ 'no-keys': 'error' });
    expect(severities(configs, '/repo/packages/a/src/deep/x.ts')).toEqual({ 'no-keys': 'off' });
    expect(severities(configs, '/repo/both/x.ts')).toEqual({ 'no-keys': 'hint' });
    expect(severities(configs, '/elsewhere/x.ts')).toEqual({});
    expect(configs.problems()).toEqual([]);
    expect(configs.configFor('/repo/packages/a/x.ts').base).toBe('/repo/packages/a');
    expect(configs.fileFor('/repo/packages/a/x.ts')).toBe('/repo/packages/a/keyscope.config.jsonc');
    expect(configs.fileFor('/elsewhere/x.ts')).toBeUndefined();
  });

  it('gives the identical object for equal questions, and a new one after clear', () => {
    const first = configs.configFor('/repo/src/a.ts');
    expect(configs.configFor('/repo/other/b.ts')).toBe(first);
    configs.clear();
    expect(configs.configFor('/repo/src/a.ts')).not.toBe(first);
    expect(configs.configFor('/repo/src/a.ts')).toEqual(first);
  });
});

describe('extends', () => {
  it('merges files and presets in order, the file itself last', () => {
    const configs = loader({
      '/p/keyscope.config.json': { extends: ['keyscope:strict', './shared/base.json'], rules: { 'no-keys': 'hint' } },
      '/p/shared/base.json': { extends: '../other.jsonc', rules: { 'no-command-in-loop': ['off', { min: 3 }] }, tests: 'include', exclude: ['gen/**'] },
      '/p/other.jsonc': { rules: { 'no-command-in-loop': 'error', 'no-keys': ['error', { deep: true }] }, exclude: ['x'], baseline: 'b.json', sharedClient: { folder: 'src/redis/' } },
    });
    const config = configs.configFor('/p/a.ts');
    expect(configs.problems()).toEqual([]);
    expect(config.rules).toEqual({
      'no-keys': { severity: 'hint', options: { deep: true } },
      'no-command-in-loop': { severity: 'off', options: { min: 3 } },
      'range-for-count': { severity: 'information', options: undefined },
    });
    expect(config).toMatchObject({ tests: 'include', exclude: ['gen/**'], include: [], baseline: '/p/b.json', base: '/p', sharedClientFolder: '/p/src/redis' });
  });

  it('recommended leaves every rule at its default', () => {
    expect(severities(loader({ '/p/keyscope.config.json': { extends: 'keyscope:recommended' } }), '/p/a.ts')).toEqual({});
  });

  it('names a missing file, an unknown preset and a circle, with file and line', () => {
    const configs = loader({
      '/p/keyscope.config.json': '{\n  "extends": [\n    "./gone.json",\n    "keyscope:all",\n    "./a.json"\n  ]\n}',
      '/p/a.json': { extends: './b.json' },
      '/p/b.json': { extends: './a.json', rules: { 'no-keys': 'error' } },
    });
    expect(severities(configs, '/p/x.ts')).toEqual({ 'no-keys': 'error' });
    expect(configs.problems().map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)).toEqual([
      '/p/keyscope.config.json:3:5 "./gone.json" cannot be extended: there is no file /p/gone.json.',
      '/p/keyscope.config.json:4:5 "keyscope:all" cannot be extended: give a preset (keyscope:recommended, keyscope:strict) or a path that begins with ./ or ../.',
      '/p/b.json:1:12 "./a.json" extends itself: a.json → b.json → a.json.',
    ]);
  });
});

describe('overrides', () => {
  const configs = loader({
    '/p/keyscope.config.json': {
      rules: { 'no-keys': ['error', { a: 1 }] },
      overrides: [
        { files: ['scripts/**', '*.job.ts'], rules: { 'no-keys': 'off' } },
        { files: 'scripts/special.ts', rules: { 'no-keys': 'hint', 'range-for-count': 'error' } },
      ],
    },
  });

  it('apply by glob, later ones over earlier ones, options kept', () => {
    expect(severities(configs, '/p/src/a.ts')).toEqual({ 'no-keys': 'error' });
    expect(severities(configs, '/p/scripts/a.ts')).toEqual({ 'no-keys': 'off' });
    expect(severities(configs, '/p/src/deep/clean.job.ts')).toEqual({ 'no-keys': 'off' });
    expect(severities(configs, '/p/scripts/special.ts')).toEqual({ 'no-keys': 'hint', 'range-for-count': 'error' });
    expect(configs.configFor('/p/scripts/special.ts').rules['no-keys']?.options).toEqual({ a: 1 });
  });

  it('the command line wins over every file', () => {
    const forced = loader(
      { '/p/keyscope.config.json': { overrides: [{ files: '**', rules: { 'no-keys': ['off', { a: 1 }] } }] } },
      { 'no-keys': { severity: 'error', options: undefined } },
    );
    expect(forced.configFor('/p/a.ts').rules['no-keys']).toEqual({ severity: 'error', options: { a: 1 } });
    expect(forced.configFor('/q/a.ts').rules['no-keys']).toEqual({ severity: 'error', options: undefined });
  });
});
