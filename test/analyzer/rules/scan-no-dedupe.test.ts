import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const collected = "  const found: string[] = [];\n  for await (const batch of client.scanIterator({ MATCH: 'a:*' })) found.push(...batch);\n";
const reports = (body: string): Promise<string[]> => linesOf('scan-no-dedupe', `${clients}export async function f(log: (...all: unknown[]) => void) {\n${collected}${body}\n}`);

describe('reports names that are', () => {
  it.each([
    ['counted', 'log({ total: found.length });'],
    ['counted after a filter', "return found.filter((key) => key.endsWith('1')).length;"],
    ['read all at once', 'const values = await client.mGet(found);\n  log(values);'],
    ['pushed to a queue', "for (const key of found) await client.rPush('queue', key);"],
    ['added up', 'let total = 0;\n  for (const key of found) total += Number(await client.get(key));\n  log(total);'],
    ['put in order for whoever asks', 'return found.map((key) => key.slice(2)).sort();'],
    ['sent', 'const send = log;\n  found.forEach((key) => send(key));'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about names that are', () => {
  it.each([
    ['asked whether there are any', 'if (found.length === 0) return;\n  await client.unlink(found);'],
    ['made unique', 'const all = [...new Set(found)];\n  log(all.length, found.length);'],
    ['given a TTL', 'await Promise.all(found.map((key) => client.expire(key, 60)));'],
    ['printed', 'console.log(`${found.length} keys`);'],
    ['passed on', 'log(found);'],
    ['kept in a set of the server', "for (const key of found) await client.sAdd('all', key);"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('tells an answer that has something for each name', async () => {
  const answer = (body: string, end = 'return all;'): Promise<string[]> =>
    linesOf('scan-no-dedupe', `${clients}export async function f() {\n  const all: { key: string; value: string | null }[] = [];\n  const seen = new Set<string>();\n  for await (const batch of client.scanIterator({ MATCH: 'a:*' })) {\n    for (const key of batch) {\n${body}\n    }\n  }\n  ${end}\n}`);
  const push = 'all.push({ key, value: await client.get(key) });';
  expect(await answer(push)).toHaveLength(1);
  expect(await answer(push, 'return { all, at: Date.now() };')).toHaveLength(1);
  expect(await answer(`if (seen.has(key)) continue;\nseen.add(key);\n${push}`)).toEqual([]);
  expect(await answer(push, 'return new Map(all.map((one) => [one.key, one]));')).toEqual([]);
  expect(await answer(push, 'for (const { key } of all) await client.unlink(key);')).toEqual([]);
  expect(await answer(push, 'return all;\n}\nexport async function g(use: (one: unknown) => void) {\n  use(await f());')).toEqual([]);
});

it('knows one page from a scan', async () => {
  const page = "const found = [];\n  const [, keys] = await redis.scan('0');\n  found.push(...keys);\n  return found.length;";
  expect(await linesOf('scan-no-dedupe', `${clients}export async function f() {\n  ${page}\n}`)).toEqual([]);
});

it('knows a batch that is removed and begun anew', async () => {
  const batches = (body: string, end = 'if (batch.length > 0) await client.unlink(batch);'): Promise<string[]> =>
    linesOf('scan-no-dedupe', `${clients}export async function f() {\n  let batch: string[] = [];\n  let total = 0;\n  for await (const keys of client.scanIterator({ MATCH: 'a:*' })) {\n    for (const key of keys) {\n${body}\n    }\n  }\n  ${end}\n  return total;\n}`);
  expect(await batches('batch.push(key);\nif (batch.length >= 1000) {\n  await client.unlink(batch);\n  batch = [];\n}')).toEqual([]);
  expect(await batches('batch.push(key);\nif (batch.length === 1000) {\n  await client.del(batch);\n  batch.length = 0;\n}')).toEqual([]);
  expect(await batches('if (batch.push(key) < 1000) continue;\ntotal += await client.unlink(batch);\nbatch = [];')).toEqual([]);
  expect(await batches('batch.push(key);\nif (batch.length >= 1000) {\n  await client.rPush("queue", batch);\n  batch = [];\n}')).toHaveLength(1);
  expect(await batches('batch.push(key);\nif (batch.length >= 1000) {\n  total += batch.length;\n  await client.unlink(batch);\n  batch = [];\n}')).toHaveLength(1);
  expect(await batches('batch.push(key);', 'if (batch.length >= 1000) total = 1;')).toHaveLength(1);
});

it('offers no fix where names are taken out again', async () => {
  await withProject({ 'a.ts': `${clients}export async function f(log: (n: number) => void) {\n${collected}  const total = found.length;\n  found.splice(0, 5);\n  log(total);\n}` }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const own = findings.filter(({ rule }) => rule === 'scan-no-dedupe');
    expect(own).toHaveLength(1);
    expect(own.flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
  });
});
