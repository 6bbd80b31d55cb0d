import { describe, expect, it } from 'vitest';
import { linesOf, withProject } from '../../support/analyze.ts';

const made = "import { Cluster, Redis } from 'ioredis';\nimport { createCluster } from 'redis';\nconst cluster = new Cluster([]);\nconst nodes = createCluster({ rootNodes: [] });\n";
const reports = (body: string): Promise<string[]> => linesOf('cluster-keyspace', `${made}export async function f(log: (...all: unknown[]) => void, client: Redis | Cluster) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a raw command', "log(await cluster.call('DBSIZE'));"],
    ['a loop over the pages of one node', "let cursor = '0';\n  do {\n    const [next, keys] = await cluster.scan(cursor);\n    cursor = next;\n    log(keys);\n  } while (cursor !== '0');"],
    ['node-redis 5', 'log(await nodes.dbSize());'],
    ['a client that may be one', 'await client.flushall();'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a loop over the masters', "for (const node of cluster.nodes('master')) log(await node.keys('a:*'));"],
    ['a branch by isCluster', 'if (client.isCluster) log(0);\n  else log(await client.dbsize());'],
    ['a Map', 'const clusters = new Map<string, Cluster>();\n  log(clusters.keys(), cluster);'],
    ['one key', "log(await cluster.hkeys('a'), await cluster.sscan('b', 0));"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('keeps the line ends of the file, and offers no fix where a reply is used otherwise', async () => {
  const text = `${made}export async function f() {\n\tawait nodes.flushDb();\n}\nexport const g = () => cluster.dbsize();\nexport const h = async () => [await cluster.flushdb()];\n`.replaceAll(';', '').replaceAll('\n', '\r\n');
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const own = findings.filter(({ rule }) => rule === 'cluster-keyspace');
    expect(own.map((finding) => analyzer.fixes(finding).map(({ edits }) => edits.map((edit) => edit.text).join('')))).toEqual([
      ['for (const master of nodes.masters) {\r\n\t\tconst node = await nodes.nodeClient(master)\r\n\t\tawait node.flushDb()\r\n\t}'],
      [],
      [],
    ]);
  });
});

it('says of node-redis 4 that its cluster has no such method, and goes over the masters in its place', async () => {
  const text = "import { createCluster } from 'redis';\nconst cluster = createCluster({ rootNodes: [] });\nexport async function f() {\n  const size = await cluster.dbSize();\n  const names = await cluster.KEYS('a:*');\n  for await (const name of cluster.scanIterator()) names.push(name);\n  return [size, ...names];\n}\n";
  await withProject({ 'package.json': JSON.stringify({ dependencies: { redis: '^4.7.0' } }), 'a.ts': text }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const own = findings.filter(({ rule }) => rule === 'cluster-keyspace');
    expect(own.map(({ message }) => /has no (\w+)\(\)/.exec(message)?.[1])).toEqual(['dbSize', 'KEYS', 'scanIterator']);
    expect(own.map((finding) => analyzer.fixes(finding).map(({ edits }) => edits.map((edit) => edit.text).join('')))).toEqual([
      [expect.stringContaining('for (const master of cluster.masters) {\n    const node = await cluster.nodeClient(master);\n    total += await node.dbSize();')],
      [expect.stringContaining('for (const master of cluster.masters) {\n    const node = await cluster.nodeClient(master);\n    for await (const key of node.scanIterator(')],
      [],
    ]);
    expect(findings.some(({ rule }) => rule === 'no-keys')).toBe(false);
  });
});
