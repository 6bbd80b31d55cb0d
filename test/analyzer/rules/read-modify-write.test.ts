/** What the labelled cases lack. Each piece is a function; lines that end with `// found` are reported, no others. */
import { expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const head = `${clients}declare function load(id: string): Promise<any>;\ndeclare function use(...all: unknown[]): void;\ndeclare const mutex: { runExclusive<T>(run: () => Promise<T>): Promise<T> };\n`;
const found = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line.endsWith('// found'));

const spellings = `${head}
const readAll = (k: string) => redis.hgetall(k);
const writeAll = (k: string, all: Record<string, string>) => redis.hset(k, all);
export const merged = (k: string, change: Record<string, string>) => readAll(k).then((all) => writeAll(k, { ...all, ...change })); // found
export async function replaced(k: string, other: Record<string, string>) {
  const all = await readAll(k);
  await writeAll(k, other);
  return all;
}
export async function pushed(k: string) {
  const list = JSON.parse((await redis.get(k)) ?? '[]');
  list.push(1);
  await redis.set(k, JSON.stringify(list)); // found
}
export async function spread(k: string) {
  const raw = await redis.get(k);
  if (!raw) return;
  await redis.setex(k, 60, JSON.stringify({ ...JSON.parse(raw), seen: true })); // found
}
export async function branches(k: string) {
  const raw = await client.get(k);
  let doc: any;
  if (raw === null) {
    doc = { n: 0 };
  } else {
    doc = JSON.parse(raw);
  }
  doc.n++;
  await client.set(k, JSON.stringify(doc), { KEEPTTL: true }); // found
}
export function callback(k: string) {
  redis.get(k, (error, raw) => {
    redis.set(k, Number(raw) + 1); // found
  });
}
export async function reassigned(k: string, given: object) {
  let doc: any;
  try {
    doc = await redis.get(k);
  } catch {
    return;
  }
  doc = doc ? JSON.parse(doc) : {};
  doc = Object.assign({}, doc, given);
  await redis.set(k, JSON.stringify(doc)); // found
}
export async function counted(k: string, down: boolean) {
  let n: any = await redis.get(k);
  n = parseInt(n, 10);
  const next = down ? n - 1 : n + 1;
  await redis.set(k, next); // found
}
export const chained = (k: string) => client.get(k).then((raw) => client.set(k, raw + '!')); // found
export async function together(k: string) {
  const [raw, other] = await Promise.all([redis.get(k), redis.get('x')]);
  await redis.call('SET', k, raw + String(other)); // found
}
export async function wholeHash(k: string) {
  const user = await redis.hgetall(k);
  user.name = 'x';
  await redis.hset(k, user); // found
}
export async function entry(k: string) {
  const [visits, name] = await redis.hmget(k, 'visits', 'name');
  await redis.hset(k, { visits: Number(visits) + 1, name: name ?? 'none' }); // found
}
export async function entryOfList(k: string) {
  const fields = await client.hmGet(k, ['visits', 'name']);
  const visits = Number(fields[0] ?? 0) + 1;
  await client.hSet(k, 'visits', visits); // found
}
const count = (k: string) => redis.hget(k, 'count');
const setCount = (k: string, count: number) => redis.hset(k, { count });
export async function byHelpers(k: string) {
  const n = Number(await count(k));
  await setCount(k, n + 1); // found
}
export async function property(k: string) {
  const user = await client.hGetAll(k);
  const visits = Number(user.visits ?? 0) + 1;
  await client.hSet(k, { visits, other: 1 }); // found
}
export async function withoutWatch(k: string) {
  const raw = await redis.get(k);
  await redis.multi().set(k, Number(raw) * 2).exec(); // found
}
export async function updater(k: string, change: (old: string | null) => Promise<string>) {
  const next = await change(await client.get(k));
  await client.set(k, next); // found
}`;

const sound = `${head}
export async function otherEntry(k: string) {
  const [visits, name] = await redis.hmget(k, 'visits', 'name');
  await redis.hset(k, 'name', visits + '!');
  return name;
}
export async function entryOfOther(k: string) {
  const [visits] = await redis.hmget(k, 'visits', 'name');
  await redis.hset(k, 'total', Number(visits) + 1);
}
const setTotal = (k: string, total: number) => redis.hset(k, { total });
export async function otherByHelper(k: string) {
  const n = Number(await redis.hget(k, 'count'));
  await setTotal(k, n + 1);
}
export async function watched(k: string) {
  await redis.watch(k);
  const raw = await redis.get(k);
  await redis.multi().set(k, Number(raw) * 2).exec();
}
export const locked = (k: string) => mutex.runExclusive(async () => {
  const raw = await redis.get(k);
  await redis.set(k, raw + '!');
});
export async function underLock(k: string) {
  if (!(await redis.set('lock:' + k, '1', 'EX', 9, 'NX'))) return;
  const raw = await redis.get(k);
  await redis.set(k, raw + '!');
}
export async function sliding(k: string) {
  const raw = await redis.get(k);
  if (raw) await redis.set(k, raw, 'EX', 60);
}
export async function filled(k: string) {
  const cached = await redis.get(k);
  const value = cached ? JSON.parse(cached) : await load(k);
  if (!cached) await redis.set(k, JSON.stringify(value), 'EX', 60);
  return value;
}
export async function refilled(k: string) {
  let value: any = await redis.get(k);
  value = value ? JSON.parse(value) : await load(k);
  await redis.set(k, JSON.stringify(value), 'EX', 60);
  return value;
}
export async function replaced(k: string) {
  let value: any = await redis.get(k);
  use(value);
  value = await load(k);
  value = value.name + '!';
  await redis.set(k, value);
}
export async function refreshed(k: string) {
  const entry = JSON.parse((await redis.get(k)) ?? 'null');
  if (entry && entry.until > Date.now()) return entry;
  const fresh = await load(entry?.id);
  await redis.set(k, JSON.stringify(fresh));
  return fresh;
}
export async function nested(k: string, on: boolean) {
  if (on) {
    try {
      const hit = await client.get(k);
      if (hit) return JSON.parse(hit);
    } catch (error) {
      use(error);
    }
  }
  const value = await load(k);
  await client.set(k, JSON.stringify(value));
  return value;
}
export async function logged(k: string, next: string) {
  const before = await redis.get(k);
  use(before);
  await redis.set(k, next);
}
export async function claimed(k: string) {
  const raw = await redis.get(k);
  await redis.set(k, raw + '1', 'EX', 5, 'NX');
}
export async function otherField(k: string) {
  const user = await redis.hgetall(k);
  await redis.hset(k, 'label', user.name + '!');
}
export async function cursor(k: string) {
  const last = await redis.get(k);
  const page = await load(last ?? '0');
  use(page.items);
  await redis.set(k, page.next);
  const latest = await load(last ?? '');
  await redis.set(k, latest);
}
export async function tag(k: string) {
  const etag = await redis.get(k);
  const reply = await fetch(k, { headers: { 'if-none-match': etag ?? '' } });
  await redis.set(k, reply.headers.get('etag') ?? '');
}
export async function overwritten(k: string) {
  let value = await redis.get(k);
  value = 'reset:' + Date.now();
  await redis.set(k, value);
}`;

it('reports a value that goes back changed, however it is spelled', async () => {
  expect(await linesOf('read-modify-write', spellings)).toEqual(found(spellings));
});

it('keeps quiet where nothing is lost, or nothing changed', async () => {
  expect(await linesOf('read-modify-write', sound)).toEqual([]);
});

it('offers no command in place of what it does not do, and writes as the file is written', async () => {
  const text = `${head}
export async function guarded(k: string, n: number) {
  const left = Number(await redis.get(k));
  if (left < n) return;
  await redis.set(k, left - n);
}
export async function both(k: string, n: number) {
  const before = Number(await redis.get(k));
  const after = before + n;
  await redis.set(k, after);
  return [before, after];
}
export async function missing(k: string) {
  const n = parseInt((await redis.get(k))!, 10);
  await redis.set(k, n + 1);
}
export async function limited(k: string) {
  const n = Number(await redis.get(k));
  await redis.set(k, n + 1, 'EX', 60);
}
export async function fraction(k: string) {
  const n = Number(await redis.get(k));
  await redis.set(k, n + 0.5);
}
export async function noText(k: string, line: any) {
  const old = (await redis.get(k)) ?? '';
  await redis.set(k, old + line);
}`.replaceAll('\n', '\r\n');
  const plain = 'import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function f(k: string) {\r\n\t// from\r\n\tconst n = Number(await redis.get(k))\r\n\t// to\r\n\tawait redis.set(k, n + 2)\r\n}\r\n';
  await withProject({ 'a.ts': text, 'b.ts': plain }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'read-modify-write');
    const offered = findings.map((finding) => analyzer.fixes(finding));
    expect(offered.map((fixes) => fixes.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(applyEdits(plain, offered.at(-1)?.[0]?.edits ?? [])).toBe('import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function f(k: string) {\r\n\t// from\r\n\t// to\r\n\tawait redis.incrby(k, 2)\r\n}\r\n');
  });
});
