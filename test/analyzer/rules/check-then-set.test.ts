/** What the labelled cases lack. Each piece is a function; lines that end with `// found` are reported, no others. */
import { expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const head = `${clients}declare function load(id: string): Promise<any>;\ndeclare function make(id: string): string;\ndeclare function send(id: string): Promise<void>;\n`;
const found = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line.endsWith('// found'));

const claims = `${head}
export async function worksOnce(ids: string[]) {
  for (const id of ids) {
    if (await redis.get('seen:' + id)) continue;
    await redis.set('seen:' + id, '1', 'EX', 60); // found
    await send(id);
  }
}
export async function sendsOnce(id: string) {
  if (!(await client.exists('mail:' + id))) {
    await client.set('mail:' + id, Date.now()); // found
    await send(id);
  }
}
export async function reentrant(id: string, me: string) {
  const owner = await redis.get('lock:' + id);
  if (owner && owner !== me) return false;
  await redis.set('lock:' + id, me, 'PX', 500); // found
  return true;
}
export async function refuses(name: string, id: string) {
  const owner = await redis.get('name:' + name);
  if (owner !== null) throw new Error('taken by ' + owner);
  await redis.set('name:' + name, id); // found
}
export async function lockWithToken(id: string) {
  if (await redis.exists('mutex:' + id)) return null;
  const token = make(id);
  await redis.setex('mutex:' + id, 60, token); // found
  return token;
}
export function callback(id: string, done: (ok: boolean) => void) {
  redis.exists('slot:' + id, (error, n) => {
    if (n === 1) return done(false);
    redis.set('slot:' + id, id, () => done(true)); // found
  });
}
export async function raw(id: string) {
  if (await client.sendCommand(['EXISTS', 'x:' + id])) return false;
  await client.sendCommand(['SET', 'x:' + id, id]); // found
  return true;
}`;

const sound = `${head}
export async function fill(id: string) {
  const hit = await redis.get('user:' + id);
  if (hit) return JSON.parse(hit);
  const user = make(id);
  await redis.set('user:' + id, user);
  return user;
}
export async function fillByExists(id: string) {
  if (await client.exists('user:' + id)) return client.get('user:' + id);
  const user = make(id);
  await client.set('user:' + id, user);
  return user;
}
export async function loaded(id: string) {
  if (await redis.exists('user:' + id)) return false;
  await redis.set('user:' + id, JSON.stringify(await load(id)));
  return true;
}
export async function seeded(id: string) {
  if (!(await redis.exists('settings'))) {
    await redis.set('settings', '{}');
    console.log('settings made');
  }
}
export function callback(id: string, done: (value: unknown) => void) {
  redis.get('page:' + id, (error, page) => {
    if (page) return done(page);
    load(id).then((fresh) => redis.set('page:' + id, fresh, () => done(fresh)));
  });
}
export async function whenThere(id: string) {
  const before = await redis.get('k:' + id);
  if (before === null) return false;
  await redis.set('k:' + id, 'x');
  return true;
}
export async function watched(id: string) {
  await redis.watch('k:' + id);
  if (await redis.exists('k:' + id)) return false;
  return (await redis.multi().set('k:' + id, '1').exec()) !== null;
}
export async function bySetnx(id: string) {
  if (await redis.exists('k:' + id)) return false;
  return (await redis.setnx('k:' + id, '1')) === 1;
}
export async function other(id: string) {
  const on = await redis.get('flag:' + id);
  if (on !== 'yes') return false;
  await redis.set('flag:' + id, 'no');
  return true;
}
export async function remembers(id: string) {
  if (await redis.exists('cache:' + id)) return 'hit';
  await redis.set('cache:' + id, make(id));
  return 'miss';
}`;

it('reports a claim, however it is spelled', async () => {
  expect(await linesOf('check-then-set', claims)).toEqual(found(claims));
});

it('keeps quiet where a cache is filled, or the server decides', async () => {
  expect(await linesOf('check-then-set', sound)).toEqual([]);
});

it('is an error for a lock', async () => {
  await withProject({ 'a.ts': claims }, async (analyzer) => {
    const severities = (await analyzer.check()).findings.filter(({ rule }) => rule === 'check-then-set').map(({ severity }) => severity);
    expect(severities).toEqual(['warning', 'warning', 'error', 'warning', 'error', 'warning', 'warning']);
  });
});

it('offers NX only where that is all that is asked, and writes as the file is written', async () => {
  const text = `${head}
export async function used(id: string) {
  const n = await redis.exists('k:' + id);
  if (n) return n;
  await redis.set('k:' + id, '1');
  return 0;
}
export async function effect(id: string) {
  if (await redis.exists('k:' + id)) return false;
  await redis.set('k:' + id, make(id));
  return true;
}
export async function between(id: string) {
  if (await redis.exists('k:' + id)) return false;
  await send(id);
  await redis.set('k:' + id, '1');
  return true;
}
export async function anded(id: string, force: boolean) {
  if (!force && (await redis.exists('k:' + id))) return false;
  await redis.set('k:' + id, '1');
  return true;
}`;
  const plain = 'const Redis = require("ioredis")\r\nconst redis = new Redis()\r\nexports.f = async (k) => {\r\n\tconst n = await redis.exists(k)\r\n\tif (n) return false\r\n\t// take it\r\n\tawait redis.set(k, "1", "EX", 5)\r\n\treturn true\r\n}\r\n';
  await withProject({ 'a.ts': text, 'b.js': plain }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'check-then-set');
    const offered = findings.map((finding) => analyzer.fixes(finding));
    expect(offered.map((fixes) => fixes.length)).toEqual([0, 0, 0, 0, 1]);
    expect(applyEdits(plain, offered.at(-1)?.[0]?.edits ?? [])).toBe('const Redis = require("ioredis")\r\nconst redis = new Redis()\r\nexports.f = async (k) => {\r\n\t// take it\r\n\tif ((await redis.set(k, "1", "EX", 5, "NX")) === null) return false\r\n\treturn true\r\n}\r\n');
  });
});
