import { expect, it } from 'vitest';
import { clients, withProject } from '../../support/analyze.ts';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';

const rule = 'prefer-getex';

/** Of functions in one project: the names of those with a finding. */
async function reported(bodies: Record<string, string>, more = ''): Promise<string[]> {
  const text = Object.entries(bodies).map(([name, body]) => `export async function ${name}(k: string, v: string, ttl: number) {\n${body}\n}`).join('\n');
  return withProject({ 'a.ts': `${clients}${more}\n${text}` }, async (analyzer, root) => {
    const { findings } = await analyzer.check();
    const source = analyzer.text(`${root}/a.ts`) ?? '';
    return findings.filter((finding) => finding.rule === rule).map(({ start }) => [...source.slice(0, start).matchAll(/function (\w+)/g)].at(-1)?.[1] ?? '');
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

it('reports a read whose TTL is renewed by another command', async () => {
  const bodies = {
    present: 'const text = await client.get(k);\nif (text != null) {\n await client.expire(k, ttl);\n return text;\n}\nreturn v;',
    chain: 'return redis.get(k).then((text) => text && redis.expire(k, ttl).then(() => text));',
    at: 'const text = await redis.getBuffer(k);\nawait redis.expireat(k, ttl);\nreturn text;',
    raw: "const text = await redis.call('GET', k);\nawait redis.call('PEXPIRE', k, '1000');\nreturn text;",
  };
  expect(await reported(bodies)).toEqual(Object.keys(bodies));
});

it('keeps quiet about the rest', async () => {
  expect(await reported({
    owner: 'const owner = await redis.get(k);\nif (owner === v) await redis.expire(k, ttl);',
    other: 'const owner = await redis.get(k);\nif (owner !== v) return false;\nawait redis.expire(k, ttl);\nreturn true;',
    time: 'const text = await redis.get(k);\nconst { seconds } = JSON.parse(text ?? v);\nawait redis.expire(k, seconds);',
    miss: 'const text = await redis.get(k);\nif (!text) await redis.expire(k, ttl);',
    caught: 'const text = await redis.get(k);\ntry {\n JSON.parse(text ?? v);\n} catch {\n await redis.expire(k, 1);\n}',
    loop: 'const text = await redis.get(k);\nfor (const word of text ?? v) {\n if (word) await redis.expire(k, ttl);\n}',
    queued: 'const queue = redis.pipeline();\nqueue.get(k);\nqueue.expire(k, ttl);\nawait queue.exec();',
    burst: 'await Promise.all([redis.get(k), redis.expire(k, ttl)]);',
    hash: "const all = await redis.hgetall(k);\nawait redis.expire(k, ttl);\nreturn all;",
    written: 'const text = await redis.get(k);\nawait redis.append(k, v);\nawait redis.expire(k, ttl);\nreturn text;',
  })).toEqual([]);
});

it('asks a helper what it does of itself, and the configuration which servers there are', async () => {
  const more = 'async function touch(key: string, text: string | null) { if (text === "x") await redis.expire(key, 60); }';
  expect(await reported({ own: 'const text = await redis.get(k);\nawait touch(k, text);\nreturn text;' }, more)).toEqual([]);
  const text = `${clients}export async function f(k: string) {\n const text = await redis.get(k);\n await redis.expire(k, 60);\n return text;\n}`;
  const found = (lowestVersion: string): Promise<number> => withProject({ 'a.ts': text }, async (analyzer) => (await analyzer.check()).findings.filter((finding) => finding.rule === rule).length, () => ({ server: { lowestVersion } }));
  expect([await found('6.0'), await found('7.2')]).toEqual([0, 1]);
});

it('is safe only where both are the same for every value, and not offered where it cannot be right', async () => {
  const read = (test: string, time = '60'): string => `const text = await redis.get(k)\n${test}await redis.expire(k, ${time})\nreturn text`;
  expect(await fixed(read('if (text !== null) '), 'safe')).toBe("const text = await redis.getex(k, 'EX', 60)\nreturn text");
  expect(await fixed(read('if (text) '), 'safe')).toBeUndefined();
  expect(await fixed(read('', 'ttl'), 'safe')).toBeUndefined();
  expect(await fixed(read('await redis.ping()\n'), 'safe')).toBeUndefined();
  expect(await fixed(read('', 'ttl'))).toBe("const text = await redis.getex(k, 'EX', ttl)\nreturn text");
  expect(await fixed(read('', '-1'))).toBeUndefined();
  expect(await fixed('const text = await redis.get(k)\nreturn [text, await redis.expire(k, 60)]')).toBeUndefined();
});
