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
    ['Promise.all with a then alone', 'Promise.all([redis.del(k), redis.del(v)]).then(() => console.log(v));'],
    ['Promise.all of a list', 'Promise.all(ids.map((id) => redis.del(id)));'],
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
    ['Promise.all with a catch', 'Promise.all([redis.del(k), redis.del(v)]).then(() => 1).catch(() => 0);'],
    ['Promise.all of what has a catch', 'Promise.all([redis.del(k).catch(() => 0)]);\nPromise.allSettled([redis.del(k)]);'],
    ['Promise.all that is kept', 'const all = Promise.all([redis.del(k)]);\nreturn all.then(() => Promise.all(ids.map((id) => redis.del(id))));'],
    ['quit', "process.on('SIGTERM', () => {\n redis.quit();\n});"],
    ['a queue', 'const all = redis.multi();\nall.incr(k);\nids.forEach((id) => all.incr(id));\nawait all.exec();'],
    ['map, whose promises are kept', 'return ids.map((id) => redis.get(id));'],
    ['what a sort or filter is given', 'return ids.some((id) => redis.get(id));'],
    ['a callback that rejects', 'return new Promise((resolve, reject) => {\n redis.get(k, (error, value) => (error ? reject(error) : resolve(value)));\n});'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

describe('of the API of node-redis 3', () => {
  const made = "const redis = require('redis');\nconst client = redis.createClient();\n";
  const found = (version: string, text: string, name = 'a.js'): Promise<string[]> =>
    linesOf('floating-command', { 'package.json': JSON.stringify({ dependencies: { redis: version } }), [name]: text });

  it.each([
    ['a callback, whatever the version', '^5', `${made}exports.f = (k, cb) => { client.get(k, (error, value) => cb(value)); client.del(k, cb); };`],
    ['callbacks elsewhere in the file', '*', `${made}client.set('a', '1');\nexports.f = (k) => client.get(k, function (error, reply) { console.log(reply); });`],
    ['the same of a field', '>=0.8.2', "const redis = require('redis');\nfunction Store() {\n this.client = redis.createClient();\n this.client.set('a', '1');\n this.client.get('a', (error, value) => value);\n}\nmodule.exports = Store;"],
    ['a port', '*', "const redis = require('redis');\nconst client = redis.createClient(6379, 'localhost', { auth_pass: 'x' });\nclient.auth('x');"],
    ['a port that is a variable, in TypeScript', 'latest', "import { createClient } from 'redis';\nconst client = createClient(Number(process.env.PORT), 'localhost');\nexport const f = () => { client.del('a'); };", 'a.ts'],
    ['its options', '>=2', "const redis = require('redis');\nconst client = redis.createClient({ return_buffers: true });\nclient.del('a');"],
    ['send_command', '*', `${made}client.send_command('DEL', ['a']);\nclient.del('b');`],
    ['legacy mode', '^4', "const redis = require('redis');\nconst client = redis.createClient({ legacyMode: true });\nexports.f = async (k) => { await client.connect(); client.del(k); };"],
    ['legacy mode in a variable', '^4', "const redis = require('redis');\nlet options = { legacyMode: true };\nmodule.exports = (given) => {\n if (given) options = { ...options, ...given };\n const client = redis.createClient(options);\n client.del('a');\n client.set('a', '1', (error) => console.log(error));\n};"],
    ['legacy mode as a default', '^4', "const redis = require('redis');\nconst defaults = { legacyMode: true };\nconst client = redis.createClient(Object.assign({}, defaults, { url: 'redis://a' }));\nclient.del('a');"],
    ['the legacy view', '^5', `${made}const old = client.legacy();\nold.del('a');\nclient.legacy().del('b');`],
  ])('keeps quiet about %s', async (_, version, text, name?: string) => {
    expect(await found(version, text, name)).toEqual([]);
  });

  it.each([
    ['the view with promises of legacy mode', '^4', "const redis = require('redis');\nconst client = redis.createClient({ legacyMode: true });\nclient.v4.del('a');", 1],
    ['no legacy mode', '^4', "const redis = require('redis');\nconst client = redis.createClient({ legacyMode: false });\nclient.del('a');", 1],
    ['an open range, and no word of version 3', '*', `${made}client.del('a');`, 1],
    ['an open range, and connect()', '>=3', "const redis = require('redis');\nconst client = redis.createClient({ host: 'a' });\nclient.connect().then(() => client.del('a'), () => undefined);\nclient.del('b');", 1],
    ['a listener', '*', `${made}client.on('ready', () => undefined);\nclient.subscribe('c', (message) => message);`, 1],
    ["another's callbacks", '*', `${made}const app = require('express')();\napp.get('/', (req, res) => res.end());\nclient.del('a');`, 1],
    ['options of version 3 where the range is closed', '^4', "const redis = require('redis');\nconst client = redis.createClient({ host: 'a' });\nclient.del('a');", 1],
  ])('reports with %s', async (_, version, text, count) => {
    expect(await found(version, text)).toHaveLength(count);
  });
});

it('rejects the promise around it, where there is one', async () => {
  const text = `${clients}export const f = (k: string) =>\n new Promise<void>((resolve) => {\n  Promise.all([redis.del(k), redis.del(k + 1)]).then(() => resolve());\n });\n`;
  const { ids, after } = await offered(text, 'reject');
  expect(ids).toEqual(['reject']);
  expect(after).toContain('(resolve, reject) => {\n  Promise.all([redis.del(k), redis.del(k + 1)]).then(() => resolve()).catch(reject);');
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
