import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('deprecated-command', `${clients}export async function f(k: string, v: string, ttl: number) {\n${body}\n}`);

/** The text after all fixes, those of one kind where it is given. */
async function fixed(text: string, { name = 'a.ts', kind, manifest }: { name?: string; kind?: string; manifest?: string } = {}): Promise<string | undefined> {
  return withProject({ [name]: text, ...(manifest ? { 'package.json': manifest } : {}) }, async (analyzer, root) => {
    const outcome = await applyFixes(analyzer, {}, (finding, fixes) => (finding.rule === 'deprecated-command' ? fixes.find((fix) => kind === undefined || fix.kind === kind) : undefined));
    return outcome.files.find(({ file }) => file === `${root}/${name}`)?.after;
  });
}

describe('reports', () => {
  it.each([
    ['a Buffer', 'await redis.getsetBuffer(k, v);'],
    ['upper case', 'await client.SETNX(k, v);'],
    ['a raw command in lower case', "await redis.call('setex', k, ttl, v);"],
    ['an operator’s command', "await redis.slaveof('NO', 'ONE');"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

it('counts on the servers that the configuration names', async () => {
  const files = { 'a.ts': `${clients}export const f = async () => [await redis.getset('k', 'v'), await redis.setnx('k', 'v'), await redis.cluster('SLOTS')];` };
  const found = async (lowestVersion: string): Promise<string[]> =>
    withProject(files, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'deprecated-command').map(({ message }) => message.split(' is ')[0] ?? ''), () => ({ server: { lowestVersion } }));
  expect(await found('6.0')).toEqual(['SETNX']);
  expect(await found('6.2')).toEqual(['GETSET', 'SETNX']);
  expect(await found('7.0')).toEqual(['GETSET', 'SETNX', 'CLUSTER SLOTS']);
});

describe('has no fix', () => {
  it.each([
    ['for a reply that is used as a number', 'return redis.setnx(k, v);'],
    ['for a reply of HMSET', 'const ok = await redis.hmset(k, { v });\nreturn ok;'],
    ['where node-redis gives the reply another type', 'const ok: string = await client.setEx(k, ttl, v);\nreturn ok;'],
    ['for arguments that are spread', 'const args: [string, number, string] = [k, ttl, v];\nawait redis.setex(...args);'],
    ['where a comment would move', 'await redis.setex(k, ttl /* seconds */, v);'],
    ['for what a fallback takes', 'return (await redis.setnx(k, v)) || 5;'],
    ['for GEORADIUS that stores', "await redis.georadius(k, 1, 2, 3, 'km', 'STORE', 'other');"],
    ['for an asserted reply', 'if ((await redis.setnx(k, v)) as number) return 1;'],
  ])('%s', async (_, body) => {
    expect(await fixed(`${clients}export async function f(k: string, v: string, ttl: number) {\n${body}\n}`)).toBeUndefined();
  });
});

it('is a suggestion where the order of effects, or a TTL that is not given, would tell', async () => {
  const text = `${clients}export async function f(k: string, list: string[]) {\n await redis.setex(k, list.push(k), list.join());\n}\n`;
  expect(await fixed(text, { kind: 'safe' })).toBeUndefined();
  expect(await fixed(text)).toContain("redis.set(k, list.join(), 'EX', list.push(k))");
});

it('is a suggestion in a published package where the replacement is newer than what its users may run', async () => {
  const kinds = (manifest: object, lowestVersion?: string): Promise<string[]> =>
    withProject(
      { 'package.json': JSON.stringify({ name: 'jobs', dependencies: { ioredis: '^5' }, ...manifest }), 'src/a.ts': `${clients}export const f = async () => [await redis.getset('k', 'v'), await redis.setex('k', 1, 'v')];` },
      async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'deprecated-command').flatMap((finding) => analyzer.fixes(finding).map(({ kind }) => kind)),
      () => (lowestVersion === undefined ? {} : { server: { lowestVersion } }),
    );
  expect(await kinds({ main: 'dist/a.js' })).toEqual(['suggest', 'safe']);
  expect(await kinds({ exports: './dist/a.js' })).toEqual(['suggest', 'safe']);
  expect(await kinds({ main: 'dist/a.js', private: true })).toEqual(['safe', 'safe']);
  expect(await kinds({})).toEqual(['safe', 'safe']);
  expect(await kinds({ main: 'dist/a.js' }, '6.2')).toEqual(['safe', 'safe']);
});

it('keeps line ends, tabs and the absence of semicolons', async () => {
  const text = `import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function f(k: string) {\r\n\tawait redis.setex(\r\n\t\tk,\r\n\t\t60,\r\n\t\t"v"\r\n\t)\r\n}\r\n`;
  expect(await fixed(text)).toBe(text.replace('setex', 'set').replace('60,\r\n\t\t"v"', '"v",\r\n\t\t"EX", 60'));
});

it('has no fix where node-redis 3 has no such method', async () => {
  const code = (call: string): string => `const client = require('redis').createClient();\nclient.${call};\n`;
  const manifest = JSON.stringify({ dependencies: { redis: '^3' } });
  const after = (call: string): Promise<string | undefined> => fixed(code(call), { name: 'a.js', manifest });
  expect(await after("brpoplpush('a', 'b', 0, next)")).toBeUndefined();
  expect(await after("rpoplpush('a', 'b', next)")).toBeUndefined();
  expect(await after("georadius('a', 1, 2, 3, 'km', next)")).toBeUndefined();
  expect(await after("setex('a', 60, 'b', next)")).toBe(code("set('a', 'b', 'EX', 60, next)"));
});

it('writes the API of version 3 in legacy mode, which hands its arguments on as they are', async () => {
  const manifest = JSON.stringify({ dependencies: { redis: '^4' } });
  const text = "const { createClient } = require('redis');\nconst client = createClient({ legacyMode: true });\nmodule.exports = (k, v) => client.setEx(k, 60, v);\n";
  expect(await fixed(text, { name: 'a.js', manifest })).toContain("client.set(k, v, 'EX', 60)");
  expect(await fixed(text.replace('legacyMode: true', ''), { name: 'a.js', manifest })).toContain('client.set(k, v, { EX: 60 })');
});
