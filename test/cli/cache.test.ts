/** A second run: what it says is what a run without a cache says, whatever has happened in between; and what it costs, in counts. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as facts from '../../src/analyzer/facts/calls/file-facts.ts';
import { diskSource } from '../../src/analyzer/program/disk-source.ts';
import type * as loading from '../../src/cli/load-analyzer.ts';
import { service, TestProject } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const analyses = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../src/cli/load-analyzer.ts', async (original) => {
  const { loadAnalyzer } = await original<typeof loading>();
  return {
    loadAnalyzer: (...given: Parameters<typeof loadAnalyzer>) => {
      analyses.count++;
      return loadAnalyzer(...given);
    },
  };
});

const collected = vi.hoisted(() => ({ files: [] as string[] }));
vi.mock('../../src/analyzer/facts/calls/file-facts.ts', async (original) => {
  const { fileFacts } = await original<typeof facts>();
  return {
    fileFacts: (...given: Parameters<typeof fileFacts>) => {
      collected.files.push(given[0].fileName);
      return fileFacts(...given);
    },
  };
});

const files: Record<string, string> = {
  ...service,
  'package.json': '{ "name": "service", "dependencies": { "ioredis": "^5", "express": "^4" } }',
  'src/model.ts': 'export interface Visit { id: string; at: number }\n',
  'src/save.ts': "import { redis } from './redis';\nimport type { Visit } from './model';\n\nexport const save = (visit: Visit) => redis.set(`visit:${visit.id}`, JSON.stringify(visit));\n",
  'src/plain.ts': "import { format } from './format';\n\nexport const shown = (n: number): string => format(n);\n",
  'src/format.ts': 'export const format = (n: number): string => n.toFixed(2);\n',
  'src/quiet.ts': '// keyscope-disable-next-line no-keys -- no longer\nexport const quiet = 1;\n',
  'src/both.ts': "export * from './plain';\nexport * from './format';\n",
  'src/late.ts': "import { shown } from './both';\nimport { clientFor } from '@lib/clients';\n\nexport const late = () => [shown(1), clientFor('a').keys('late:*')];\n",
  'lib/clients.ts': "import { Redis } from 'ioredis';\n\nexport const clientFor = (_: string) => new Redis();\n",
  'lib/other/clients.ts': 'export const clientFor = (_: string) => ({ keys: (pattern: string) => [pattern] });\n',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
  'generated/late.ts': "import { redis } from '../src/redis';\n\nexport const all = () => redis.keys('generated:*');\n",
};

let project: TestProject;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keyscope-cache-'));
  vi.stubEnv('KEYSCOPE_CACHE', folder);
  project = new TestProject(files);
});
afterEach(() => {
  project.remove();
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const check = ['check', '--format', 'json'];
const withoutTimes = (out: string): string => out.replace(/"(programFiles|ms|peakRssMb)": \d+/g, '"$1": 0').replace(/\d+\.\d s$/m, '');

/** Runs, and holds the output against that of a run without a cache. @returns whether the code was analysed, of which files facts were collected, and what was said */
async function run(args: readonly string[] = check): Promise<{ analysed: boolean; asked: string[]; out: string }> {
  const before = analyses.count;
  collected.files = [];
  const cached = await project.run(args);
  const analysed = analyses.count > before;
  const asked = collected.files.map((file) => path.relative(project.root, file)).sort();
  const fresh = await project.run([...args, '--no-cache']);
  expect({ ...cached, out: withoutTimes(cached.out) }).toEqual({ ...fresh, out: withoutTimes(fresh.out) });
  return { analysed, asked, out: withoutTimes(cached.out) };
}

const caches = (): string[] => readdirSync(folder).filter((name) => name.startsWith('analysis-')).map((name) => path.join(folder, name));
const inProject = (name: string): string => path.join(project.root, name);
const findingsOf = (out: string, file: string): string[] => (JSON.parse(out) as { findings: { file: string; rule: string }[] }).findings.filter((one) => one.file === file).map(({ rule }) => rule);

describe('a second run', () => {
  it.each([
    [check],
    [['check']],
    [['check', '--min-severity', 'hint']],
    [['check', '--format', 'sarif']],
    [['check', '--format', 'github']],
    [['check', '--rule', 'no-keys=error']],
    [['check', '--rule', 'range-for-count']],
    [['check', '--include-tests', '--fail-on', 'error']],
    [['check', 'src', '--format', 'json']],
    [['check', 'src', 'test']],
    [['check', 'src/visits.ts', '--format', 'json']],
  ])('%j says the same, and analyses nothing', async (args) => {
    const first = await run(args);
    const second = await run(args);
    expect([first.analysed, second.analysed]).toEqual([true, false]);
    expect(second.out).toBe(first.out);
  });

  it('answers in other formats too, and from where fixes need no edits', async () => {
    await run();
    expect((await run(['check'])).analysed).toBe(false);
    expect((await run(['check', '--format', 'sarif'])).analysed).toBe(false);
    expect((await run([...check, '--with-fixes'])).analysed).toBe(true);
    expect((await run(['check', '--format', 'json', '--rule', 'no-keys'])).analysed).toBe(true);
    expect((await run(['check', '--format', 'json', '--include-tests'])).analysed).toBe(true);
    expect((await run(['check', 'lib', '--format', 'json'])).analysed).toBe(false);
  });

  it('takes a baseline off what is kept', async () => {
    await project.run(['check', '--baseline', 'accepted.json', '--write-baseline']);
    const args = [...check, '--baseline', 'accepted.json'];
    await run(args);
    expect((await run(args)).analysed).toBe(false);
    writeFileSync(inProject('accepted.json'), '{ "version": 1, "findings": {} }');
    const { analysed, out } = await run(args);
    expect([analysed, findingsOf(out, 'src/sessions.ts')]).toEqual([false, ['no-keys']]);
  });

  it('answers for whatever paths, and for what git says has changed', async () => {
    project.write({ 'src/broken.ts': "import { redis } from './redis';\nconst (\nredis.keys('*');\n" });
    const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: project.root, stdio: 'pipe' });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    await run(['check', 'src/visits.ts', '--format', 'json']);
    for (const paths of [['src/sessions.ts'], ['test', 'src/redis.ts'], ['src/broken.ts'], ['--changed-since', 'main'], []]) {
      expect((await run([...check, ...paths])).analysed).toBe(false);
    }
    project.write({ 'src/visits.ts': "import { redis } from './redis';\nexport const all = () => redis.keys('*');\n" });
    await run();
    const { analysed, out } = await run([...check, '--changed-since', 'main']);
    expect([analysed, (JSON.parse(out) as { findings: { file: string }[] }).findings.map(({ file }) => file)]).toEqual([false, ['src/visits.ts']]);
    expect(caches()).toHaveLength(1);
  });

  it('opens no file but those that the report shows, once their stamps have settled', async () => {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await run();
    const read = vi.spyOn(diskSource, 'read');
    const before = analyses.count;
    const { out } = await project.run(check);
    const shown = new Set((JSON.parse(out) as { findings: { file: string }[] }).findings.map(({ file }) => inProject(file)));
    expect(analyses.count).toBe(before);
    expect(new Set(read.mock.calls.map(([file]) => file))).toEqual(shown);
  });

  it('with --no-cache neither reads nor writes one', async () => {
    await project.run([...check, '--no-cache']);
    expect(readdirSync(folder)).toEqual([]);
    await project.run(check);
    const before = analyses.count;
    await project.run([...check, '--no-cache']);
    expect(analyses.count).toBe(before + 1);
  });
});

describe('what stands', () => {
  it('is the outcome of a file that has no tie to Redis and imports what it did', async () => {
    await run();
    appendFileSync(inProject('src/unrelated.ts'), 'export const one = 1;\n');
    expect((await run()).analysed).toBe(true);
    writeFileSync(inProject('src/unrelated.ts'), 'export const one = 2;\nexport const two = 2;\n');
    expect((await run()).analysed).toBe(false);
    expect((await run()).analysed).toBe(false);
  });

  it('is not that of one that begins to import, to declare for all, or to suppress', async () => {
    for (const text of ["export { redis } from './redis';\n", 'declare global { var redis: number }\n', '// keyscope-disable no-keys\n']) {
      project.write({ 'src/unrelated.ts': 'export const one = 1;\n' });
      await run();
      project.write({ 'src/unrelated.ts': text });
      expect((await run()).analysed).toBe(true);
    }
  });

  it('goes with a file that is touched, and not changed', async () => {
    await run();
    for (const name of Object.keys(files)) utimesSync(inProject(name), new Date(), new Date());
    expect((await run()).analysed).toBe(false);
  });
});

describe('after a change of a file that sends commands', () => {
  const severityOf = (out: string, file: string): string | undefined => (JSON.parse(out) as { findings: { file: string; severity: string }[] }).findings.find((one) => one.file === file)?.severity;

  it('asks about that file alone', async () => {
    await run();
    appendFileSync(inProject('src/visits.ts'), "export const all = () => redis.keys('*');\n");
    const { asked, out } = await run();
    expect([asked, findingsOf(out, 'src/visits.ts')]).toEqual([['src/visits.ts'], ['range-for-count', 'no-keys']]);
    expect((await run()).analysed).toBe(false);
    project.write({ 'src/visits.ts': files['src/visits.ts'] ?? '' });
    expect((await run()).asked).toEqual(['src/visits.ts']);
  });

  it('asks about those that see a type which changed', async () => {
    await run();
    project.write({ 'src/model.ts': 'export type Visit = { id: string; at: number } | null;\n' });
    const { asked, out } = await run();
    expect([asked, findingsOf(out, 'src/save.ts')]).toEqual([['src/save.ts'], []]);
  });

  it('finds a loop that begins to call what sends a command, though nobody called it before', async () => {
    project.write({ 'src/loop.ts': "import { save } from './save';\n\nexport const first = save;\n" });
    await run();
    project.write({ 'src/loop.ts': "import { save } from './save';\n\nexport async function all(visits: never[]) {\n  for (const visit of visits) await save(visit);\n}\n" });
    const { asked, out } = await run();
    expect([asked.includes('src/visits.ts'), findingsOf(out, 'src/loop.ts')]).toEqual([false, ['no-command-in-loop']]);
    project.write({ 'src/loop.ts': "import { save } from './save';\n\nexport const first = save;\n" });
    expect(findingsOf((await run()).out, 'src/loop.ts')).toEqual([]);
  });

  it('finds a loop over a function that begins to send a command', async () => {
    // The comment: with the first call in a text of what is named for Redis, everything is asked again.
    project.write({ 'src/touch.ts': "import { redis } from './redis';\n\n// redis.persist(id)\nexport const touch = async (id: string) => id + typeof redis;\n", 'src/loop.ts': "import { touch } from './touch';\n\nexport async function all(ids: string[]) {\n  for (const id of ids) await touch(id);\n}\n" });
    await run();
    project.write({ 'src/touch.ts': "import { redis } from './redis';\n\nexport const touch = async (id: string) => redis.persist(id);\n" });
    const { asked, out } = await run();
    expect([asked.includes('src/visits.ts'), findingsOf(out, 'src/loop.ts')]).toEqual([false, ['no-command-in-loop']]);
  });

  it('judges what is stored under a key by a file that begins to read it', async () => {
    project.write({ 'src/read.ts': "import { redis } from './redis';\n\nexport const read = (id: string) => redis.get(`other:${id}`);\n" });
    expect(severityOf((await run()).out, 'src/save.ts')).toBe('information');
    project.write({ 'src/read.ts': "import { redis } from './redis';\n\nexport const read = async (id: string) => (JSON.parse((await redis.get(`visit:${id}`)) ?? '{}') as { at: number }).at;\n" });
    const { asked, out } = await run();
    expect([asked, severityOf(out, 'src/save.ts')]).toEqual([['src/read.ts', 'src/save.ts'], 'warning']);
  });

  it('still knows who calls what stores, where a loop begins to call another function of that file', async () => {
    project.write({
      'src/store.ts': "import { redis } from './redis';\n\nexport async function put(key: string, value: unknown) {\n  await redis.set(`put:${key}`, JSON.stringify(value));\n  await redis.sadd('puts', key);\n}\nexport const loadOne = (id: string) => redis.get(`one:${id}`);\n",
      'src/put-visit.ts': "import type { Visit } from './model';\nimport { put } from './store';\n\nexport const putVisit = (visit: Visit) => put(visit.id, visit);\n",
      'src/load.ts': "import { loadOne } from './store';\n\nexport const load = async (ids: string[]) => [ids, await loadOne('')];\n",
    });
    expect(findingsOf((await run()).out, 'src/put-visit.ts')).toEqual(['prefer-hash-over-json']);
    project.write({ 'src/load.ts': "import { loadOne } from './store';\n\nexport async function load(ids: string[]) {\n  for (const id of ids) await loadOne(id);\n}\n" });
    const { out } = await run();
    expect([findingsOf(out, 'src/put-visit.ts'), findingsOf(out, 'src/load.ts')]).toEqual([['prefer-hash-over-json'], ['no-command-in-loop']]);
    appendFileSync(inProject('src/visits.ts'), '\n');
    expect((await run()).out).toBe(out);
  });

  it.each([
    ['export default async function loadOne(id: string): Promise<string | null> { return await redis.get(`one:${id}`); }', "load from './one'"],
    ['export default async function (id: string): Promise<string | null> { return await redis.get(`one:${id}`); }', "load from './one'"],
    ['const loadOne = async (id: string): Promise<string | null> => await redis.get(`one:${id}`);\nexport default loadOne;', "load from './one'"],
    ['export default async function loadOne(id: string): Promise<string | null> { return await redis.get(`one:${id}`); }', "load from './barrel'"],
  ])('finds a loop that begins to call a default export by a name of its own: %s %s', async (text, imported) => {
    const loop = (call: string): string => `import ${imported};\n\nexport const ref = load;\nexport async function all(ids: string[]) {\n  for (const id of ids) await ${call};\n}\n`;
    project.write({ 'src/one.ts': `import { redis } from './redis';\n\n${text}\n`, 'src/barrel.ts': "export { default } from './one';\n", 'src/loop.ts': loop('Promise.resolve(id)') });
    await run();
    project.write({ 'src/loop.ts': loop('load(id)') });
    const { asked, out } = await run();
    expect([asked.includes('src/visits.ts'), findingsOf(out, 'src/loop.ts')]).toEqual([false, ['no-command-in-loop']]);
  });

  it('asks about all where it imports something else, or is seen without an import', async () => {
    const { asked: all } = await run(check);
    for (const text of ["import { redis } from './redis';\nimport './plain';\n", "import { redis } from './redis';\ndeclare global { var visited: typeof redis }\n"]) {
      project.write({ 'src/visits.ts': text });
      expect((await run()).asked).toEqual(all);
    }
  });

  it('plans anew only the fixes of what it asked about, and edits for all', async () => {
    await run();
    appendFileSync(inProject('src/visits.ts'), '\n');
    expect((await run()).asked).toEqual(['src/visits.ts']);
    appendFileSync(inProject('src/visits.ts'), '\n');
    const { asked } = await run([...check, '--with-fixes']);
    expect(asked.length).toBeGreaterThan(3);
  });
});

describe('never misses', () => {
  const cases: [what: string, change: () => void][] = [
    ['a change of a file that sends commands', () => appendFileSync(inProject('src/visits.ts'), "export const all = () => redis.keys('*');\n")],
    ['a change of the line above a finding', () => writeFileSync(inProject('src/sessions.ts'), `\n${files['src/sessions.ts'] ?? ''}`)],
    ['a type in another file', () => project.write({ 'src/model.ts': 'export interface Visit { id: string; at: number; deep: { x: Map<string, string> } }\n' })],
    ['a path of the tsconfig', () => project.write({ 'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/other/*"] } } }' })],
    ['a tsconfig nearer by', () => project.write({ 'src/tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["../lib/other/*"] } } }' })],
    ['the major of a client', () => project.write({ 'package.json': '{ "name": "service", "dependencies": { "ioredis": "^4", "express": "^4" } }' })],
    ['an installed client', () => project.write({ 'node_modules/ioredis/package.json': '{ "name": "ioredis", "version": "5.1.0" }' })],
    ['a configuration', () => project.write({ 'keyscope.config.json': '{ "rules": { "no-keys": "off" } }' })],
    ['a configuration of one folder', () => project.write({ 'lib/keyscope.config.json': '{ "rules": { "no-client-per-request": "off" } }', 'src/keyscope.config.json': '{ "rules": { "no-keys": "hint" } }' })],
    ['what git ignores', () => {
      mkdirSync(inProject('.git'));
      project.write({ '.gitignore': 'generated/\n' });
    }],
    ['a new file', () => project.write({ 'src/more.ts': "import { redis } from './redis';\nexport const more = () => redis.keys('more:*');\n" })],
    ['a new file that another one meant', () => project.write({ 'src/redis.tsx': 'export const redis = 1;\n', 'src/redis/index.ts': 'export const redis = 1;\n' })],
    ['a new file in place of the one that was meant', () => project.write({ 'lib/clients.d.ts': 'export declare const clientFor: (_: string) => number;\n', 'lib/clients/index.ts': '' })],
    ['a removed file', () => rmSync(inProject('lib/clients.ts'))],
    ['a file that became a folder', () => {
      rmSync(inProject('src/redis.ts'));
      project.write({ 'src/redis.ts/index.ts': 'export const redis = 1;\n' });
    }],
    ['a name that moved behind a barrel', () => project.write({ 'src/format.ts': "import { redis } from './redis';\nexport const shown = () => redis.keys('*');\nexport const format = String;\n", 'src/plain.ts': 'export const other = 1;\n' })],
    ['a suppression', () => project.write({ 'src/sessions.ts': `// keyscope-disable no-keys\n${files['src/sessions.ts'] ?? ''}` })],
    ['a syntax error', () => appendFileSync(inProject('src/visits.ts'), 'const (\n')],
  ];

  it.each(cases)('%s', async (_, change) => {
    await run();
    change();
    const { analysed, out } = await run();
    expect(analysed).toBe(true);
    const again = await run();
    expect([again.analysed, again.out]).toEqual([false, out]);
  });

  it('another text of a configuration, or of what it extends', async () => {
    project.write({ 'keyscope.config.json': '{ "extends": ["./shared.json"], "rules": {} }', 'shared.json': '{ "rules": { "no-keys": "error" } }' });
    await run();
    project.write({ 'shared.json': '{ "rules": { "no-keys": "hint" } }' });
    expect((await run()).analysed).toBe(true);
    project.write({ 'keyscope.config.json': '{ "extends": ["./shared.json"], "rules": { "no-keys": "off" } }' });
    const { analysed, out } = await run();
    expect([analysed, findingsOf(out, 'src/sessions.ts')]).toEqual([true, []]);
    project.write({ 'keyscope.config.json': '{ "rules": { "no-kees": "off" } }' });
    expect((await project.run(check)).err).toContain('Did you mean "no-keys"?');
  });

  it('what lies above the root', async () => {
    project.write({ 'app/src/a.ts': "import { clientFor } from '@lib/clients';\nexport const a = () => clientFor('a').keys('*');\n", 'app/src/clients.ts': "import { Redis } from 'ioredis';\nexport const clientFor = (_: string) => new Redis();\n" });
    rmSync(inProject('tsconfig.json'));
    const args = [...check, '--cwd', inProject('app')];
    expect(findingsOf((await run(args)).out, 'src/a.ts')).toEqual([]);
    project.write({ 'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./app/src/*"] } } }' });
    expect(findingsOf((await run(args)).out, 'src/a.ts')).toContain('no-keys');
    project.write({ 'keyscope.config.json': '{ "rules": { "no-keys": "off" } }' });
    expect(findingsOf((await run(args)).out, 'src/a.ts')).not.toContain('no-keys');
    mkdirSync(inProject('.git'));
    project.write({ '.gitignore': 'a.ts\n' });
    expect((await run(args)).analysed).toBe(true);
    expect((await run(args)).analysed).toBe(false);
  });

  it('what a type in another file does to a finding', async () => {
    expect(findingsOf((await run()).out, 'src/save.ts')).toEqual(['prefer-hash-over-json']);
    project.write({ 'src/model.ts': 'export type Visit = { id: string; at: number } | null;\n' });
    expect(findingsOf((await run()).out, 'src/save.ts')).toEqual([]);
  });

  it('an edit of the same length within the same moment', async () => {
    project.write({ 'src/visits.ts': (files['src/visits.ts'] ?? '').replace('smembers', 'lrange_0') });
    await run();
    const { atime, mtime } = statSync(inProject('src/visits.ts'));
    project.write({ 'src/visits.ts': (files['src/visits.ts'] ?? '').replace('smembers', 'smembers') });
    utimesSync(inProject('src/visits.ts'), atime, mtime);
    const { analysed, out } = await run();
    expect([analysed, findingsOf(out, 'src/visits.ts')]).toEqual([true, ['range-for-count']]);
  });

  it('a link that leads elsewhere', async () => {
    project.write({ 'elsewhere/a/package.json': '{ "version": "4.0.0" }', 'elsewhere/b/package.json': '{ "version": "5.0.0" }', 'package.json': '{ "dependencies": { "ioredis": "*" } }' });
    mkdirSync(inProject('node_modules'));
    symlinkSync(inProject('elsewhere/a'), inProject('node_modules/ioredis'));
    await run();
    rmSync(inProject('node_modules/ioredis'));
    symlinkSync(inProject('elsewhere/b'), inProject('node_modules/ioredis'));
    expect((await run()).analysed).toBe(true);
  });
});

describe('a cache that is of no use', () => {
  const damages: [what: string, damage: (bytes: Buffer) => Buffer | string][] = [
    ['cut off', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => ''],
    ['text of another kind', () => 'not a cache\n'],
    ['with one bit turned', (bytes) => {
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
      return bytes;
    }],
  ];

  it.each(damages)('is ignored and rewritten: %s', async (_, damage) => {
    const { out } = await run();
    const [file = ''] = caches();
    const bytes = readFileSync(file);
    writeFileSync(file, damage(Buffer.from(bytes)));
    const second = await run();
    expect([second.analysed, second.out]).toEqual([true, out]);
    expect((await run()).analysed).toBe(false);
  });

  it('is that of another root', async () => {
    await run();
    const [file = ''] = caches();
    const other = new TestProject({ 'src/a.ts': 'export const a = 1;\n' });
    try {
      await other.run(check);
      const [theirs = ''] = caches().filter((each) => each !== file);
      writeFileSync(theirs, readFileSync(file));
      const before = analyses.count;
      const { out } = await other.run(check);
      expect([analyses.count - before, (JSON.parse(out) as { findings: unknown[] }).findings]).toEqual([1, []]);
    } finally {
      other.remove();
    }
  });

  it('is one that cannot be read or written', async () => {
    vi.stubEnv('KEYSCOPE_CACHE', path.join(inProject('package.json'), 'cache'));
    expect((await run()).analysed).toBe(true);
    expect((await run()).analysed).toBe(true);
    vi.stubEnv('KEYSCOPE_CACHE', folder);
    chmodSync(folder, 0o555);
    await run();
    await run();
  });
});
