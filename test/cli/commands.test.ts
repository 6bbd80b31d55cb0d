import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { service, TestProject } from './project.ts';

// Each run analyses a project from nothing, on whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000 });

let project: TestProject;
beforeEach(() => (project = new TestProject(service)));
afterEach(() => project.remove());

interface JsonReport {
  findings: { rule: string; severity: string; file: string; line: number; column: number; fixes: { kind: string; edits?: object[] }[] }[];
}

async function findings(...args: string[]): Promise<string[]> {
  const { out } = await project.run(['check', '--format', 'json', ...args]);
  return (JSON.parse(out) as JsonReport).findings.map(({ rule, severity, file, line, column }) => `${file}:${line}:${column} ${severity} ${rule}`);
}

const keys = 'src/sessions.ts:7:27 error no-keys';
const count = 'src/visits.ts:4:23 warning range-for-count';
const inTest = 'test/sessions.test.ts:4:15 hint no-keys';

describe('check', () => {
  it('reports every severity as JSON, tests lowered, and exits with 1', async () => {
    expect(await findings()).toEqual([keys, count, inTest]);
    expect((await project.run(['check', '--format', 'json'])).code).toBe(1);
  });

  it('gives edits that fit the files, in JSON and SARIF', async () => {
    const { out } = await project.run(['check', '--format', 'json', '--with-fixes', 'src/visits.ts']);
    interface Edit { file: string; sha256: string; start: number; end: number; text: string }
    const [edit] = (JSON.parse(out) as { findings: { fixes: { edits: Edit[] }[] }[] }).findings[0]?.fixes[0]?.edits ?? [];
    expect(edit?.file).toBe('src/visits.ts');
    expect(edit?.sha256).toBe(createHash('sha256').update(readFileSync(path.join(project.root, 'src/visits.ts'))).digest('hex'));
    const sarif = await project.run(['check', '--format', 'sarif', '--with-fixes']);
    const { runs } = JSON.parse(sarif.out) as { runs: { results: { ruleId: string; fixes?: object[] }[] }[] };
    expect(runs[0]?.results.filter(({ fixes }) => fixes !== undefined).map(({ ruleId }) => ruleId)).toContain('range-for-count');
    expect((await project.run(['check', '--format', 'github'])).out).toMatch(/^::error file=src\/sessions\.ts,line=7,endLine=7,col=27,endColumn=31,title=keyscope no-keys::KEYS /);
  });

  it('reports on the paths given, wherever it is started', async () => {
    expect(await findings('src/visits.ts')).toEqual([count]);
    expect(await findings('test', 'src/visits.ts')).toEqual([count, inTest]);
    const from = path.join(project.root, 'test');
    const { out } = await project.run(['check', '../src', '--format', 'json', '--cwd', from]);
    expect((JSON.parse(out) as JsonReport).findings.map(({ file }) => file)).toEqual(['../src/sessions.ts', '../src/visits.ts']);
  });

  it('exits by --fail-on', async () => {
    const code = async (...args: string[]): Promise<number | undefined> => (await project.run(['check', ...args])).code;
    expect(await code('src/visits.ts')).toBe(1);
    expect(await code('src/visits.ts', '--fail-on', 'error')).toBe(0);
    expect(await code('test')).toBe(0);
    expect(await code('test', '--fail-on', 'hint')).toBe(1);
    expect(await code('--fail-on', 'never')).toBe(0);
  });

  it('sets rules by --rule, and runs some alone', async () => {
    expect(await findings('--rule', 'no-keys=off')).toEqual([count]);
    expect(await findings('--rule', 'no-keys=hint', '--rule', 'range-for-count=error', 'src')).toEqual([keys.replace('error', 'hint'), count.replace('warning', 'error')]);
    expect(await findings('--rule', 'range-for-count')).toEqual([count]);
    expect(await findings('--include-tests')).toEqual([keys, count, inTest.replace('hint', 'warning')]);
  });

  it('reads keyscope.config.json, and says where it is wrong', async () => {
    project.write({ 'keyscope.config.json': '{ "rules": { "no-keys": "off" }, "tests": "include", "exclude": ["src/visits.ts"] }' });
    expect(await findings()).toEqual([]);
    project.write({ 'keyscope.config.json': '{\n  "rules": { "no-kees": "off" }\n}' });
    expect(await project.run(['check'])).toEqual({ code: 2, out: '', err: 'keyscope: keyscope.config.json:2:14 There is no rule "no-kees". Did you mean "no-keys"?\n' });
    project.write({ 'keyscope.config.json': '{}', 'src/keyscope.config.json': '[]' });
    expect(await project.run(['check'])).toEqual({ code: 2, out: '', err: 'keyscope: src/keyscope.config.json:1:1 The configuration is an object { … }, not [].\n' });
  });

  it('heeds comments, and reports those that do nothing', async () => {
    const text = readFileSync(path.join(project.root, 'src/sessions.ts'), 'utf8');
    project.write({ 'src/sessions.ts': text.replace('\tconst keys', '\t// keyscope-disable-next-line no-keys -- ten at most\n\tconst keys') });
    expect(await findings('src')).toEqual([count]);
    project.write({ 'src/sessions.ts': `// keyscope-disable range-for-count -- old\n${text}` });
    expect(await findings('src')).toEqual(['src/sessions.ts:1:21 hint unused-suppression', keys.replace('7:', '8:'), count]);
  });

  it('names files that do not parse, in every format, and gives them in JSON', async () => {
    project.write({ 'src/broken.ts': "import { redis } from './redis';\nexport async function f() {\n  await redis.keys('a:*';\n}\n" });
    for (const format of ['stylish', 'json', 'sarif', 'github']) {
      const { err } = await project.run(['check', '--format', format]);
      expect(err).toBe("1 file does not parse, so findings in it may be missing and fix leaves it alone: src/broken.ts:3:25 ')' expected.\n");
    }
    const { out } = await project.run(['check', '--format', 'json']);
    const { stats } = JSON.parse(out) as { stats: object };
    expect(stats).toMatchObject({ syntaxErrors: [{ file: 'src/broken.ts', line: 3, column: 25, message: "')' expected." }] });
    expect((await project.run(['check', 'src/visits.ts'])).err).toBe('');
  });

  it('says how far it is while it reads, collects and checks', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    try {
      const { err } = await project.run(['check'], { showsProgress: true });
      expect(err).toMatch(/Reading files: \d+.*Looking for Redis calls in 0\/\d+ files.*Checking 0\/4 files \(0 %\)/s);
      expect(err.endsWith('\r\u001b[K')).toBe(true);
      expect((await project.run(['check'])).err).toBe('');
    } finally {
      clock.mockRestore();
    }
  });

  it('says what a long run could do without', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 20_000));
    try {
      project.write({ 'apps/one/package.json': '{ "dependencies": { "ioredis": "^5" } }', 'apps/one/a.ts': 'export {};\n' });
      expect((await project.run(['check', 'apps/one/a.ts'])).err).toBe(`All 5 files under ${project.root} were the context; --cwd apps/one makes it that project alone.\n`);
      expect((await project.run(['check', 'src/visits.ts'])).err).toBe('');
    } finally {
      clock.mockRestore();
    }
  });

  it('says so where there is nothing to read', async () => {
    const empty = new TestProject({ 'README.md': '' });
    const { code, err } = await empty.run(['check']);
    expect([code, err]).toEqual([0, `There are no TypeScript or JavaScript files under ${empty.root} (besides .gitignore, installed packages, build output and "exclude").\n`]);
    empty.remove();
  });

  it('says why a path that was given is not looked at', async () => {
    project.write({ '.gitignore': 'gen\n', 'gen/a.ts': '', 'dist/b.js': '' });
    const { err } = await project.run(['check', 'gen', 'dist/b.js', 'package.json', 'src']);
    expect(err.split('\n').map((line) => line.replace(/ \(.*/, ''))).toEqual([
      'gen was not looked at: it is among what is left out',
      'dist/b.js was not looked at: it is among what is left out',
      'package.json is no TypeScript or JavaScript source file.',
      '',
    ]);
  });

  it.each<[string, string[], string]>([
    ['a path that is not there', ['check', 'nope'], 'There is no file or folder "nope"'],
    ['a folder that is not there', ['check', '--cwd', '/nope/nope'], 'there is no such folder'],
    ['an unknown rule', ['check', '--rule', 'no-kees=error'], 'There is no rule "no-kees". Did you mean "no-keys"?'],
    ['an unknown severity', ['check', '--rule', 'no-keys=errror'], 'Did you mean "error"?'],
    ['an unknown format', ['check', '--format', 'xml'], 'Allowed choices are stylish, json, sarif, github'],
    ['an unknown option', ['check', '--fromat', 'json'], 'Did you mean --format?'],
    ['an unknown command', ['chekc'], 'There is no command "chekc". Did you mean "check"?'],
    ['a path for a command', [process.cwd()], `did you mean keyscope check ${process.cwd()}?`],
    ['--fail-on with a misspelling', ['check', '--fail-on', 'warn'], 'Did you mean "warning"?'],
    ['--suggest without a rule', ['fix', '--suggest'], '--suggest --rule <rule>'],
    ['a baseline that is not there', ['check', '--baseline', 'none.json'], 'Add --write-baseline'],
    ['--write-baseline with no file', ['check', '--write-baseline'], '--write-baseline needs --baseline <file>'],
    ['--changed-since outside of git', ['check', '--changed-since', 'main'], 'needs a git repository'],
  ])('ends with 2 and a message that helps: %s', async (_, args, message) => {
    const { code, out, err } = await project.run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('has help for all commands', async () => {
    for (const args of [['--help'], ['check', '--help'], ['fix', '--help'], ['calls', '--help'], ['lsp', '--help'], ['help', 'check']]) {
      const { code, out } = await project.run(args);
      expect([args, code, out.startsWith('Usage: keyscope')]).toEqual([args, 0, true]);
    }
    const [ofCheck, ofCalls] = [await project.run(['check', '--help']), await project.run(['calls', '--help'])];
    expect(ofCheck.out).toContain('--include-tests');
    expect(ofCalls.out).not.toContain('--include-tests');
    expect(ofCheck.out).toMatch(/--no-cache {2,}analyse everything anew/);
    expect((await project.run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('baseline', () => {
  it('is written, and counts from then on', async () => {
    const written = await project.run(['check', '--baseline', 'keyscope-baseline.json', '--write-baseline']);
    expect(written).toEqual({ code: 0, out: '', err: '3 findings accepted in keyscope-baseline.json.\n' });
    expect(await findings('--baseline', 'keyscope-baseline.json')).toEqual([]);
    project.write({ 'keyscope.config.json': '{ "baseline": "keyscope-baseline.json" }', 'src/new.ts': "import { redis } from './redis';\nexport const all = () => redis.keys('*');\n" });
    expect(await findings()).toEqual(['src/new.ts:2:32 warning no-keys']);
    const { out } = await project.run(['check']);
    expect(out).toContain('3 accepted by the baseline');
    project.write({ 'src/visits.ts': '' });
    expect((await project.run(['check'])).err).toBe('The baseline accepts 1 finding that is gone; --write-baseline makes it anew.\n');
  });
  it('is that of the nearest configuration, as in the editor', async () => {
    project.write({ 'src/keyscope.config.json': '{ "baseline": "accepted.json" }' });
    expect((await project.run(['check'])).err).toContain('There is no baseline src/accepted.json.');
    await project.run(['check', '--baseline', 'src/accepted.json', '--write-baseline', 'src']);
    expect(await findings()).toEqual([inTest]);
  });
  it('that is broken is named', async () => {
    project.write({ 'b.json': '{ "version": 3 }' });
    expect((await project.run(['check', '--baseline', 'b.json'])).err).toBe('keyscope: The baseline b.json cannot be used: it is no baseline of version 1. Make it anew with --write-baseline.\n');
  });
});

describe('--changed-since', () => {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: project.root, stdio: 'pipe' });

  it('looks at files that the branch, the index and the working tree changed, and new ones', async () => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    expect(await findings('--changed-since', 'main')).toEqual([]);
    writeFileSync(path.join(project.root, 'src/visits.ts'), `${service['src/visits.ts'] ?? ''}// changed\n`);
    expect(await findings('--changed-since', 'main')).toEqual([count]);
    git('checkout', '--quiet', '-b', 'feature');
    git('commit', '--quiet', '-a', '-m', 'second');
    expect(await findings('--changed-since', 'main')).toEqual([count]);
    project.write({ 'src/ключ.ts': "import { redis } from './redis';\nexport const all = () => redis.keys('*');\n" });
    expect(await findings('--changed-since', 'main')).toEqual([count, 'src/ключ.ts:2:32 warning no-keys']);
    expect(await findings('--changed-since', 'main', 'test')).toEqual([]);
    const { code, err } = await project.run(['check', '--changed-since', 'mian']);
    expect([code, err.includes('git knows no such commit')]).toEqual([2, true]);
  });
});

describe('calls', () => {
  it('lists calls as JSON', async () => {
    const { out, code } = await project.run(['calls', '--format', 'json', 'src']);
    const { calls } = JSON.parse(out) as { calls: Record<string, unknown>[] };
    expect(code).toBe(0);
    expect(calls.map(({ file, line, column, command }) => `${String(file)}:${String(line)}:${String(column)} ${String(command)}`)).toEqual([
      'src/redis.ts:3:26 @construct',
      'src/redis.ts:4:7 @on',
      'src/sessions.ts:7:27 KEYS',
      'src/visits.ts:4:23 SMEMBERS',
    ]);
    expect(calls[3]).toEqual({
      file: 'src/visits.ts', line: 4, column: 23, command: 'SMEMBERS', dialect: 'ioredis', major: 5, receiver: 'client',
      client: expect.stringMatching(/^src\/redis\.ts#\d+$/) as unknown, db: null, prefix: null, confidence: 'type', keyPattern: 'visitors:*',
    });
  });
  it('lists them in columns', async () => {
    const { out } = await project.run(['calls', 'src/visits.ts']);
    expect(out).toBe('src/visits.ts:4:23  SMEMBERS  visitors:*  ioredis 5  client  type\n1 Redis call in 1 file\n');
  });
});
