import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string, before = ''): Promise<string[]> => linesOf('dynamic-eval', `${clients}${before}\nexport async function f(this: { prefix: string }, k: string, v: number) {\n${body}\n}`);

/** Severity of the finding, and how many fixes there are. */
async function judged(text: string, name = 'a.ts', ioredis = '^5'): Promise<[string, number][]> {
  const manifest = JSON.stringify({ dependencies: { ioredis, redis: '^5' } });
  return withProject({ [name]: text, 'package.json': manifest }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'dynamic-eval');
    return findings.map((finding) => [finding.severity, analyzer.fixes(finding).length]);
  });
}

describe('reports', () => {
  it.each([
    ['a value in a text that is put together', "await redis.eval('return ' + v, 0);"],
    ['a text that is put together before', "const text = `return redis.call('GET', '${k}')`;\nawait redis.eval(text, 0);"],
    ['a value in a pipeline’s script', "await redis.pipeline().eval(`return ${v}`, 0).exec();"],
    ['the read-only form', "await client.evalRo(`return redis.call('GET', '${k}')`);"],
    ['a script of the module in a function', 'await redis.eval(script, 1, k);', "import { readFileSync } from 'node:fs';\nconst script = readFileSync('a.lua', 'utf8');"],
  ])('%s', async (_, body, before = '') => {
    expect(await reports(body, before)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a script that is a parameter', 'await redis.eval(k, 0);'],
    ['a fallback', "try {\n return await redis.evalsha('abc', 1, k);\n} catch {\n return redis.eval('return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', 1, k);\n}"],
    ['a fallback by its error', "if (k.includes('NOSCRIPT')) return redis.eval('return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', 0);"],
    ['a script as short as its hash', "await redis.eval('return redis.call(\\'GET\\', KEYS[1])', 1, k);"],
    ['eval of others', "const page = { eval: (text: string) => text };\nreturn page.eval(`x${v}`);"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });

  it('a script that is sent once', async () => {
    expect(await linesOf('dynamic-eval', `${clients}redis.eval('return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', 0);\n`)).toEqual([]);
  });
});

it('tells values from what stays the same', async () => {
  const inFunction = (script: string, before = ''): string => `${clients}${before}export const f = (sku: string, far: boolean) => redis.eval(${script}, 1, sku);\n`;
  expect(await judged(inFunction("`return redis.call('GET', '${sku}')`"))).toEqual([['warning', 0]]);
  expect(await judged(inFunction("`return redis.call('GET', '${prefix}')`", 'const prefix = String(process.pid);\n'))).toEqual([['information', 0]]);
  expect(await judged(inFunction("`return ${far ? '1' : '0'}`"))).toEqual([['information', 0]]);
});

it('offers a definition only where the file makes the client, and its types can be told', async () => {
  const body = "export const f = (k) => redis.eval('return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', 1, k);\n";
  const made = "import Redis from 'ioredis';\nconst redis = new Redis();\n";
  expect(await judged(made + body, 'a.js')).toEqual([['information', 1]]);
  expect(await judged(made.replace('const redis', 'let redis') + body, 'a.js')).toEqual([['information', 0]]);
  expect(await judged(`${made}${body.replace('1, k', '1, ...[k]')}`, 'a.js')).toEqual([['information', 0]]);
  expect(await judged(`${made}${body.replace("'return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', 1", "'return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', /* keys */ 1")}`, 'a.js')).toEqual([['information', 0]]);
  expect(await judged(`import Redis from 'ioredis';\nexport const f = (redis: Redis) => redis.eval('return #KEYS + #ARGV + tonumber(KEYS[1]) + 1', 0);\n`)).toEqual([['information', 0]]);
  expect(await judged(made + body.replace('(k)', '(k: string)'), 'a.ts', '^4')).toEqual([['information', 0]]);
  expect(await judged("import { createClient } from 'redis';\nexport const take = (k: string) => client.eval(LUA, { keys: [k] });\nconst client = createClient();\nconst LUA = 'return #KEYS + #ARGV + tonumber(KEYS[1]) + 1';\n")).toEqual([['information', 0]]);
});

it('keeps line ends, tabs and the absence of semicolons', async () => {
  const text = "import Redis from \"ioredis\"\r\nconst redis = new Redis()\r\nexport class Lock {\r\n\tasync free(key) {\r\n\t\treturn redis.eval(\"return #KEYS + #ARGV + tonumber(KEYS[1]) + 1\", 1, key)\r\n\t}\r\n}\r\n";
  const after = await withProject({ 'a.js': text }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'dynamic-eval');
    const edits = finding ? (analyzer.fixes(finding)[0]?.edits ?? []) : [];
    return edits.toSorted((a, b) => b.start - a.start).reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
  });
  expect(after).toBe(text.replace('new Redis()\r\n', 'new Redis()\r\nredis.defineCommand("free", { numberOfKeys: 1, lua: "return #KEYS + #ARGV + tonumber(KEYS[1]) + 1" })\r\n').replace('redis.eval("return #KEYS + #ARGV + tonumber(KEYS[1]) + 1", 1, key)', 'redis.free(key)'));
});
