/** After any edit a file's findings are those that an analyzer finds which has never seen another text: what is kept between edits is never wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree, type GeneratedTree } from '../../bench/analyzer/generate-tree.ts';
import type { Analyzer, AnalyzerOptions } from '../../src/analyzer/analyzer.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';
import type { Finding } from '../../src/analyzer/finding.ts';

const repository = resolve(import.meta.dirname, '../..');

function options(root: string): AnalyzerOptions {
  return { root, configFor: () => ({ rules: {}, include: [], exclude: [] }) };
}

/** All of a finding but the objects. @param analyzer where the fixes are wanted too: they are planned anew, and little of what was kept is used again */
function said(findings: readonly Finding[], analyzer?: Analyzer): string[] {
  return findings.map((finding) => {
    const fixes = analyzer?.fixes(finding).map(({ title, edits }) => `${title} ${edits.map(({ start, end, text }) => `${start}-${end} ${text}`).join()}`);
    return `${finding.start}-${finding.end} ${finding.rule} ${finding.severity} ${finding.message} ${finding.related.map(({ file, start }) => `${file}:${start}`).join()} ${fixes?.join('|') ?? ''}`;
  });
}

interface Edit {
  what: string;
  change(text: string): string;
}

/** Statements put where a function's body begins, one after the other, into every so-manieth function. */
const inserted = [
  "await redis.get('probe:1');",
  "for (const one of ['a', 'b']) await redis.set(`probe:${one}`, '1');",
  "const all = await redis.smembers('probe:all'); if (all.length > 3) return undefined as never;",
  "await redis.keys('probe:*');",
  "await redis.set('probe:2', JSON.stringify({ id: '1', name: 'x' }));",
  "await redis.hset('probe:3', 'a', '1'); await redis.expire('probe:3', 60);",
  "// keyscope-disable-next-line no-keys -- asked for\n  await redis.keys('probe:*');",
  'const half = (',
];

function bodies(text: string): number[] {
  return [...text.matchAll(/^ *(?:export )?(?:async )?(?:function )?#?\w+\(.*\).*\{\n/gm)].map(({ 0: line, index }) => index + line.length);
}

/** The same on every run. */
function edits(text: string, count: number): Edit[] {
  const places = bodies(text);
  const list = Array.from({ length: count }, (_, turn): Edit => {
    const statement = inserted[turn % inserted.length] ?? '';
    const at = places[(turn * 5) % places.length] ?? 0;
    return { what: `${statement} at ${at}`, change: (from) => `${from.slice(0, at)}  ${statement}\n${from.slice(at)}` };
  });
  return [
    ...list,
    { what: 'a renamed function', change: (from) => from.replace(/function (\w+)/, 'function renamed$1') },
    { what: 'a new function', change: (from) => `${from}\nexport async function added(): Promise<void> {\n  await redis.keys('added:*');\n}\n` },
    { what: 'a removed import', change: (from) => from.replace(/^import .*\n/m, '') },
    { what: 'a line before everything', change: (from) => `// first\n${from}` },
    { what: 'nothing left', change: () => '' },
  ];
}

async function expectAsNew(root: string, file: string, count: number, keepsEdits: boolean): Promise<void> {
  const analyzer = createAnalyzer(options(root));
  await analyzer.check();
  let text = readFileSync(file, 'utf8');
  const original = text;
  for (const [turn, { what, change }] of edits(original, count).entries()) {
    text = change(keepsEdits ? text : original);
    analyzer.setText(file, text);
    const fresh = createAnalyzer(options(root));
    fresh.setText(file, text);
    const withFixes = turn % 4 === 3;
    expect(said(analyzer.checkFile(file), withFixes ? analyzer : undefined), what).toEqual(said(fresh.checkFile(file), withFixes ? fresh : undefined));
  }
  analyzer.setText(file, original);
  const whole = createAnalyzer(options(root));
  const [after, before] = [await analyzer.check(), await whole.check()];
  expect(said(after.findings, analyzer)).toEqual(said(before.findings, whole));
  expect(after.findings.length).toBeGreaterThan(0);
}

describe('examples/shop', () => {
  const root = join(repository, 'examples/shop');
  it.each(['storefront/catalogue.ts', 'storefront/cart.ts', 'backoffice/orders.ts', 'backoffice/reports.ts', 'worker/worker.js'].map((file) => [file]))('%s', async (file) => {
    await expectAsNew(root, join(root, file), 8, false);
  }, 120_000);
});

describe('a generated tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyscope-edits-'));
  let tree: GeneratedTree;
  beforeAll(() => {
    tree = generateTree(root, 50);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('a large file', () => expectAsNew(root, tree.large, 24, false), 240_000);
  it('a small file, edit upon edit', () => expectAsNew(root, tree.small, 6, true), 120_000);
});

describe('what an edit says of code that it does not touch', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyscope-elsewhere-'));
  const write = (file: string, text: string): string => {
    writeFileSync(join(root, file), text);
    return join(root, file);
  };
  beforeAll(() => {
    write('package.json', '{ "dependencies": { "ioredis": "^5.0.0" } }');
    write('redis.ts', "import { Redis } from 'ioredis';\nexport const redis = new Redis();\n");
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const own = (body: string): string => `import { redis } from './redis';\n\nexport async function load(id: string): Promise<unknown> {\n${body}}\n\nexport async function count(): Promise<number> {\n  return redis.dbsize();\n}\n\nexport async function all(ids: string[]): Promise<void> {\n  for (const id of ids) {\n    await load(id);\n  }\n}\n`;

  it.each([
    ['a helper begins to send a command', "  await Promise.resolve(id);\n  return undefined;\n", "  const found = await redis.get(id);\n  return found;\n"],
    ['a helper stops to send one', "  const found = await redis.get(id);\n  return found;\n", "  await Promise.resolve(id);\n  return undefined;\n"],
    ['a helper sends two', "  const found = await redis.get(id);\n  return found;\n", "  const found = await redis.get(id);\n  await redis.set(id, 'x');\n  return found;\n"],
  ])('%s', async (_, before, after) => {
    const file = write('own.ts', own(before));
    const analyzer = createAnalyzer(options(root));
    await analyzer.check();
    analyzer.setText(file, own(`${before.slice(0, -1)} \n`));
    analyzer.checkFile(file);
    analyzer.setText(file, own(after));
    const fresh = createAnalyzer(options(root));
    fresh.setText(file, own(after));
    expect(said(analyzer.checkFile(file))).toEqual(said(fresh.checkFile(file)));
  });

  const stores = [
    "import { redis } from './redis';",
    'export class Repo {\n  async one(id: string): Promise<string | null> {\n    return await redis.get(`a:${id}`);\n  }\n}',
    'export class Fake {\n  async one(id: string): Promise<string | null> {\n    return id;\n  }\n}',
    "import { Redis } from 'ioredis';",
    'export class Opener {\n  async open(): Promise<void> {\n    const own = new Redis();\n    await own.quit();\n  }\n}',
    'export class Closed {\n  async open(): Promise<void> {\n    await Promise.resolve();\n  }\n}',
  ].join('\n');
  const user = (local: string, shared: string, handled: string): string => [
    "import { redis } from './redis';",
    "import { Repo, Fake, Opener, Closed } from './stores';",
    'declare const app: { get(path: string, handler: (req: unknown, res: unknown) => Promise<void>): void };',
    `const repo = new ${shared}();`,
    `export async function run(ids: string[]): Promise<void> {\n  const load: ${local} = undefined as never;\n  const n = 1;\n  for (const id of ids) {\n    await load.one(id);\n  }\n}`,
    'export async function all(ids: string[]): Promise<void> {\n  for (const id of ids) await repo.one(id);\n}',
    `const handler = async (req: unknown, res: unknown): Promise<void> => {\n  const opener: ${handled} = undefined as never;\n  await opener.open();\n};\napp.get('/x', handler);`,
    "export async function other(): Promise<void> {\n  await redis.get('b');\n}",
    '',
  ].join('\n');
  type Types = readonly [local: string, shared: string, handled: string];
  const before: Types = ['Repo', 'Repo', 'Opener'];
  const after: Types = ['Fake', 'Fake', 'Closed'];
  const changes: readonly (readonly [what: string, changed: Types])[] = [
    ['of a local', [after[0], before[1], before[2]]],
    ['of the module', [before[0], after[1], before[2]]],
    ['of a local in a handler', [before[0], before[1], after[2]]],
    ['of all', after],
  ];
  it.each(changes)('what a place runs changes with the type %s, there and back', async (_, changed) => {
    write('stores.ts', stores);
    const file = write('user.ts', user(...before));
    const analyzer = createAnalyzer(options(root));
    await analyzer.check();
    for (const types of [before, changed, before, changed, before]) {
      const text = user(...types);
      analyzer.setText(file, text);
      const fresh = createAnalyzer(options(root));
      fresh.setText(file, text);
      for (const each of [file, join(root, 'stores.ts')]) expect(said(analyzer.checkFile(each)), types.join()).toEqual(said(fresh.checkFile(each)));
    }
    expect(said(analyzer.checkFile(file)).join()).toContain('no-command-in-loop');
    expect(said(analyzer.checkFile(join(root, 'stores.ts'))).join()).toContain('no-client-per-request');
  });

  it('helpers of helpers are known to a file that is checked alone', async () => {
    const file = write('far.ts', "import { redis } from './redis';\n\nasync function near(id: string): Promise<string | null> {\n  return redis.get(id);\n}\nasync function far(id: string): Promise<string | null> {\n  return near(id);\n}\nexport async function all(ids: string[]): Promise<void> {\n  for (const id of ids) await far(id);\n}\n");
    const whole = createAnalyzer(options(root));
    const { findings } = await whole.check();
    const alone = createAnalyzer(options(root)).checkFile(file);
    expect(said(alone)).toEqual(said(findings.filter((finding) => finding.file === file)));
    expect(alone.map(({ rule }) => rule)).toContain('no-command-in-loop');
  });

  it('a client keeps its name when the constructor that takes it is edited', async () => {
    const text = (typed: string, more: string): string => `import type { Redis } from 'ioredis';\n\nexport class Sessions {\n  constructor(private readonly redis: Redis) {\n    void 0;${typed}\n  }\n\n  async touch(id: string): Promise<void> {\n    await this.redis.expire(id, 60);\n  }\n\n  async open(id: string): Promise<void> {\n    await this.redis.set(id, 'x');${more}\n    await this.touch(id);\n  }\n}\n`;
    const file = write('sessions.ts', text('', ''));
    const analyzer = createAnalyzer(options(root));
    await analyzer.check();
    for (const edited of [text(' void 1;', ''), text(' void 1;', ' void 2;')]) {
      analyzer.setText(file, edited);
      const fresh = createAnalyzer(options(root));
      fresh.setText(file, edited);
      const found = said(analyzer.checkFile(file));
      expect(found).toEqual(said(fresh.checkFile(file)));
      expect(found.join()).toContain('set-then-expire');
    }
  });
});

describe('what a container hands out', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyscope-injected-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const head = "import { Inject, Injectable, Module } from '@nestjs/common';\nimport { Redis } from 'ioredis';\n";
  const module = (providers: string): string => `${head}@Module({ providers: [${providers}] })\nexport class AppModule {}\n`;
  const jobs = (given: string, body = "return this.redis.brpop('j', 0);"): string => `${head}@Injectable()\nexport class Jobs {\n  constructor(${given}) {}\n  next(): unknown {\n    ${body}\n  }\n}\n`;
  const other = (given: string, body: string): string => `${head}@Injectable()\nexport class Other {\n  constructor(${given}) {\n    ${body}\n  }\n  list(): unknown {\n    return this.redis.keys('product:*');\n  }\n}\n`;
  const of = (token: string): string => `@Inject('${token}') private readonly redis: Redis`;
  const made = (options: string, token = 'R'): string => `{ provide: '${token}', useFactory: () => new Redis(${options}) }`;
  /** Of each file the texts that it comes to have, one after the other. */
  const texts: Record<string, string[]> = {
    'app.module.ts': [module(''), module(made("{ keyPrefix: 'a:' }")), module(made('{ db: 1 }')), module(`${made('', 'S')}, { provide: 'R', useExisting: 'S' }`), module(`${made('')}, ${made('')}`), module(made("{ keyPrefix: 'a:' }"))],
    'b.module.ts': [`${head}export const b = 1;\n`, module(made('')), `${head}// provide\nexport const b = 1;\n`],
    'jobs.ts': [jobs(of('R')), jobs(of('S')), jobs(of('R'), 'return this.redis.ping();'), jobs('private readonly redis: Redis'), jobs(of('R'))],
    'other.ts': [other(of('R'), ''), other(of('R'), "redis.on('error', console.error);"), other(of('S'), ''), other(of('R'), '')],
  };

  it('after an edit of any of its files', async () => {
    writeFileSync(join(root, 'package.json'), '{ "dependencies": { "ioredis": "^5.0.0" } }');
    const now = new Map(Object.entries(texts).map(([file, [first = '']]) => [join(root, file), first]));
    for (const [file, text] of now) writeFileSync(file, text);
    const analyzer = createAnalyzer(options(root));
    await analyzer.check();
    const seen = new Set<string>();
    const edits = Object.entries(texts).flatMap(([file, all]) => all.map((text) => [join(root, file), text] as const));
    for (const [file, text] of [...edits, ...edits.toReversed()]) {
      now.set(file, text);
      analyzer.setText(file, text);
      const fresh = createAnalyzer(options(root));
      for (const [name, one] of now) fresh.setText(name, one);
      for (const each of now.keys()) {
        const found = analyzer.checkFile(each);
        for (const { rule } of found) seen.add(rule);
        expect(said(found), `${each} after ${text}`).toEqual(said(fresh.checkFile(each)));
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['blocking-on-shared-client', 'key-prefix-pattern', 'missing-error-listener']));
  }, 120_000);
});
