import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/analyze.ts';

const made = "import { Cluster, Redis } from 'ioredis';\nimport { createCluster } from 'redis';\nconst cluster = new Cluster([]);\nconst tagged = new Cluster([], { keyPrefix: '{app}:' });\nconst nodes = createCluster({ rootNodes: [] });\n";
const reports = (body: string): Promise<string[]> => linesOf('cross-slot', `${made}export async function f(a: string, b: string, ids: string[], org: { id: string }, client: Redis | Cluster) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a MULTI in one chain', 'await cluster.multi().set(`user:${a}`, 1).sadd(`org:${a}`, b).exec();'],
    ['a MULTI in a variable', 'const multi = nodes.multi();\n  multi.set(`user:${a}`, "1");\n  multi.sAdd("users", a);\n  await multi.exec();'],
    ['a script with its keys in options', 'await nodes.eval("return 1", { keys: [`user:${a}`, `org:${a}`], arguments: [] });'],
    ['what a scan has found', 'await cluster.del(await cluster.keys("session:*"));'],
    ['keys whose tags are of the item', 'await cluster.unlink(ids.map((id) => `{cart:${id}}:lines`));'],
    ['texts of two slots', "await cluster.rename('counter:next', 'counter:now');"],
    ['a raw command', 'await cluster.call("MGET", `user:${a}`, `org:${a}`);'],
    ['a client that may be a cluster', 'await client.smove(`open:${a}`, `closed:${a}`, b);'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a tag that all items share', 'await cluster.del(ids.map((id) => `{org:${org.id}}:${id}`));'],
    ['a key beside its own tag', 'await cluster.rename(`user:${a}`, `{user:${a}}:old`);'],
    ['a tag in the key prefix', 'await tagged.mget(`user:${a}`, `org:${a}`);'],
    ['keys that begin with a variable', 'await cluster.mget(`${a}:name`, `${a}:age`, `${b}:age`);'],
    ['keys that are variables', 'await cluster.mget(a, b);\n  await cluster.del(ids);'],
    ['texts of one slot', "await cluster.mget('{shop}:a', '{shop}:b', 'shop');"],
    ['a MULTI of one entity', 'await nodes.multi().set(`{user:${a}}:name`, b).expire(`{user:${a}}:name`, 60).exec();'],
    ['a client of one node', 'for (const node of cluster.nodes("master")) await node.mget(`user:${a}`, `org:${a}`);'],
    ['a scan for one tag', 'await cluster.del(await cluster.keys("{session}:*"));'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
