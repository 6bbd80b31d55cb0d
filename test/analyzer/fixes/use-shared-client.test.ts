import { describe, expect, it } from 'vitest';
import type { Fix } from '../../../src/analyzer/finding.ts';
import { applyEdits, editsByFile } from '../../../src/analyzer/fixes/edits.ts';
import { renderTemplate } from '../../../src/client-template/render.ts';
import { withProject } from '../../support/analyze.ts';

/** The fixes of the first finding, and every file as the first of them leaves it. What they do when run is proven in test/fixes. */
async function fixed(files: Record<string, string>): Promise<{ fixes: Fix[]; texts: Record<string, string>; findings: number }> {
  return withProject(files, async (analyzer, root) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'no-client-per-request');
    const fixes = findings[0] ? analyzer.fixes(findings[0]) : [];
    const texts: Record<string, string> = {};
    for (const [file, edits] of editsByFile(fixes[0]?.edits ?? [])) texts[file.slice(root.length + 1)] = applyEdits(analyzer.text(file), edits);
    return { fixes, texts, findings: findings.length };
  });
}

const ioredis = "import Redis from 'ioredis';\n";
const shared = `${ioredis}export const redis = new Redis('redis://cache:6379/1');\n`;
const handler = (body: string, head = `${ioredis}import './redis';\n`): string => `${head}export async function show(req: { id: string }, res: { json(x: unknown): void }) {\n${body}\n}\n`;

describe('is not offered where', () => {
  const own = "  const client = new Redis('redis://cache:6379/1');\n";
  it.each<[string, Record<string, string>]>([
    ['the target differs', { 'redis.ts': shared, 'a.ts': handler("  const client = new Redis('redis://cache:6379/2');\n  await client.get('x');\n  await client.quit();") }],
    ['the key prefix differs', { 'redis.ts': shared, 'a.ts': handler("  const client = new Redis('redis://cache:6379/1', { keyPrefix: 'p:' });\n  await client.get('x');\n  await client.quit();") }],
    ['the target depends on the request', { 'redis.ts': shared, 'a.ts': handler('  const client = new Redis({ host: req.id });\n  await client.get("x");\n  await client.quit();') }],
    ['the other one is not exported', { 'redis.ts': shared.replace('export ', ''), 'a.ts': handler(`${own}  await client.get('x');\n  await client.quit();`) }],
    ['the other one is a test', { 'test/redis.ts': shared, 'a.ts': handler(`${own}  await client.get('x');\n  await client.quit();`) }],
    ['the other one blocks', { 'redis.ts': `${shared}export const take = () => redis.blpop('q', 0);\n`, 'a.ts': handler(`${own}  await client.get('x');\n  await client.quit();`) }],
    ['the other one listens', { 'redis.ts': `${shared}void redis.subscribe('news');\n`, 'a.ts': handler(`${own}  await client.get('x');\n  await client.quit();`) }],
    ['it selects another database', { 'redis.ts': shared, 'a.ts': handler(`${own}  await client.select(2);\n  await client.get('x');\n  await client.quit();`) }],
    ['it waits for an event', { 'redis.ts': shared, 'a.ts': handler(`${own}  client.on('ready', () => res.json(1));\n  await client.quit();`) }],
    ['it is given to code that is not known', { 'redis.ts': shared, 'a.ts': handler(`${own}  await lock(client);\n  await client.quit();\n}\ndeclare function lock(x: unknown): Promise<void>;\n{`) }],
    ['it is given to a function that closes it', { 'redis.ts': shared, 'a.ts': handler(`${own}  await use(client);\n}\nasync function use(one: Redis) {\n  await one.get('x');\n  await one.quit();`) }],
    ['it is assigned again', { 'redis.ts': shared, 'a.ts': handler(`${own.replace('const', 'let')}  client = new Redis();\n  await client.get('x');\n  await client.quit();`) }],
    ['the reply of closing is used', { 'redis.ts': shared, 'a.ts': handler(`${own}  await client.get('x');\n  res.json(await client.quit());`) }],
    ['the shared name means something else there', { 'redis.ts': shared, 'a.ts': handler(`  const redis = 'here';\n${own}  res.json([redis, await client.get('x')]);\n  await client.quit();`, `${ioredis}import { redis } from './redis';\nvoid redis.ping();\n`) }],
  ])('%s', async (_, files) => {
    const { findings, fixes } = await fixed(files);
    expect(findings).toBeGreaterThan(0);
    expect(fixes).toEqual([]);
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
    const { findings, fixes } = await fixed({
      'package.json': '{ "dependencies": { "ioredis": "^4" } }',
      'a.ts': handler("  const client = new Redis();\n  await client.get('x');\n  await client.quit();", ioredis),
    });
    expect(findings).toBe(1);
    expect(fixes).toEqual([]);
  });
});

describe('finds the project\'s own', () => {
  const closing = "  await client.get('x');\n  await client.quit();";
  it.each<[string, Record<string, string>, string]>([
    ['by a default export', { 'lib/redis.ts': `${ioredis}const connection = new Redis(process.env.REDIS_URL!);\nexport default connection;\n`, 'a.ts': handler(`  const client = new Redis(process.env.REDIS_URL!);\n${closing}`, ioredis) }, "import connection from './lib/redis';\n"],
    ['by another name', { 'redis.ts': `${ioredis}const c = new Redis(process.env.REDIS_URL!);\nexport { c as cache };\n`, 'a.ts': handler(`  const client = new Redis(process.env.REDIS_URL!);\n${closing}`, ioredis) }, "import { cache as c } from './redis';\n"],
    ['with the extension that imports here have', { 'redis.ts': shared, 'util.ts': 'export const x = 1;\n', 'src/a.ts': handler(`  const client = new Redis('redis://cache:6379/1');\n${closing}`, `${ioredis}import { x } from '../util.js';\nvoid x;\n`) }, "import { redis } from '../redis.js';\n"],
    ['through constants', { 'config.ts': "export const config = { redis: { url: process.env.REDIS_URL } };\n", 'redis.ts': `${ioredis}import { config } from './config';\nexport const redis = new Redis(config.redis.url!);\n`, 'a.ts': handler(`  const client = new Redis(config.redis.url!);\n${closing}`, `${ioredis}import { config } from './config';\n`) }, "import { redis } from './redis';\n"],
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
    expect(fixes[0]?.title).toBe('Use the shared client of src/infra/connection.ts');
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
