import { describe, expect, it } from 'vitest';
import type { Fix } from '../../../src/analyzer/finding.ts';
import { applyEdits, editsByFile } from '../../../src/analyzer/fixes/edits.ts';
import { renderTemplate } from '../../../src/client-template/render.ts';
import { withProject } from '../../support/analyze.ts';

/** The fixes of the first finding, and every file as the first of them leaves it. What they do when run is proven in test/fixes. */
async function fixed(files: Record<string, string>, sharedClientFolder?: string): Promise<{ fixes: Fix[]; texts: Record<string, string>; findings: number; messages: string[] }> {
  return withProject(files, async (analyzer, root) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'no-client-per-request');
    const fixes = findings[0] ? analyzer.fixes(findings[0]) : [];
    const texts: Record<string, string> = {};
    for (const [file, edits] of editsByFile(fixes[0]?.edits ?? [])) texts[file.slice(root.length + 1)] = applyEdits(analyzer.text(file), edits);
    return { fixes, texts, findings: findings.length, messages: findings.map(({ message }) => message) };
  }, (root) => (sharedClientFolder === undefined ? {} : { sharedClientFolder: `${root}/${sharedClientFolder}` }));
}

const ioredis = "import Redis from 'ioredis';\n";
const shared = `${ioredis}export const redis = new Redis('redis://cache:6379/1');\n`;
const handler = (body: string, head = `${ioredis}import './redis';\n`): string => `${head}export async function show(req: { id: string }, res: { json(x: unknown): void }) {\n${body}\n}\n`;

describe('is not offered where', () => {
  const own = "  const client = new Redis('redis://cache:6379/1');\n";
  it.each<[string, Record<string, string>, string]>([
    ['the target depends on the request', { 'redis.ts': shared, 'a.ts': handler('  const client = new Redis({ host: req.id });\n  await client.get("x");\n  await client.quit();') }, 'what it connects to depends on each run'],
    ['it selects another database', { 'redis.ts': shared, 'a.ts': handler(`${own}  await client.select(2);\n  await client.get('x');\n  await client.quit();`) }, '`client` is changed for everybody by `select`'],
    ['it waits for an event', { 'redis.ts': shared, 'a.ts': handler(`${own}  client.on('ready', () => res.json(1));\n  await client.quit();`) }, '`client` has a listener'],
    ['it is given to code that is not known', { 'redis.ts': shared, 'a.ts': handler(`${own}  await lock(client);\n  await client.quit();\n}\ndeclare function lock(x: unknown): Promise<void>;\n{`) }, '`client` is given to `lock`'],
    ['it is given to a function that closes it', { 'redis.ts': shared, 'a.ts': handler(`${own}  await use(client);\n}\nasync function use(one: Redis) {\n  await one.get('x');\n  await one.quit();`) }, '`client` is given to `use`'],
    ['it is assigned again', { 'redis.ts': shared, 'a.ts': handler(`${own.replace('const', 'let')}  client = new Redis();\n  await client.get('x');\n  await client.quit();`) }, '`client` is kept'],
    ['the reply of closing is used', { 'redis.ts': shared, 'a.ts': handler(`${own}  await client.get('x');\n  res.json(await client.quit());`) }, '`client` is closed in a way'],
    ['the shared name means something else there', { 'redis.ts': shared, 'a.ts': handler(`  const redis = 'here';\n${own}  res.json([redis, await client.get('x')]);\n  await client.quit();`, `${ioredis}import { redis } from './redis';\nvoid redis.ping();\n`) }, '`redis` means something else'],
    ['the target depends on an argument that depends on the request', { 'a.ts': handler("  const client = open(req.id);\n  await client.get('x');\n  await client.quit();\n}\nfunction open(host: string) {\n  return new Redis({ host });", ioredis) }, 'what it connects to depends on each run'],
    ['the target depends on what a class is given per request', { 'a.ts': handler("  res.json(await new Store(req.id).get());\n}\nclass Store {\n  private readonly redis = new Redis({ host: this.tenant });\n  constructor(private readonly tenant: string) {}\n  get() {\n    return this.redis.get('x');\n  }", ioredis) }, 'what it connects to depends on each run'],
    ['it is kept', { 'a.ts': handler("  const client = new Redis();\n  const both = [client];\n  await both[0].get('x');\n  await client.quit();", ioredis) }, '`client` is kept, or handed on'],
    ['it is given to a callback that keeps it', { 'a.ts': handler("  await using((one) => { kept = one; });\n}\nlet kept: unknown;\nasync function using(work: (one: Redis) => void) {\n  const client = new Redis();\n  work(client);\n  await client.quit();", ioredis) }, '`client` is given to `work`'],
    ['it blocks, elsewhere than the shared one', { 'redis.ts': shared, 'a.ts': handler("  const client = new Redis({ db: 3 });\n  await client.blpop('x', 1);\n  await client.quit();") }, 'it blocks or listens, and has other options'],
    ['it blocks on the spot', { 'a.ts': handler("  res.json(await new Redis().blpop('x', 1));", ioredis) }, 'it blocks or listens, and nothing closes it'],
    ['it is a class of its own', { 'a.ts': handler("  const client = new Cache();\n  await client.get('x');\n  await client.quit();\n}\nclass Cache extends Redis {\n  more() {}", ioredis) }, 'a class of its own is made'],
    ['it is a cluster, and none is shared', { 'a.ts': handler("  const client = new Redis.Cluster(['a']);\n  await client.get('x');\n  await client.quit();", ioredis) }, 'the project has no shared cluster client'],
    ['the shared client is too old for other options', { 'redis-client.ts': `// keyscope shared client v1 (ioredis)\n${ioredis}export function redis() {\n  return (slot.client ??= new Redis(process.env.REDIS_URL || ''));\n}\nconst slot: { client?: Redis } = {};\n`, 'a.ts': handler("  const client = new Redis({ db: 3 });\n  await client.get('x');\n  await client.quit();", ioredis) }, 'it has other options than the shared client of redis-client.ts, an older version'],
  ])('%s', async (_, files, reason) => {
    const { findings, fixes, messages } = await fixed(files);
    expect(findings).toBeGreaterThan(0);
    expect(fixes).toEqual([]);
    expect(messages.find((message) => message.includes('No fix here'))).toContain(`No fix here: ${reason}`);
  });

  it.each<[string, string]>([
    ['nobody connects the other one', "import { createClient } from 'redis';\nexport const client = createClient({ url: 'redis://cache' });\n"],
    ['a plain function would have to wait', ''],
  ])('%s (node-redis)', async (_, other) => {
    const url = other ? "'redis://cache'" : 'process.env.REDIS_URL';
    const { findings, fixes } = await fixed({
      'redis.ts': other,
      'a.ts': `import { createClient } from 'redis';\nexport function show(req: { id: string }, res: unknown) {\n  const own = createClient({ url: ${url} });\n  return own.connect().then(() => own.get(req.id)).finally(() => own.quit());\n}\n`,
    });
    expect(findings).toBe(1);
    expect(fixes).toEqual([]);
  });

  it('the client is too old for the template', async () => {
    const { findings, fixes, messages } = await fixed({
      'package.json': '{ "dependencies": { "ioredis": "^4" } }',
      'a.ts': handler("  const client = new Redis();\n  await client.get('x');\n  await client.quit();", ioredis),
    });
    expect(findings).toBe(1);
    expect(fixes).toEqual([]);
    expect(messages[0]).toMatch(/No fix here: the shared client that Keyscope writes needs a newer ioredis than 4\.$/);
  });
});

describe('finds the project\'s own', () => {
  const closing = "  await client.get('x');\n  await client.quit();";
  it.each<[string, Record<string, string>, string]>([
    ['by a default export', { 'lib/redis.ts': `${ioredis}const connection = new Redis(process.env.REDIS_URL!);\nexport default connection;\n`, 'a.ts': handler(`  const client = new Redis(process.env.REDIS_URL!);\n${closing}`, ioredis) }, "import connection from './lib/redis';\n"],
    ['by another name', { 'redis.ts': `${ioredis}const c = new Redis(process.env.REDIS_URL!);\nexport { c as cache };\n`, 'a.ts': handler(`  const client = new Redis(process.env.REDIS_URL!);\n${closing}`, ioredis) }, "import { cache as c } from './redis';\n"],
    ['with the extension that imports here have', { 'redis.ts': shared, 'util.ts': 'export const x = 1;\n', 'src/a.ts': handler(`  const client = new Redis('redis://cache:6379/1');\n${closing}`, `${ioredis}import { x } from '../util.js';\nvoid x;\n`) }, "import { redis } from '../redis.js';\n"],
    ['through constants', { 'config.ts': "export const config = { redis: { url: process.env.REDIS_URL } };\n", 'redis.ts': `${ioredis}import { config } from './config';\nexport const redis = new Redis(config.redis.url!);\n`, 'a.ts': handler(`  const client = new Redis(config.redis.url!);\n${closing}`, `${ioredis}import { config } from './config';\n`) }, "import { redis } from './redis';\n"],
    ['where the environment is declared', { 'globals.d.ts': 'declare var process: { env: Record<string, string | undefined> };\n', 'redis.ts': `${ioredis}export const redis = new Redis(process.env.REDIS_URL!);\n`, 'a.ts': handler(`  const client = new Redis(process.env.REDIS_URL!);\n${closing}`, ioredis) }, "import { redis } from './redis';\n"],
    ['where each file declares the environment', { 'redis.ts': `${ioredis}declare const process: { env: { REDIS_URL: string } };\nexport const redis = new Redis(process.env.REDIS_URL);\n`, 'a.ts': handler(`  const client = new Redis(process.env.REDIS_URL);\n${closing}`, `${ioredis}declare const process: { env: { REDIS_URL: string } };\n`) }, "import { redis } from './redis';\n"],
    ['in CommonJS', { 'redis.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nmodule.exports = { redis };\n", 'a.js': "const Redis = require('ioredis');\nexports.show = async function (req, res) {\n  const client = new Redis();\n  await client.get('x');\n  await client.quit();\n};\n" }, "const { redis } = require('./redis');\n"],
    ['the nearest one', { 'far/deep/redis.ts': shared, 'src/redis.ts': shared, 'src/a.ts': handler(`  const client = new Redis('redis://cache:6379/1');\n${closing}`, ioredis) }, "import { redis } from './redis';\n"],
  ])('%s', async (_, files, line) => {
    const { fixes, texts } = await fixed(files);
    expect(fixes.map(({ id, kind }) => [id, kind])).toEqual([['use-shared-client', 'scaffold']]);
    const [text] = Object.values(texts);
    expect(text).toContain(line);
    expect(text).not.toMatch(/new Redis|quit|from 'ioredis'|from '.\/config'/);
  });

  it('after it was written by an earlier fix', async () => {
    const template = renderTemplate({ library: 'ioredis', major: 5, language: 'ts', module: 'esm' });
    const { fixes, texts } = await fixed({ 'src/infra/connection.ts': template, 'src/a.ts': handler("  const client = new Redis();\n  await client.get('x');\n  await client.quit();", ioredis) });
    expect(fixes[0]?.title).toBe('Use the shared client of src/infra/connection.ts, which connects to REDIS_URL');
    expect(Object.keys(texts)).toEqual(['src/a.ts']);
    expect(texts['src/a.ts']).toContain("import { redis } from './infra/connection';\n");
    expect(texts['src/a.ts']).toContain('const client = redis();');
  });
});

describe('writes the shared client', () => {
  it.each<[string, string, string, 'ts' | 'js', 'esm' | 'cjs']>([
    ['src/routes/a.ts', 'src/redis-client.ts', './redis-client', 'ts', 'esm'],
    ['pages/api/a.ts', 'lib/redis-client.ts', '../../lib/redis-client', 'ts', 'esm'],
    ['web/a.mts', 'web/redis-client.mts', './redis-client.mjs', 'ts', 'esm'],
    ['a.mjs', 'redis-client.mjs', './redis-client.mjs', 'js', 'esm'],
    ['a.cjs', 'redis-client.cjs', './redis-client.cjs', 'js', 'cjs'],
  ])('for %s as %s', async (file, target, specifier, language, module) => {
    const text = module === 'cjs'
      ? "const Redis = require('ioredis');\nexports.show = async function (req, res) {\n  const client = new Redis();\n  await client.get('x');\n  await client.quit();\n};\n"
      : `${ioredis}export async function show(req, res) {\n  const client = new Redis();\n  await client.get('x');\n  await client.quit();\n}\n`;
    const { texts } = await fixed({ [file]: text });
    expect(Object.keys(texts).sort()).toEqual([file, target].sort());
    expect(texts[target]).toBe(renderTemplate({ library: 'ioredis', major: 5, language, module }));
    expect(texts[file]).toContain(file === 'src/routes/a.ts' ? '../redis-client' : specifier);
  });
});

describe('asks for a client with options of its own where', () => {
  const use = "\n  await client.get('x');\n  await client.quit();";
  it.each<[string, Record<string, string>, string, string]>([
    ['the target differs', { 'redis.ts': shared, 'a.ts': handler(`  const client = new Redis('redis://cache:6379/2');${use}`) }, "redisWith('redis://cache:6379/2')", 'Create a shared Redis client in redis-client.ts and use its client with `\'redis://cache:6379/2\'`'],
    ['the key prefix differs', { 'redis.ts': shared, 'a.ts': handler(`  const client = new Redis('redis://cache:6379/1', { keyPrefix: 'p:' });${use}`) }, "redisWith('redis://cache:6379/1', { keyPrefix: 'p:' })", "its client with `'redis://cache:6379/1', { keyPrefix: 'p:' }`"],
    ['the other one is not exported', { 'redis.ts': shared.replace('export ', ''), 'a.ts': handler(`  const client = new Redis('redis://cache:6379/1');${use}`) }, "redisWith('redis://cache:6379/1')", 'its client with'],
    ['the other one is a test', { 'test/redis.ts': shared, 'a.ts': handler(`  const client = new Redis('redis://cache:6379/1');${use}`) }, "redisWith('redis://cache:6379/1')", 'its client with'],
    ['the other one blocks', { 'redis.ts': `${shared}export const take = () => redis.blpop('q', 0);\n`, 'a.ts': handler(`  const client = new Redis('redis://cache:6379/1');${use}`) }, "redisWith('redis://cache:6379/1')", 'its client with'],
    ['the other one listens', { 'redis.ts': `${shared}void redis.subscribe('news');\n`, 'a.ts': handler(`  const client = new Redis('redis://cache:6379/1');${use}`) }, "redisWith('redis://cache:6379/1')", 'its client with'],
    ['port and host are given', { 'a.ts': handler(`  const client = new Redis(6380, process.env.CACHE_HOST!, { db: 3 });${use}`, ioredis) }, 'redisWith({ port: 6380, host: process.env.CACHE_HOST!, db: 3 })', 'its client with'],
    ['the options are given when the handler is made', { 'a.ts': `import { Redis, type RedisOptions } from 'ioredis';\nexport const handler = (options: RedisOptions) => async (req: { id: string }, res: unknown) => {\n  const client = new Redis(options);${use}\n};\n` }, 'redisWith(options)', 'use one client of it for each distinct `options`'],
    ['the options are worked out by a function', { 'a.ts': handler(`  const client = new Redis(options());${use}\n}\ndeclare function options(): { db: number };\n{`, ioredis) }, 'redisWith(options())', 'use one client of it for each distinct `options()`'],
    ['the options come from a file that has nothing to do with Redis', { 'config.ts': 'export const options = { db: Number(process.env.DB) };\n', 'a.ts': handler(`  const client = new Redis(options);${use}`, `${ioredis}import { options } from './config';\n`) }, 'redisWith(options)', 'its client with `options`'],
  ])('%s', async (_, files, code, title) => {
    const { fixes, texts } = await fixed(files);
    expect(fixes.map(({ id }) => id)).toEqual([title.includes('distinct') ? 'use-shared-client-per-options' : 'use-shared-client']);
    expect(fixes[0]?.title).toContain(title);
    expect(texts['a.ts']).toContain(`const client = ${code};\n`);
    expect(texts['a.ts']).toContain("import { redisWith } from './redis-client';");
    expect(texts['a.ts']?.includes("from './config'")).toBe('config.ts' in files);
  });

  it('a shared client is there, somebody changed what it connects to, and the address is another', async () => {
    const template = renderTemplate({ library: 'redis', major: 5, language: 'ts', module: 'esm' }).replace("url: process.env['REDIS_URL'] || 'redis://127.0.0.1:6379'", 'url: process.env.CACHE_URL');
    const head = "import { createClient } from 'redis';\n";
    const body = (url: string): string => handler(`  const client = createClient({ url: process.env.${url}! });\n  await client.connect();${use}`, head);
    const own = await fixed({ 'src/db/shared.ts': template, 'src/a.ts': body('CACHE_URL') });
    expect(own.fixes[0]?.title).toBe('Use the shared client of src/db/shared.ts');
    const other = await fixed({ 'src/db/shared.ts': template, 'src/a.ts': body('REDIS_URL') });
    expect(other.fixes[0]?.title).toBe('Use the shared client of src/db/shared.ts with `{ url: process.env.REDIS_URL! }`');
    expect(other.texts['src/a.ts']).toContain('const client = await redisWith({ url: process.env.REDIS_URL! });');
  });
});

describe('writes and imports it as the project has it', () => {
  const closing = "  const client = new Redis();\n  await client.get('x');\n  await client.quit();";
  const a = (imports = ''): string => handler(closing, `${ioredis}${imports}`);
  const module = '{ "type": "module", "dependencies": { "ioredis": "^5" } }';
  it.each<[string, Record<string, string>, string]>([
    ['ES modules without a tsconfig', { 'package.json': module, 'a.ts': a() }, './redis-client.js'],
    ['ES modules in plain JavaScript', { 'package.json': module, 'a.js': `import { Redis } from 'ioredis';\nexport async function show(req, res) {\n${closing}\n}\n` }, './redis-client.js'],
    ['ES modules that Node resolves', { 'package.json': module, 'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext" } }', 'a.ts': a() }, './redis-client.js'],
    ['ES modules that a bundler resolves', { 'package.json': module, 'tsconfig.json': '{ "compilerOptions": { "module": "preserve" } }', 'a.ts': a() }, './redis-client'],
    ['extensions of TypeScript', { 'package.json': module, 'tsconfig.json': '{ "extends": "./base.json" }', 'base.json': '{ "compilerOptions": { "allowImportingTsExtensions": true } }', 'a.ts': a() }, './redis-client.ts'],
    ['extensions as the file has them', { 'package.json': module, 'a.ts': a("import { x } from './x.ts';\nvoid x;\n"), 'x.ts': 'export const x = 1;\n' }, './redis-client.ts'],
    ['extensions as other files have them', { 'package.json': module, 'a.ts': a(), 'b.ts': `${ioredis}import { x } from './x';\nexport const b = [x, new Redis('redis://other')];\n`, 'x.ts': 'export const x = 1;\n' }, './redis-client'],
    ['an alias of the tsconfig', { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }', 'src/lib/x.ts': 'export const x = 1;\n', 'src/api/a.ts': a("import { x } from '@/lib/x';\nvoid x;\n") }, '@/redis-client'],
    ['an alias that others use', { 'tsconfig.json': '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }', 'src/lib/x.ts': 'export const x = 1;\n', 'src/api/a.ts': a(), 'src/lib/b.ts': `${ioredis}import { show } from '~/api/a';\nexport const b = [show, new Redis('redis://other')];\n` }, '~/redis-client'],
    ['an alias with extensions', { 'package.json': '{ "type": "module", "imports": { "#*": "./src/*" }, "dependencies": { "ioredis": "^5" } }', 'src/lib/x.ts': 'export const x = 1;\n', 'src/api/a.ts': a("import { x } from '#lib/x.js';\nvoid x;\n") }, '../redis-client.js'],
    ['an alias of another package', { 'packages/a/package.json': '{ "name": "a" }', 'packages/a/src/x.ts': 'export const x = 1;\n', 'packages/b/package.json': '{ "name": "b", "dependencies": { "ioredis": "^5" } }', 'packages/b/src/api/a.ts': a("import { x } from 'a/x';\nvoid x;\n") }, '../redis-client'],
  ])('%s', async (_, files, specifier) => {
    const { texts } = await fixed(files);
    const text = Object.entries(texts).find(([file]) => /(?:^|\/)a\.[jt]s$/.test(file))?.[1];
    expect(text).toContain(`from '${specifier}';`);
  });

  it.each<[string, Record<string, string>, string | undefined, string]>([
    ['in the folder of the configuration', { 'src/api/a.ts': a() }, 'src/infra/redis', 'src/infra/redis/redis-client.ts'],
    ['not in another package, whatever the configuration says', { 'packages/b/package.json': '{ "dependencies": { "ioredis": "^5" } }', 'packages/b/src/a.ts': a() }, 'src/redis', 'packages/b/src/redis-client.ts'],
    ['once for two files', { 'web/app/x/b.ts': a(), 'web/jobs/a.ts': a() }, undefined, 'web/lib/redis-client.ts'],
    ['in the package of the file', { 'packages/b/package.json': '{ "dependencies": { "ioredis": "^5" } }', 'packages/b/api/a.ts': a() }, undefined, 'packages/b/lib/redis-client.ts'],
    ['not twice, where the configuration now says another folder', { 'src/old/shared.ts': renderTemplate({ library: 'ioredis', major: 5, language: 'ts', module: 'esm' }), 'src/a.ts': a() }, 'src/infra', ''],
    ['for each package', { 'packages/a/package.json': '{ "dependencies": { "ioredis": "^5" } }', 'packages/a/redis-client.ts': renderTemplate({ library: 'ioredis', major: 5, language: 'ts', module: 'esm' }), 'packages/b/package.json': '{ "dependencies": { "ioredis": "^5" } }', 'packages/b/a.ts': a() }, undefined, 'packages/b/redis-client.ts'],
  ])('%s', async (_, files, folder, created) => {
    const { fixes } = await fixed(files, folder);
    expect(fixes.length).toBe(1);
    expect(fixes[0]?.edits.flatMap(({ file, create }) => (create ? [file.split('/').slice(-created.split('/').length).join('/')] : [])).join()).toBe(created);
  });
});
