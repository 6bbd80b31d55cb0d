/** RedisJSON's commands in the rules about two commands on one key. */
import { describe, expect, it } from 'vitest';
import { linesOf, withProject } from '../support/analyze.ts';

const head = "import Redis from 'ioredis';\nimport { createClient } from 'redis';\nconst redis = new Redis();\nconst client = createClient();\n";
const reports = (rule: string, body: string): Promise<string[]> => linesOf(rule, `${head}export async function f(k: string, owner: string) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['read-modify-write', 'const doc = (await client.json.get(k)) as any;\n doc.visits += 1;\n await client.json.set(k, "$", doc);'],
    ['read-modify-write', 'const doc = JSON.parse((await redis.call("JSON.GET", k)) as string);\n await redis.call("JSON.SET", k, ".", JSON.stringify({ ...doc, owner }));'],
    ['read-modify-write', 'const visits = (await client.json.get(k, { path: "$.visits" })) as any;\n await client.json.set(k, ".visits", visits[0] + 1);'],
    ['read-modify-write', 'const doc = (await client.json.get(k)) as any;\n await client.json.set(k, "$.visits", doc.visits + 1);'],
    ['set-then-expire', 'await client.json.set(k, "$", { owner });\n await client.expire(k, 60);'],
    ['set-then-expire', 'await redis.call("JSON.SET", k, "$", "{}");\n await redis.expire(k, 60);'],
    ['check-then-set', 'if (await client.json.get(`claim:${k}`)) return false;\n await client.json.set(`claim:${k}`, "$", { owner });\n return true;'],
    ['check-then-set', 'if (await redis.exists(`claim:${k}`)) return false;\n await redis.call("JSON.SET", `claim:${k}`, "$", "{}");\n return true;'],
    ['redundant-check', 'if (await client.exists(k)) return client.json.get(k);\n return null;'],
    ['repeated-read', 'const one = await client.json.get(k);\n const two = await client.json.get(k);\n return [one, two];'],
    ['missing-ttl', 'await client.json.set(`session:${k}`, "$", { owner });'],
    ['missing-ttl', 'await redis.call("JSON.SET", `session:${k}`, "$", "{}");'],
  ])('%s', async (rule, body) => {
    expect(await reports(rule, body)).toHaveLength(1);
  });
});

describe('keeps quiet', () => {
  it.each([
    ['read-modify-write', 'const doc = (await client.json.get(k, { path: "$.name" })) as any;\n await client.json.set(k, "$.visits", doc[0] + 1);'],
    ['read-modify-write', 'const doc = (await client.json.get(k)) as any;\n await client.json.set(k, "$.seen", doc.visits + 1);'],
    ['read-modify-write', 'const doc = (await client.json.get(k)) as any;\n if (!doc) await client.json.set(k, "$", { owner });'],
    ['set-then-expire', 'await client.multi().json.set(k, "$", { owner }).expire(k, 60).exec();'],
    ['check-then-set', 'if (await client.json.get(`claim:${k}`)) return false;\n await client.json.set(`claim:${k}`, "$", { owner }, { NX: true });\n return true;'],
    ['check-then-set', 'if (await client.get(`claim:${k}`)) return false;\n await client.json.set(`claim:${k}`, "$", { owner });\n return true;'],
    ['check-then-set', 'if (await client.json.get(`claim:${k}`, { path: "$.owner" })) return false;\n await client.json.set(`claim:${k}`, "$.owner", owner);\n return true;'],
    ['missing-ttl', 'await client.json.set(`session:${k}`, "$.seen", 1);'],
    ['missing-ttl', 'await client.multi().json.set(`session:${k}`, "$", { owner }).expire(`session:${k}`, 60).exec();'],
    ['prefer-hash-over-json', 'await redis.call("JSON.SET", k, "$", JSON.stringify({ owner }));'],
  ])('%s', async (rule, body) => {
    expect(await reports(rule, body)).toEqual([]);
  });
});

it('offers no fix that is written for strings', async () => {
  const text = `${head}export async function f(k: string, owner: string) {\n  if (await client.exists(\`session:\${k}\`)) return client.json.get(\`session:\${k}\`);\n  await client.json.set(\`session:\${k}\`, '$', { owner });\n  return null;\n}\nexport async function g(k: string) {\n  await client.json.set(\`cart:\${k}\`, '$', {});\n  await client.expire(\`cart:\${k}\`, 60);\n}\n`;
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const own = (await analyzer.check()).findings.filter(({ rule }) => /^(?:redundant-check|check-then-set|missing-ttl|set-then-expire)$/.test(rule));
    expect(own.map(({ rule }) => rule).toSorted()).toEqual(['check-then-set', 'missing-ttl', 'redundant-check', 'set-then-expire']);
    expect(own.flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
  });
});
