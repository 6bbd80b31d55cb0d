import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('no-flush', `${clients}export async function f(env: { flush: boolean }) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a pipeline', 'await redis.pipeline().flushdb().exec();'],
    ['upper case', 'await client.FLUSHALL();'],
    ['a raw call', "await redis.call('flushall', 'ASYNC');"],
    ['a condition that is no environment', 'if (env.flush) await redis.flushall();'],
    ['an environment that is asked for elsewhere', "if (process.env.NODE_ENV === 'test') console.log('test');\nawait redis.flushdb();"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });

  it('`Redis | Cluster`, and JavaScript without types', async () => {
    expect(await linesOf('no-flush', "import { Cluster, Redis } from 'ioredis';\nexport const clear = (redis: Redis | Cluster) => redis.flushall();")).toHaveLength(1);
    expect(await linesOf('no-flush', { 'a.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nmodule.exports = () => redis.flushdb();" })).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a branch on the environment', "if (process.env.NODE_ENV === 'test') {\n await redis.flushdb();\n}"],
    ['what a guard keeps out of production', "if (process.env.NODE_ENV === 'production') throw new Error('no');\nawait redis.flushdb();"],
    ['a short circuit', "process.env.NODE_ENV === 'test' && (await redis.flushdb());"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });

  it('tests and scripts, by their path', async () => {
    const code = `${clients}redis.flushall();`;
    expect(await linesOf('no-flush', { 'scripts/reset.ts': code, 'src/a.test.ts': code, 'test-helper.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nredis.flushall();", 'src/reset.ts': code })).toEqual(['redis.flushall();']);
  });

  it('look-alikes', async () => {
    expect(await linesOf('no-flush', "import Redis from 'ioredis';\nclass Cache extends Redis { override async flushdb(): Promise<'OK'> { return 'OK'; } }\nexport const f = (c: Cache, m: { flushall(): void }) => { void c.flushdb(); m.flushall(); };")).toEqual([]);
  });
});

it('is a warning where FLUSHDB is all that a method named after it does, as a wrapper\'s', async () => {
  const code = `${clients}export class Cache {\n flush() { return redis.flushdb(); }\n flushDb = () => client.flushDb();\n reset() { return redis.flushdb(); }\n flushAll() { return redis.flushall(); }\n}\n`;
  const found = await withProject({ 'a.ts': code }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'no-flush').map(({ severity }) => severity));
  expect(found).toEqual(['warning', 'warning', 'error', 'error']);
});

it('warns of a FLUSHDB that somebody has chosen by a setting', async () => {
  const code = `${clients}export class Cache {\n constructor(private noNamespaceAffectsAll: boolean, private isNew: boolean) {}\n async clear() {\n  if (this.noNamespaceAffectsAll) {\n   await client.flushDb();\n  }\n  if (this.isNew) await redis.flushdb();\n }\n}\n`;
  const found = await withProject({ 'a.ts': code }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'no-flush').map(({ severity }) => severity));
  expect(found).toEqual(['warning', 'error']);
});
