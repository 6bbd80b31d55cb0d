import { expect, it } from 'vitest';
import { clients, withProject } from '../../support/analyze.ts';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';

const rule = 'incr-then-expire';

/** Of functions in one project: the names of those with a finding, and how severe. */
async function reported(bodies: Record<string, string>, more = ''): Promise<string[]> {
  const text = Object.entries(bodies).map(([name, body]) => `export async function ${name}(k: string, v: string, ttl: number) {\n${body}\n}`).join('\n');
  return withProject({ 'a.ts': `${clients}${more}\n${text}` }, async (analyzer, root) => {
    const { findings } = await analyzer.check();
    const source = analyzer.text(`${root}/a.ts`) ?? '';
    return findings.filter((finding) => finding.rule === rule).map(({ start, severity }) => `${[...source.slice(0, start).matchAll(/function (\w+)/g)].at(-1)?.[1] ?? ''} ${severity}`);
  });
}

/** What the fix makes of a function's body in a project of ioredis 5; undefined where there is none. */
async function fixed(body: string, kind?: string): Promise<string | undefined> {
  const [head, tail] = ["import Redis from 'ioredis'\nconst redis = new Redis()\nexport async function f(k: string, v: string, ttl: number) {\n", '\n}\n'];
  return withProject({ 'package.json': JSON.stringify({ dependencies: { ioredis: '^5' } }), 'a.ts': head + body + tail }, async (analyzer) => {
    const { files } = await applyFixes(analyzer, {}, (finding, fixes) => (finding.rule === rule ? fixes.find((fix) => kind === undefined || fix.kind === kind) : undefined));
    return files[0]?.after.replaceAll('\r\n', '\n').slice(head.length, -tail.length);
  });
}

it('reports counters whose window may get lost, and those whose window never ends', async () => {
  expect(await reported({
    first: 'if ((await redis.incr(k)) === 1) await redis.expire(k, 60);',
    others: 'const n = await redis.incr(k);\nif (n !== 1) return n;\nawait redis.expire(k, ttl);\nreturn n;',
    chain: 'return redis.incr(k).then((n) => { if (n < 2) return redis.pexpire(k, ttl); return n; });',
    also: 'const n = await client.incrBy(k, 5);\nif (ttl > 0 && n === 5) await client.expire(k, ttl);\nreturn n;',
    flag: 'const isNew = (await redis.incr(k)) === 1;\nif (isNew) await redis.expire(k, 60);',
    unguarded: 'const n = await redis.incr(k);\nconst at = await work(k);\nawait redis.pexpireat(k, at);\nreturn n;',
    slides: 'const n = await redis.incr(k);\nif (n > 100) throw new Error();\nawait redis.expire(k, 60);',
  }, 'declare const work: (x: string) => Promise<number>;')).toEqual(['first warning', 'others warning', 'chain warning', 'also warning', 'flag warning', 'unguarded information', 'slides information']);
});

it('keeps quiet about the rest', async () => {
  expect(await reported({
    gauge: 'const n = await redis.incr(k);\nif (n === 0) await redis.expire(k, 60);\nreturn n > 3;',
    statistics: 'await redis.incr(k);\nawait redis.expire(k, 60);',
    several: "await redis.incr(k);\nawait redis.incr(v);\nawait redis.expire(k, 60);\nawait redis.expire(v, 60);",
    unlimited: 'const n = await redis.incr(k);\nawait redis.expire(k, 60);\nreturn n;',
    period: 'const day = new Date().toISOString().slice(0, 10);\nconst key = `q:${k}:${day}`;\nconst n = await redis.incr(key);\nawait redis.expire(key, 86400);\nreturn n > 3;',
    bucket: 'const key = `q:${k}:${Math.floor(Date.now() / 1000 / ttl)}`;\nconst n = await redis.incr(key);\nawait redis.expire(key, ttl);\nreturn n > 3;',
    healed: 'const n = await redis.incr(k);\nif ((await redis.ttl(k)) < 0) await redis.expire(k, 60);\nreturn n > 3;',
    lower: "const n = await client.incr(k);\nawait client.expire(k, 60, 'LT');\nreturn n > 3;",
    queued: 'const queue = redis.multi();\nqueue.incr(k);\nqueue.expire(k, 60);\nawait queue.exec();',
  })).toEqual([]);
});

it('says of a counter of one period only that it stays', async () => {
  const text = (key: string): string => `${clients}export async function f(ip: string) {\n const window = Math.floor(Date.now() / 60000);\n if ((await redis.incr(${key})) === 1) await redis.expire(${key}, 60);\n}`;
  const message = (key: string): Promise<string | undefined> => withProject({ 'a.ts': text(key) }, async (analyzer) => (await analyzer.check()).findings.find((finding) => finding.rule === rule)?.message);
  expect(await message("'r:' + ip + window")).not.toContain('limit holds');
  expect(await message("'r:' + ip")).toContain('limit holds');
});

it('asks a helper what it does of itself', async () => {
  const more = 'async function bump(key: string) { return redis.incr(key); }\nasync function limit(key: string, n: number) { if (n === 0) await redis.expire(key, 60); }\nasync function close(key: string) { await redis.expire(key, 60); }';
  expect(await reported({
    own: 'const n = await bump(k);\nawait limit(k, n);\nreturn n > 5;',
    first: 'const n = await bump(k);\nif (n === 1) await close(k);\nreturn n > 5;',
  }, more)).toEqual(['first warning']);
});

it('fixes in the style of the file, and not where it cannot be right', async () => {
  expect(await fixed('\tconst n: number = await redis.incr(k)\r\n\tif (n === 1) await redis.expire(k, 60)\r\n\treturn n')).toBe(
    "\tconst replies = await redis.multi().set(k, 0, 'EX', 60, 'NX').incr(k).exec()\n\tfor (const [error] of replies ?? []) {\n\t\tif (error) throw error\n\t}\n\tconst n: number = Number(replies?.[1]?.[1])\n\treturn n",
  );
  expect(await fixed('return (await redis.incr(k)) > 5')).toBeUndefined();
  expect(await fixed('const n = await redis.incr(k)\nif (n === 1 && ttl > 5) await redis.expire(k, ttl)\nreturn n')).toBeUndefined();
  expect(await fixed('const n = await redis.incr(k)\nif (n === 1) await redis.expireat(k, ttl)\nreturn n')).toBeUndefined();
  expect(await fixed('const n = await redis.incr(k)\nif (n === 1) await redis.expire(k, ttl * n)\nreturn n')).toBeUndefined();
});
