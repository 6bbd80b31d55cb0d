import { describe, expect, it } from 'vitest';
import { linesOf, withProject } from '../../support/analyze.ts';

const made = "import Redis from 'ioredis';\nimport { createClient } from 'redis';\nconst redis = new Redis();\nconst client = createClient();\n";
const reports = (code: string): Promise<string[]> => linesOf('scan-batch-shape', { 'a.js': made + code });

describe('reports', () => {
  it.each([
    ['a stream kept in a variable', "export async function a() {\n  const stream = redis.scanStream();\n  for await (const key of stream) await redis.get(key);\n}"],
    ['a listener at the top of a script', "const stream = redis.scanStream();\nstream.on('data', (key) => redis.expire(key, 60));"],
    ['batches gathered, then taken for keys', 'export async function a() {\n  const keys = [];\n  for await (const key of client.scanIterator()) keys.push(key);\n  for (const key of keys) await client.get(key);\n}'],
    ['two commands, once', 'export async function a(log) {\n  for await (const key of client.scanIterator()) log(await client.type(key), await client.ttl(key));\n}'],
    ['a helper of a helper', 'const send = (key) => redis.persist(key);\nconst keep = (key) => send(key);\nexport async function a() {\n  for await (const key of redis.scanStream()) await keep(key);\n}'],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['commands that take many keys', 'export async function a() {\n  for await (const keys of redis.scanStream()) await redis.unlink(keys);\n}'],
    ['a key out of the batch', 'export async function a() {\n  for await (const [key] of client.scanIterator()) await client.get(key);\n  for await (const keys of client.scanIterator()) await client.get(keys[0]);\n}'],
    ['code made for both shapes', 'export async function a() {\n  for await (const key of client.scanIterator()) {\n    if (Array.isArray(key)) await client.mGet(key);\n    else await client.get(key);\n  }\n}'],
    ['a helper made for both', 'const keep = (key) => (Array.isArray(key) ? redis.del(key) : redis.persist(key));\nexport async function a() {\n  for await (const key of redis.scanStream()) await keep(key);\n}'],
    ['members of one set', "export async function a() {\n  for await (const member of redis.sscanStream('s')) await redis.get(member);\n}"],
    ['a batch kept under a key', "export async function a() {\n  for await (const keys of redis.scanStream()) await redis.sadd('all', keys);\n}"],
    ['a stream of something else', "import { createReadStream } from 'node:fs';\nexport const a = () => createReadStream('keys').on('data', (key) => redis.get(key));"],
  ])('%s', async (_, code) => {
    expect(await reports(code)).toEqual([]);
  });
});

it('offers no fix where it cannot be right', async () => {
  const broken = 'export async function a() {\n  for await (const key of client.scanIterator()) {\n    if (await client.get(key)) break;\n  }\n}\n';
  const asList = 'export async function b(log) {\n  for await (const key of client.scanIterator()) log(await client.get(key), key.length);\n}';
  await withProject({ 'a.js': made + broken + asList }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const own = findings.filter(({ rule }) => rule === 'scan-batch-shape');
    expect(own).toHaveLength(2);
    expect(own.flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
  });
});

it('keeps the line ends of the file', async () => {
  await withProject({ 'a.js': `${made}export async function a() {\n\tfor await (const key of client.scanIterator()) {\n\t\tawait client.get(key);\n\t}\n}\n`.replaceAll('\n', '\r\n').replaceAll(';', '') }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const [finding] = findings.filter(({ rule }) => rule === 'scan-batch-shape');
    const [fix] = finding ? analyzer.fixes(finding) : [];
    expect(fix?.edits.map(({ text }) => text)).toEqual(['for await (const keys of client.scanIterator()) {\r\n\t\tfor (const key of keys) {\r\n\t\t\tawait client.get(key)\r\n\t\t}\r\n\t}']);
  });
});
