/** What the labelled cases lack. Each piece is a function; lines that end with `// found` are reported, no others. */
import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const head = `${clients}declare function work(...all: unknown[]): Promise<void>;\n`;
const found = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line.endsWith('// found'));

const unsafe = `${head}
export async function running(id: string) {
  const key = 'job:' + id + ':running';
  if (!(await redis.set(key, '1', 'EX', 60, 'NX'))) return;
  try {
    await work(id);
  } finally {
    await redis.del(key); // found
  }
}
export async function later(id: string) {
  if (!(await client.setNX('lock:' + id, '1'))) return;
  await client.expire('lock:' + id, 30);
  await work(id);
  await client.unlink('lock:' + id); // found
}
const leaseOf = (id: string) => 'lease:' + id;
export const take = (id: string, token: string) => client.set(leaseOf(id), token, { NX: true, EX: 30 });
export async function release(id: string, token: string) {
  const holder = await client.get(leaseOf(id));
  if (holder !== token) return false;
  await client.del(leaseOf(id)); // found
  return true;
}
export const takeSlot = (id: string, token: string) => redis.set('slot:' + id, token, 'EX', 30, 'NX');
export async function leaveSlot(id: string, token: string) {
  if ((await redis.get('slot:' + id)) === token) await redis.del('slot:' + id); // found
}
export async function queued(id: string) {
  if (!(await redis.set('lock:' + id, '1', 'EX', 60, 'NX'))) return;
  await redis.multi().del('lock:' + id).publish('done', id).exec(); // found
}`;

const sound = `${head}
export async function idempotent(id: string) {
  if (!(await redis.set('request:' + id, '1', 'EX', 60, 'NX'))) return;
  try {
    await work(id);
  } catch (error) {
    await redis.del('request:' + id);
    throw error;
  }
}
export async function claimedAndDropped(id: string) {
  await redis.set('coupon:' + id, '1', 'EX', 60, 'NX');
  await work(id);
  await redis.del('coupon:' + id);
}
export async function withoutEnd(id: string) {
  if (!(await redis.setnx('lock:' + id, '1'))) return;
  await work(id);
  await redis.del('lock:' + id);
}
export async function unlockAccount(id: string) {
  await redis.del('lockout:' + id, 'locked:' + id);
}
export const lockAccount = (id: string) => redis.set('locked:' + id, '1', 'EX', 900);
export const takeGate = (id: string) => redis.set('gate-lock:' + id, '1', 'EX', 900, 'NX');
export const forceOpen = (id: string) => redis.del('gate-lock:' + id);
export async function watched(id: string, token: string) {
  await client.set('mutex:' + id, token, { NX: true, EX: 9 });
  await client.watch('mutex:' + id);
  if ((await client.get('mutex:' + id)) !== token) return;
  await client.multi().del('mutex:' + id).exec();
}`;

it('reports the deletion of what is taken as a lock', async () => {
  expect(await linesOf('unsafe-unlock', unsafe)).toEqual(found(unsafe));
});

it('keeps quiet about claims that are no locks, and where nothing can expire', async () => {
  expect(await linesOf('unsafe-unlock', sound)).toEqual([]);
});

it('leaves the locks to this rule alone', async () => {
  expect(await linesOf('read-then-delete', unsafe)).toEqual([]);
});

it('offers the script only where a token of its own is at hand', async () => {
  const text = `${head}
export async function constant(id: string) {
  if (!(await redis.set('lock:' + id, 'x', 'EX', 60, 'NX'))) return;
  await work(id);
  await redis.del('lock:' + id);
}
const owner = 'me';
export async function shared(id: string) {
  if (!(await redis.set('lock:' + id, owner, 'EX', 60, 'NX'))) return;
  await work(id);
  await redis.del('lock:' + id);
}
export async function inner(id: string) {
  try {
    const token = String(Math.random());
    await redis.set('lock:' + id, token, 'EX', 60, 'NX');
    await work(id);
  } finally {
    await redis.del('lock:' + id);
  }
}
export async function answered(id: string, token: string) {
  await redis.set('lock:' + id, token, 'EX', 60, 'NX');
  await work(id);
  return redis.del('lock:' + id);
}
export async function early(id: string, token: string) {
  await redis.set('lock:' + id, token, 'EX', 60, 'NX');
  if ((await redis.get('lock:' + id)) !== token) return;
  await work(id);
  await redis.del('lock:' + id);
}`.replaceAll('\n', '\r\n');
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'unsafe-unlock');
    expect(findings.map((finding) => analyzer.fixes(finding).length)).toEqual([0, 0, 0, 0, 0]);
  });
});

it('says once what a release and the one who calls it both show', async () => {
  const text = `import type { Redis } from 'ioredis';
export class Store {
  constructor(private redis: Redis) {}
  key(id: string) { return \`\${id}:lock\`; }
  async acquire(id: string) { const lockKey = this.key(id); return (await this.redis.set(lockKey, 1, 'EX', 2, 'NX')) === 'OK'; }
  async release(id: string) {
    const lockKey = this.key(id);
    await this.redis.del(lockKey); // here
  }
  async save(id: string) {
    if (!(await this.acquire(id))) throw new Error(id);
    try { await Promise.resolve(); } finally { await this.release(id); }
  }
}
`;
  expect(await linesOf('unsafe-unlock', text)).toEqual([expect.stringContaining('// here')]);
});
