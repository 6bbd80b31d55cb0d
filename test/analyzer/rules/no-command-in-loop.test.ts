import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('no-command-in-loop', `${clients}export async function f(ids: string[], queue: string[]) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['acknowledgements alone', 'for (const id of ids) {\n queue.push(id);\n await client.xAck("s", "g", id);\n}'],
    ['a condition on the reply that does not leave the loop', 'for (const id of ids) {\n if (await redis.exists(id)) queue.push(id);\n}'],
    ['a skipped item', 'for (const id of ids) {\n const v = await redis.get(id);\n if (!v) continue;\n queue.push(v);\n}'],
    ['an error for a missing item', 'for (const id of ids) {\n const v = await redis.get(id);\n if (!v) throw new Error(id);\n queue.push(v);\n}'],
    ['a field per entry', 'for (const [k, v] of Object.entries({ a: 1 })) {\n await client.hSet("x", k, v);\n}'],
    ['a list worked off', 'while (queue.length) {\n await redis.del(queue.shift() ?? "");\n}'],
    ['a counted loop', 'for (let i = 0; i < ids.length; i++) {\n await client.sAdd("s", ids[i] ?? "");\n}'],
    ['an item after a full list', 'for (const id of ids) {\n if (queue.push(id) < 3) continue;\n await client.del(id);\n}'],
    ['a conditional command', 'for (const id of ids) {\n if (id) await redis.incr(id);\n}'],
    ['a script', 'for (const id of ids) {\n await redis.eval("return 1", 1, id);\n}'],
    ['items of one kind', "for (const id of ids.map((one) => ({ kind: one }))) {\n if (id.kind === 'failed') await redis.del(id.kind);\n}"],
    ['all items but one', "for (const id of ids) {\n if (id !== 'failed') await redis.del(id);\n}"],
    ['two cases of a switch', "for (const id of ids) {\n switch (id) {\n  case 'a':\n  case 'b':\n   await redis.del(id);\n }\n}"],
    ['an optional client', 'const r: Redis | undefined = redis;\nfor (const id of ids) {\n await r?.del(id);\n}'],
    ['only the innermost of nested loops', 'for (const a of ids) {\n for (const b of ids) {\n  await redis.get(a + b);\n }\n}'],
    ['a promise that a function waits for', "const withTimeout = <T>(work: Promise<T>, ms: number): Promise<T> => Promise.race([work, new Promise<T>((_, no) => setTimeout(no, ms))]);\nfor (const id of ids) {\n await withTimeout(redis.set('j:' + id, 1), 500);\n}"],
    ['a promise that a package waits for', "declare const pTimeout: <T>(work: Promise<T>, options: object) => Promise<T>;\nfor (const id of ids) {\n const v = await pTimeout(redis.get(id).catch(() => null), { milliseconds: 9 });\n if (v) queue.push(v);\n}"],
    ['a promise that a function named as a pause waits for', 'declare const timeout: <T>(work: Promise<T>, ms: number) => Promise<T>;\nfor (const id of ids) {\n await timeout(redis.get(id), 9);\n}'],
    ['a race', 'const late = new Promise<null>((done) => setTimeout(done, 9));\nfor (const id of ids) {\n const v = await Promise.race([redis.get(id), late]);\n if (v) queue.push(v);\n}'],
    ['a list that an async generator walks', 'async function* values() {\n for (const id of ids) yield await redis.get(id);\n}\nfor await (const v of values()) queue.push(v ?? "");'],
    ['a counted list that an async generator walks', 'async function* values() {\n for (let i = 0; i < ids.length; i++) {\n  const v = await client.get(ids[i] ?? "");\n  if (v) yield v;\n }\n}\nfor await (const v of values()) queue.push(v);'],
    ['a helper that hands its promise on', "declare const pTimeout: <T>(work: Promise<T>, ms: number) => Promise<T>;\nconst load = (id: string) => pTimeout(redis.get(id), 9);\nfor (const id of ids) {\n await load(id);\n}"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['pages that an async generator hands out', 'async function* pages() {\n for (let page = 0; page < 10; page++) yield await redis.lrange("jobs", page * 50, page * 50 + 49);\n}\nfor await (const page of pages()) queue.push(...page);'],
    ['jobs that an async generator takes one by one', 'async function* jobs() {\n while (queue.length < 9) yield await redis.hget(`job:${queue.length}`, "a");\n}\nfor await (const job of jobs()) queue.push(job ?? "");'],
    ['what a generator yields for somebody else to wait for', 'function* reads() {\n for (const id of ids) yield redis.get(id);\n}\nfor (const read of reads()) queue.push((await read) ?? "");'],
    ['an acknowledgement after the work of its message', 'for (const id of ids) {\n try {\n  await fetch(id);\n  await redis.xack("s", "g", id);\n } catch {}\n}'],
    ['one item of all', "for (const id of ['waiting', 'active', 'failed']) {\n if (id === 'failed' && queue.length) queue.push(...(await redis.zrange(id, 0, 9)));\n}"],
    ['the first item', 'for (let i = 0; i < ids.length; i++) {\n if (i !== 0) continue;\n await client.del(`a:${i}`);\n}'],
    ['one item by a helper', "const drop = (id: string) => redis.del(id);\nconst last = 'z';\nfor (const id of ids) {\n if (id === last) await drop(id);\n}"],
    ['the case of one item', "for (const id of ids) {\n switch (id) {\n  case 'a':\n   queue.push(id);\n   break;\n  case 'b':\n   await redis.del(id);\n }\n}"],
    ['work that is taken and done one by one', 'for (let i = 0; i < 10; i++) {\n const job = await redis.lpop("jobs");\n if (job === null) break;\n await fetch(job);\n}'],
    ['one from each of several lists', 'for (let i = 0; i < ids.length; i++) {\n const job = await redis.lpop(ids[i] ?? "");\n if (job) break;\n}'],
    ['a search that ends at the first hit', 'for (const id of ids) {\n const v = await redis.get(id);\n if (v) break;\n}'],
    ['enough found', 'const out: string[] = [];\nfor (const id of ids) {\n if (out.length >= 10) break;\n const raw = await redis.get(id);\n if (raw) out.push(raw);\n}'],
    ['a list that grows by replies', 'const todo = [...ids];\nfor (const id of todo) {\n const next = await redis.get(id);\n if (next) todo.push(next);\n}'],
    ['a queue fed by replies', 'while (queue.length) {\n const id = queue.shift() ?? "";\n queue.push(...(await redis.smembers(id)));\n}'],
    ['what was seen before', 'const seen = new Set<string>();\nfor (const id of ids) {\n if (seen.has(id)) continue;\n const raw = await redis.get(id);\n if (raw) seen.add(id);\n}'],
    ['a lock per item', 'for (const id of ids) {\n const ok = await redis.set(`lock:${id}`, "1", "EX", 5, "NX");\n if (!ok) continue;\n await fetch(id);\n await redis.del(`lock:${id}`);\n}\nasync function fetch(id: string) { return id; }'],
    ['an optimistic transaction per item', 'for (const id of ids) {\n await redis.watch(id);\n const v = await redis.get(id);\n await redis.multi().set(id, Number(v) + 1).exec();\n}'],
    ['chunks', 'for (let i = 0; i < ids.length; i += 100) {\n const part = ids.slice(i, i + 100);\n await redis.del(...part);\n}'],
    ['throttled work', 'for (const id of ids) {\n await redis.get(id);\n await new Promise((done) => setTimeout(done, 10));\n}'],
    ['lines of a stream', 'const lines: AsyncIterable<string> = null!;\nfor await (const line of lines) {\n await redis.rpush("q", line);\n}'],
    ['setting up at start', 'for (const id of ids) {\n await redis.script("LOAD", id);\n await redis.xgroup("CREATE", id, "g", "$", "MKSTREAM");\n}'],
    ['a worker', 'for (;;) {\n const job = await redis.blpop("jobs", 0);\n await redis.incr("done");\n if (!job) continue;\n}'],
    ['a batch that waits to be full', 'let batch: string[] = [];\nfor (const id of ids) {\n if (batch.push(id) < 1000) continue;\n await client.unlink(batch);\n batch = [];\n}'],
    ['the same by its length', 'let batch: string[] = [];\nfor (const id of ids) {\n batch.push(id);\n if (batch.length < 1000) {\n  continue;\n }\n await redis.unlink(...batch);\n batch = [];\n}'],
    ['a page loaded again', 'let page = await load();\nwhile (page.length > 0) {\n page = await load();\n}\nasync function load() { return redis.lrange("x", 0, 9); }'],
    ['commands that were all sent before', 'const all = ids.map((id) => redis.get(id));\nfor (const one of all) await one;'],
    ['a reply within a time limit that ends the loop', 'declare const pTimeout: <T>(work: Promise<T>) => Promise<T>;\nfor (const id of ids) {\n const v = await pTimeout(redis.get(id));\n if (v) break;\n}'],
    ['a pause as long as a reply says', 'declare const sleep: (ms: number) => Promise<void>;\nfor (const id of ids) {\n await sleep(Number(await redis.get(id)));\n}'],
    ['promises that nobody waits for in turn', 'declare const track: <T>(work: Promise<T>) => Promise<T>;\nconst all: Promise<unknown>[] = [];\nfor (const id of ids) {\n all.push(track(redis.get(id)));\n}\nawait Promise.all(all);'],
    ['promises that are handed on and raced by others', 'await Promise.all(ids.map((id) => Promise.race([redis.get(id), null])));'],
    ['a command that has to fail', "declare const assert: { rejects(work: Promise<unknown>): Promise<void> };\nfor (const id of ids) {\n await assert.rejects(redis.get(id));\n}"],
    ['own caches', 'const cache = new Map<string, string>();\nfor (const id of ids) {\n await cache.get(id);\n}'],
    ['the error path', 'for (const id of ids) {\n try { await fetch(id); } catch { await redis.incr("errors"); }\n}\nasync function fetch(id: string) { return id; }'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

describe('says of forEach', () => {
  const message = (body: string): Promise<string | undefined> =>
    withProject({ 'a.ts': `${clients}export async function f(ids: string[]) {\n${body}\n}` }, async (analyzer) => (await analyzer.check()).findings.find(({ rule }) => rule === 'no-command-in-loop')?.message);

  it('that nobody waits, not that each item does', async () => {
    const text = await message('ids.forEach(async (id) => { await redis.expire(id, 60); });');
    expect(text).toMatch(/all items at once.*nobody waits.*unhandled rejection/);
    expect(text).not.toMatch(/round trip|over a second/);
    expect(await message('ids.forEach(async (id) => { try { await redis.expire(id, 60); } catch { console.warn(id); } });')).not.toContain('unhandled');
    expect(await message('for (const id of ids) { await redis.expire(id, 60); }')).toContain('round trip per item');
  });
});

it('looks at node-redis 3 where its callbacks settle promises: nothing else is waited for', async () => {
  const text = `const client = require('redis').createClient();
exports.f = async (ids) => {
  for (const id of ids) await client.del(id);
  await client.set('a', '1');
  await client.set('b', '1');
  await client.set('c', '1');
  for (const id of ids) await drop(id);
  for (const id of ids) await dropped(id); // found
};
const dropped = (id) => new Promise((resolve, reject) => { client.del(id, (error, n) => (error ? reject(error) : resolve(n))); });
const drop = (id) => client.del(id);
`;
  const files = { 'package.json': JSON.stringify({ dependencies: { redis: '^3' } }), 'a.js': text };
  expect(await linesOf('no-command-in-loop', files)).toEqual([expect.stringContaining('// found')]);
  expect(await linesOf('sequential-commands', files)).toEqual([]);
});

it('reports what takes up to so many, one by one', async () => {
  expect(await reports('const jobs: string[] = [];\nfor (let i = 0; i < 10; i++) {\n const job = await redis.lpop("jobs");\n if (job === null) break;\n jobs.push(job);\n}\nreturn jobs;')).toHaveLength(1);
});

it('offers nothing for a promise that a function waits for', async () => {
  const body = "declare const pTimeout: <T>(work: Promise<T>) => Promise<T>;\nfor (const id of ids) {\n await pTimeout(redis.set('j:' + id, 1));\n}";
  await withProject({ 'a.ts': `${clients}export async function f(ids: string[]) {\n${body}\n}` }, async (analyzer) => {
    const finding = (await analyzer.check()).findings.find(({ rule }) => rule === 'no-command-in-loop');
    expect(finding && analyzer.fixes(finding).filter(({ edits }) => edits.some(({ text }) => !text.includes('keyscope-disable')))).toEqual([]);
  });
});

it('leaves alone what the fix of no-keys writes', async () => {
  const written = readFileSync(new URL('../../fixes/no-keys/unlink-node-redis-4/after.ts', import.meta.url), 'utf8');
  const files = { 'package.json': '{ "dependencies": { "redis": "^4.7.0" } }', 'a.ts': written };
  expect(written).toContain('continue;');
  expect(await linesOf('no-command-in-loop', files)).toEqual([]);
  expect(await linesOf('scan-no-dedupe', files)).toEqual([]);
});

it('offers a batch in a generator only where the loop hands nothing out', async () => {
  const text = `${clients}export async function* drop(ids: string[]) {\n for (const id of ids) await redis.del(id);\n yield ids.length;\n}\nexport async function* read(ids: string[]) {\n for (const id of ids) yield await redis.get(id);\n}\n`;
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'no-command-in-loop');
    expect(findings.map((finding) => analyzer.fixes(finding).length > 0)).toEqual([true, false]);
  });
});
