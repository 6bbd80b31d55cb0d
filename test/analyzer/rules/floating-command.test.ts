import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('floating-command', `${clients}export async function f(k: string, v: string, ids: string[]) {\n${body}\n}`);

/** The fixes on offer for each finding, and the text after one of them. */
async function offered(text: string, id?: string): Promise<{ ids: string[]; after: string | undefined }> {
  return withProject({ 'a.ts': text }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'floating-command');
    const fixes = findings.flatMap((finding) => analyzer.fixes(finding));
    const fix = fixes.find((one) => one.id === id);
    const after = fix?.edits.toSorted((a, b) => b.start - a.start).reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), text);
    return { ids: fixes.map((one) => one.id), after };
  });
}

describe('reports', () => {
  it.each([
    ['a condition before it', 'v && redis.del(k);'],
    ['both branches', 'v ? redis.del(k) : redis.incr(k);'],
    ['a finally', 'redis.del(k).finally(() => console.log(v));'],
    ['a timer', 'setInterval(() => redis.ping(), 1000);'],
    ['a body that returns it', 'ids.forEach((id) => {\n return redis.del(id);\n});'],
    ['a function that returns it', 'ids.forEach(function (id) {\n if (v) return redis.del(id);\n});'],
    ['a callback made a promise', "promisify((done: any) => redis.xadd(k, '*', 'v', v, done))();\ndeclare function promisify(fn: (done: any) => unknown): () => Promise<unknown>;"],
    ['a raw command', "client.sendCommand(['DEL', k]);"],
    ['an assertion around it', '(redis.del(k) as Promise<unknown>);'],
    ['resolve in ioredis', 'return new Promise<unknown>((resolve: (x: unknown) => void) => {\n redis.get(k, resolve);\n});'],
  ])('%s', async (_, body) => {
    expect((await reports(body)).length).toBeGreaterThan(0);
  });

  it('`Redis | Cluster`, and a client that is a parameter', async () => {
    expect(await linesOf('floating-command', "import type { Cluster, Redis } from 'ioredis';\nexport function f(redis: Redis | Cluster) {\n redis.incr('a');\n}")).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['what is used in an expression', 'const all = [redis.get(k)];\nconst text = `${redis.get(k)}`;\nif (await redis.exists(k)) return [all, text];'],
    ['what is given on', 'console.log(redis.get(k));\nnew Map([[k, redis.get(k)]]);'],
    ['a handler for both', 'redis.del(k).then(() => 1, () => 0);'],
    ['a callback made a promise that is awaited', "await promisify((done: any) => redis.xadd(k, '*', 'v', v, done))();\ndeclare function promisify(fn: (done: any) => unknown): () => Promise<unknown>;"],
    ['what a map of a body returns', 'return ids.map((id) => {\n return redis.get(id);\n});'],
    ['a catch before the end', 'redis.del(k).catch(() => 0).then(() => 1);'],
    ['quit', "process.on('SIGTERM', () => {\n redis.quit();\n});"],
    ['a queue', 'const all = redis.multi();\nall.incr(k);\nids.forEach((id) => all.incr(id));\nawait all.exec();'],
    ['map, whose promises are kept', 'return ids.map((id) => redis.get(id));'],
    ['what a sort or filter is given', 'return ids.some((id) => redis.get(id));'],
    ['a callback that rejects', 'return new Promise((resolve, reject) => {\n redis.get(k, (error, value) => (error ? reject(error) : resolve(value)));\n});'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('leaves to typescript-eslint what that reports', async () => {
  const text = `${clients}export const f = (ids: string[]) => {\n redis.incr('a');\n ids.forEach((id) => redis.incr(id));\n};\n`;
  const config = (): Partial<Config> => ({ rules: { 'floating-command': { severity: undefined, options: { leaveToTypescriptEslint: true } } } });
  const js = "const Redis = require('ioredis');\nconst redis = new Redis();\nredis.incr('a');\n";
  await withProject({ 'a.ts': text, 'b.js': js }, async (analyzer, root) => {
    const { findings } = await analyzer.check();
    expect(findings.filter(({ rule }) => rule === 'floating-command').map(({ file, message }) => [file.slice(root.length + 1), message.split(' ')[0]])).toEqual([['a.ts', 'forEach'], ['b.js', 'Nobody']]);
  }, config);
});

it('offers await only where it may stand, and one by one is no way', async () => {
  expect((await offered(`${clients}export async function f(k: string) {\n redis.del(k);\n}\n`)).ids).toEqual(['await', 'catch']);
  expect((await offered(`${clients}export function f(k: string) {\n redis.del(k);\n}\n`)).ids).toEqual(['catch']);
  expect((await offered(`${clients}export async function f(ids: string[]) {\n for (const id of ids) redis.del(id);\n}\n`)).ids).toEqual(['catch']);
  expect((await offered(`${clients}export async function f(ids: string[]) {\n ids.forEach((id) => redis.del(id));\n}\n`)).ids).toEqual(['catch']);
});

it('names the rejection as nothing else is named, and gives bare parameters their parentheses', async () => {
  const text = `${clients}export const f = (reject: string) => new Promise<unknown>(resolve => {\r\n\tredis.get(reject, resolve as never)\r\n})\r\n`;
  expect((await offered(text, 'reject')).after).toBe(text.replace('resolve =>', '(resolve, fail) =>').replace('resolve as never', '(error, value) => (error ? fail(error) : resolve(value)) as never'));
});
