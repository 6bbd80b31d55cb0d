import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';
import { applyFixes } from '../../../src/analyzer/fixes/apply.ts';

const rule = 'setnx-then-expire';
const reports = (body: string): Promise<string[]> => linesOf(rule, `${clients}export async function f(k: string, v: string, ttl: number) {\n${body}\n}`);

/** Of functions in one project: the names of those with a finding. */
async function reported(bodies: Record<string, string>): Promise<string[]> {
  const text = Object.entries(bodies).map(([name, body]) => `export async function ${name}(k: string, v: string, ttl: number) {\n${body}\n}`).join('\n');
  return withProject({ 'a.ts': clients + text }, async (analyzer, root) => {
    const { findings } = await analyzer.check();
    const source = analyzer.text(`${root}/a.ts`) ?? '';
    return findings.filter((finding) => finding.rule === rule).map(({ start }) => [...source.slice(0, start).matchAll(/function (\w+)/g)].at(-1)?.[1] ?? '');
  });
}

it('reports claims that get their TTL by another command', async () => {
  const bodies = {
    always: 'await redis.setnx(k, v);\nawait redis.expire(k, 60);',
    raw: "await redis.call('SETNX', k, v);\nawait redis.call('EXPIRE', k, '60');",
    option: "await client.set(k, v, { condition: 'NX' });\nawait client.expire(k, ttl);",
    chain: 'return redis.setnx(k, v).then((won) => (won ? redis.expire(k, 60) : 0));',
    unknown: "const key = ['lock', k].map(String).join(v);\nif (await redis.setnx(key, v)) await redis.pexpire(key, ttl);",
    pipeline: 'const queue = redis.pipeline();\nqueue.setnx(k, v);\nqueue.expire(k, 60);\nawait queue.exec();',
  };
  expect(await reported(bodies)).toEqual(Object.keys(bodies));
});

it('keeps quiet about the rest', async () => {
  expect(await reported({
    refused: "const won = await redis.setnx(k, v);\nif (won === 0) {\n await redis.expire(k, ttl);\n}",
    refusedFirst: "if ((await redis.setnx(k, v)) > 0) return true;\nreturn redis.expire(k, ttl);",
    healing: "await redis.setnx(k, v);\nawait redis.expire(k, ttl, 'NX');",
    counter: 'await redis.setnx(k, -1);\nconst n = await redis.incr(k);\nawait redis.expire(k, ttl);\nreturn n;',
    other: 'await redis.setnx(k, v);\nawait client.expire(k, ttl);',
    plain: "await redis.set(k, v, 'XX');\nawait redis.expire(k, ttl);",
    unknown: 'await redis.setnx(k + Math.random(), v);\nawait redis.expire(k + Math.random(), ttl);',
  })).toEqual([]);
});

it('is a warning where those who are refused take over a claim whose deadline is past', async () => {
  const found = (body: string): Promise<string[]> =>
    withProject({ 'a.ts': `${clients}export async function f(k: string, ttl: number) {\nconst now = Date.now();\n${body}\n}` }, async (analyzer) =>
      (await analyzer.check()).findings.filter((finding) => finding.rule === rule).map(({ severity, message }) => `${severity} ${/for ever|until a later caller/.exec(message)?.[0] ?? ''}`));
  const claim = 'if (await redis.setnx(k, now + ttl)) {\n await redis.expire(k, ttl);\n return true;\n}\n';
  const takeover = 'await redis.set(k, now + ttl);\nreturn true;';
  expect(await found(`${claim}const raw = await redis.get(k);\nconst until = raw ? parseInt(raw) : 0;\nif (now <= until) return false;\n${takeover}`)).toEqual(['warning until a later caller']);
  expect(await found(`${claim}if (now - Number((await redis.get(k)) ?? 0) < 0) return false;\nreturn (await redis.getset(k, now + ttl)) !== null;`)).toEqual(['warning until a later caller']);
  // Nobody takes it over; it is another client's; it is not compared with a time.
  expect(await found(`${claim}return now > Number(await redis.get(k));`)).toEqual(['error for ever']);
  expect(await found(`${claim}if (now < Number(await client.get(k))) return false;\n${takeover}`)).toEqual(['error for ever']);
  expect(await found(`${claim}if ((await redis.get(k)) === 'mine') return false;\n${takeover}`)).toEqual(['error for ever']);
});

it('does not take the claims of two calls of a helper for one', async () => {
  const helper = 'async function take(p: string) {\n const key = p.split(":").reverse().join(":");\n if (await redis.setnx(key, 1)) await redis.expire(key, 60);\n}\n';
  expect(await linesOf(rule, `${clients}${helper}export async function f() {\n await take('a');\n await take('b');\n}`)).toEqual(['if (await redis.setnx(key, 1)) await redis.expire(key, 60);']);
});

describe('the fix', () => {
  const fixed = (text: string, dependencies: Record<string, string> = { ioredis: '^5' }): Promise<string | undefined> =>
    withProject({ 'package.json': JSON.stringify({ dependencies }), 'a.ts': text }, async (analyzer) => {
      const { files } = await applyFixes(analyzer, {}, (finding, fixes) => (finding.rule === rule ? fixes[0] : undefined));
      return files[0]?.after;
    });
  const head = "import Redis from 'ioredis'\nconst redis = new Redis()\n";

  it('keeps line ends, tabs and missing semicolons', async () => {
    const before = `${head}export async function f(k: string) {\n\tif (await redis.setnx(k, 1)) {\n\t\tawait redis.expire(k, 60)\n\t}\n}\n`;
    const after = `${head}export async function f(k: string) {\n\tawait redis.set(k, 1, 'EX', 60, 'NX')\n}\n`;
    expect(await fixed(before.replaceAll('\n', '\r\n'))).toBe(after.replaceAll('\n', '\r\n'));
  });

  it.each([
    ['the number goes on', 'const won = await redis.setnx(k, 1);\nawait redis.expire(k, 60);\nreturn won;'],
    ['the time comes later', 'const won = await redis.setnx(k, 1);\nconst ttl = Number(process.env.TTL);\nif (won) await redis.expire(k, ttl);\nreturn !won;'],
    ['the time may be none', 'if (await redis.setnx(k, 1)) await redis.expire(k, maybe!);'],
    ['the time is not positive', 'await redis.setnx(k, 1);\nawait redis.expire(k, 0);'],
    ['another condition counts', 'if ((await redis.setnx(k, 1)) && maybe) await redis.expire(k, 60);'],
    ['the key is read between', 'await redis.setnx(k, 1);\nawait redis.ttl(k);\nawait redis.expire(k, 60);'],
    ['the reply of EXPIRE is used', 'await redis.setnx(k, 1);\nreturn await redis.expire(k, 60);'],
  ])('is not offered where %s', async (_, body) => {
    expect(await reports(body.replaceAll('maybe', 'ttl'))).toHaveLength(1);
    expect(await fixed(`${head}export async function f(k: string, maybe?: number) {\n${body}\n}\n`)).toBeUndefined();
  });
});
