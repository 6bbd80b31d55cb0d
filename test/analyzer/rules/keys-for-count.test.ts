import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const code = (body: string): string => `${clients}export async function f(pattern: string, log: (...all: unknown[]) => void) {\n${body}\n}`;

describe('reports in the place of no-keys', () => {
  it.each([
    ['the number of all keys', "log((await redis.keys('*')).length);"],
    ['that of a pattern', 'log((await client.keys(pattern)).length);'],
    ['a variable that is only counted', 'const keys = await redis.keys(pattern);\nif (keys.length > 10) log(keys.length);'],
    ['a chain', 'return client.keys(pattern).then((keys) => keys.length);'],
  ])('%s', async (_, body) => {
    expect(await linesOf('keys-for-count', code(body))).toHaveLength(1);
    expect(await linesOf('no-keys', code(body))).toEqual([]);
  });
});

describe('leaves to no-keys', () => {
  it.each([
    ['names that are used', 'const keys = await redis.keys(pattern);\nlog(keys.length, keys[0]);'],
    ['a client with a prefix', "const other = new Redis({ keyPrefix: 'a:' });\nlog((await other.keys('*')).length);"],
    ['a cluster', "const cluster = new Redis.Cluster([]);\nlog((await cluster.keys('*')).length);"],
  ])('%s', async (_, body) => {
    expect(await linesOf('keys-for-count', code(body))).toEqual([]);
    expect(await linesOf('no-keys', code(body))).toHaveLength(1);
  });
});

it.each([
  ['*', ['dbsize', 'scan-loop']],
  ['user:*', ['scan-loop']],
  ['user:[ab]', ['scan-loop']],
  ['user:\\\\*', ['scan-loop']],
  ['user:1', ['exists']],
])('offers for %s what counts the same', async (pattern, ids) => {
  await withProject({ 'a.ts': code(`log((await redis.keys('${pattern}')).length);`) }, async (analyzer) => {
    const finding = (await analyzer.check()).findings.find(({ rule }) => rule === 'keys-for-count');
    expect(finding && analyzer.fixes(finding).map(({ id, kind }) => [id, kind])).toEqual(ids.map((id) => [id, 'suggest']));
  });
});

describe('of a pattern that may be one name', () => {
  it.each([
    ["if ((await redis.keys(prefix + '/api/x')).length === 0) log();", [], 'EXISTS'],
    ["const found = await client.keys(`user:${log.name}`);\nif (!found.length || found.length > 0) log();", [], 'EXISTS'],
    ["if ((await redis.keys(`user:${log.name}`)).length) log();", [], 'EXISTS'],
    ["log((await redis.keys(`user:${log.name}`)).length);", ['scan-loop'], 'SCAN'],
    ["if ((await redis.keys(`user:${log.name}:*`)).length) log();", ['scan-loop'], 'SCAN'],
    ["if ((await redis.keys(log.name)).length) log();", ['scan-loop'], 'SCAN'],
  ] as const)('%s', async (body, ids, command) => {
    await withProject({ 'a.ts': code(body).replace('pattern: string', 'prefix: string') }, async (analyzer) => {
      const finding = (await analyzer.check()).findings.find(({ rule }) => rule === 'keys-for-count');
      expect(finding?.message).toContain(command);
      expect(finding && analyzer.fixes(finding).map(({ id }) => id)).toEqual(ids);
    });
  });

  it('takes its name for what it says', async () => {
    await withProject({ 'a.ts': code("if ((await redis.keys('a:' + pattern)).length) log();") }, async (analyzer) => {
      const finding = (await analyzer.check()).findings.find(({ rule }) => rule === 'keys-for-count');
      expect(finding?.message).toContain('SCAN');
    });
  });
});
