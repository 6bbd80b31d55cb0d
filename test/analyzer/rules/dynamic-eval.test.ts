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
    ['the release of a lock', "await redis.eval(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", 1, k, v);"],
    ['a lock held for longer', "await redis.eval(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end\", 1, k, v, 1000);"],
    ['what converts values of another type', "try {\n return await redis.hgetall(k);\n} catch (error) {\n if (!String(error).includes('WRONGTYPE')) throw error;\n return redis.eval(\"redis.call('DEL', KEYS[1])\", 1, k);\n}"],
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
  expect(await judged(inFunction("`return redis.call('GET', '${sku}')`"))).toEqual([['warning', 1]]);
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

describe('passes values as KEYS and ARGV', () => {
  const fixed = async (script: string, before = ''): Promise<string | undefined> => {
    const text = `import { Redis, Cluster } from 'ioredis';\nconst redis = new Redis();\nconst prefixed = new Redis({ keyPrefix: 'app:' });\nconst cluster = new Cluster([]);\n${before}export const f = (sku: string, n: number, other: string) => ${script};\n`;
    return withProject({ 'a.ts': text }, async (analyzer) => {
      const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'dynamic-eval');
      const edits = finding ? (analyzer.fixes(finding).find(({ id }) => id === 'script-arguments')?.edits ?? []) : [];
      if (edits.length === 0) return undefined;
      return edits.toSorted((a, b) => b.start - a.start).reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text).split('\n').at(-2)?.split(' => ')[1];
    });
  };

  it.each([
    ['a key', "redis.eval(`return redis.call('GET', 'a:${sku}')`, 0)", "redis.eval(`return redis.call('GET', KEYS[1])`, 1, `a:${sku}`);"],
    ['keys and values by the command', "redis.eval(`return redis.call('MSET', '${sku}', '${n}', '${other}', ARGV[1])`, 0, 'x')", "redis.eval(`return redis.call('MSET', KEYS[1], ARGV[2], KEYS[2], ARGV[1])`, 2, sku, other, 'x', n);"],
    ['a number in an expression', "redis.eval(`if ${n} > 3 then return '${sku}' end`, 0)", "redis.eval(`if tonumber(ARGV[1]) > 3 then return ARGV[2] end`, 0, n, sku);"],
    ['behind keys that are there', "redis.eval(`return redis.call('COPY', KEYS[1], '${sku}')`, 1, other)", "redis.eval(`return redis.call('COPY', KEYS[1], KEYS[2])`, 2, other, sku);"],
    ['one key on a cluster', "cluster.eval(`return redis.call('GET', '${sku}')`, 0)", "cluster.eval(`return redis.call('GET', KEYS[1])`, 1, sku);"],
  ])('%s', async (_, script, after) => {
    expect(await fixed(script)).toBe(after);
  });

  it.each([
    ['a piece of code', 'redis.eval(`return ${sku}`, 0)'],
    ['a part of a name', "redis.eval(`return redis.call('GET', KEYS[1${n}])`, 1, sku)"],
    ['the name of a command', "redis.eval(`return redis.call('${sku}', KEYS[1])`, 1, other)"],
    ['text that is put together in Lua', "redis.eval(`return redis.call('GET', '${sku}' .. ARGV[1])`, 0, other)"],
    ['a variable that is put together later', "redis.eval(`local p = '${sku}'; return redis.call('GET', p .. ARGV[1])`, 0, other)"],
    ['an escape', "redis.eval(`return '${sku}\\\\n'`, 0)"],
    ['a comment', "redis.eval(`return 1 -- it's ${sku}`, 0)"],
    ['parameters that are counted', "redis.eval(`return #ARGV + ${n}`, 0, sku)"],
    ['a count that is not known', "redis.eval(`return '${sku}'`, n, other)"],
    ['two keys on a cluster', "cluster.eval(`return redis.call('MGET', '${sku}', '${other}')`, 0)"],
    ['a key that would get the prefix of the client', "prefixed.eval(`return redis.call('GET', '${sku}')`, 0)"],
  ])('not %s', async (_, script) => {
    expect(await fixed(script)).toBeUndefined();
  });
});
