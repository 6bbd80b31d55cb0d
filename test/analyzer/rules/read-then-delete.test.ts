/** What the labelled cases lack. Each piece is a function; lines that end with `// found` are reported, no others. */
import { expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const head = `${clients}declare function use(...all: unknown[]): Promise<void>;\ndeclare function isFresh(value: unknown): boolean;\n`;
const found = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line.endsWith('// found'));

const consumed = `${head}
export async function checkCode(phone: string, given: string) {
  const code = await redis.get('sms:' + phone);
  if (!code || code !== given) return false;
  await redis.del('sms:' + phone); // found
  return true;
}
export async function signIn(state: string) {
  const raw = await redis.get(\`google_oauth_state:\${state}\`);
  if (!raw) throw new Error('no such sign-in');
  const { redirect } = JSON.parse(raw);
  await redis.del(\`google_oauth_state:\${state}\`); // found
  await use(redirect);
}
export async function fieldOnce(id: string) {
  const code = await redis.hget('codes', id);
  await redis.hdel('codes', id); // found
  return code;
}
export async function otherField(id: string, other: string) {
  const code = await redis.hget('codes', id);
  await redis.hdel('codes', other);
  return code;
}
export async function takeMessage(to: string, id: string) {
  const message = await redis.hgetall(\`\${to}:message:\${id}\`);
  await redis.pipeline().del(\`\${to}:message:\${id}\`).zrem(\`\${to}:queue\`, id).exec(); // found
  return message;
}
export async function removeUser(id: string) {
  const user = await redis.hgetall(\`user:\${id}\`);
  await redis.del(\`user:\${id}\`);
  return user;
}
export async function checkInBranch(phone: string, given: string) {
  const code = await client.get('sms:' + phone);
  if (code === given) {
    await client.del('sms:' + phone); // found
    return true;
  }
  return false;
}
export async function usedUp(token: string) {
  const user = await redis.get('password-reset:' + token);
  if (!user) throw new Error('unknown');
  await use(user);
  await redis.unlink('password-reset:' + token); // found
}
export async function inMulti(id: string) {
  const payload = await redis.get('job:' + id);
  await redis.multi().del('job:' + id).publish('done', id).exec(); // found
  return payload && JSON.parse(payload);
}
export async function inbox(id: string) {
  const messages = await client.lRange('mail:' + id, 0, -1);
  await client.del(['mail:' + id]); // found
  return messages;
}
export async function flushed(id: string) {
  const lines = await redis.lrange('buf:' + id, 0, -1);
  if (lines.length === 0) return;
  await use(lines);
  await redis.del('buf:' + id); // found
}
export async function pending(id: string) {
  for (const one of await redis.smembers('pending:' + id)) await use(one);
  await redis.del('pending:' + id); // found
}`;

const sound = `${head}
export async function stale(id: string) {
  const raw = await redis.get('page:' + id);
  if (raw && !isFresh(raw)) {
    await redis.del('page:' + id);
    return null;
  }
  return raw;
}
export async function staleAtEnd(id: string) {
  const raw = await redis.get('page:' + id);
  if (isFresh(raw)) return raw;
  await redis.del('page:' + id);
  return null;
}
export async function removed(id: string) {
  const user = await redis.get('user:' + id);
  if (!user) return;
  await redis.del('email:' + JSON.parse(user).email);
  await redis.del('user:' + id);
}
export async function removedHash(id: string) {
  const user = await client.hGetAll('user:' + id);
  await client.sRem('users:' + user.group, id);
  await client.del('user:' + id);
}
export async function refilled(id: string) {
  const list = await redis.lrange('list:' + id, 0, -1);
  await redis.del('list:' + id);
  await redis.rpush('list:' + id, ...list.slice(1));
  return list;
}
export async function page(id: string) {
  const some = await redis.lrange('list:' + id, 0, 9);
  await redis.del('list:' + id);
  return some;
}
export async function counted() {
  const all = await redis.smembers('all');
  if (all.length > 10) console.log(all.length);
  await redis.del('all');
}
export async function watched(id: string) {
  await redis.watch('t:' + id);
  const value = await redis.get('t:' + id);
  await redis.multi().del('t:' + id).exec();
  return value;
}
export async function unlocked(id: string, me: string) {
  if ((await redis.get('lock:' + id)) === me) await redis.del('lock:' + id);
}
export async function record(id: string) {
  const user = await client.hGetAll('user:' + id);
  await client.del('user:' + id);
  return user;
}
export async function broken(id: string) {
  const raw = await redis.get('otp:' + id);
  try {
    return JSON.parse(raw ?? '');
  } catch {
    await redis.del('otp:' + id);
  }
}
export async function renamed(id: string) {
  const aside = 'events:' + id + ':aside';
  await client.rename('events:' + id, aside);
  const all = await client.lRange(aside, 0, -1);
  await client.del(aside);
  return all;
}`;

it('reports what is read once, or drained', async () => {
  expect(await linesOf('read-then-delete', consumed)).toEqual(found(consumed));
});

it('keeps quiet where something is thrown away, or nobody can come between', async () => {
  expect(await linesOf('read-then-delete', sound)).toEqual([]);
});

it('offers GETDEL and MULTI only where nothing else is between, and writes as the file is written', async () => {
  const text = `${head}
export async function before(t: string) {
  const user = await redis.get('reset:' + t);
  await use(user);
  await redis.del('reset:' + t);
  return user;
}
export async function both(t: string) {
  const user = await redis.get('reset:' + t);
  await redis.del('reset:' + t, 'other');
  return user;
}
export async function answered(t: string) {
  const user = await redis.get('reset:' + t);
  if ((await redis.del('reset:' + t)) === 0) return null;
  return user;
}
export async function later() {
  const all = await redis.smembers('dirty');
  await use(all);
  await redis.del('dirty');
}`;
  const plain = 'const Redis = require("ioredis")\r\nconst redis = new Redis()\r\nexports.f = async (k) => {\r\n\tconst all = await redis.smembers("dirty")\r\n\t// now\r\n\tawait redis.del("dirty")\r\n\treturn all\r\n}\r\n';
  await withProject({ 'a.ts': text, 'b.js': plain }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'read-then-delete');
    const offered = findings.map((finding) => analyzer.fixes(finding));
    expect(offered.map((fixes) => fixes.length)).toEqual([0, 0, 0, 1, 1]);
    expect(applyEdits(plain, offered.at(-1)?.[0]?.edits ?? [])).toBe('const Redis = require("ioredis")\r\nconst redis = new Redis()\r\nexports.f = async (k) => {\r\n\t// now\r\n\tconst replies = await redis.multi().smembers("dirty").del("dirty").exec()\r\n\tfor (const [error] of replies ?? []) {\r\n\t\tif (error) throw error\r\n\t}\r\n\tconst all = replies?.[0]?.[1]\r\n\treturn all\r\n}\r\n');
  });
});

it('offers MULTI in the place of GETDEL where servers are older', async () => {
  const text = `${head}export async function take(t: string) {\n  const user = await redis.get('reset:' + t);\n  if (!user) return null;\n  await redis.del('reset:' + t);\n  return user;\n}`;
  await withProject({ 'a.ts': text }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'read-then-delete');
    expect(finding && analyzer.fixes(finding).map(({ id }) => id)).toEqual(['read-and-delete']);
  }, () => ({ server: { lowestVersion: '6.0' } }));
});

const drained = async (text: string): Promise<string[]> =>
  withProject({ 'a.ts': `${head}import { Cluster } from 'ioredis';\nconst cluster = new Cluster([]);\n${text}` }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'read-then-delete');
    return findings.map((finding) => analyzer.fixes(finding).map(({ id }) => id).join());
  });

it('renames the key aside where work is done before it is deleted, and the deletion is always come to', async () => {
  expect(await drained(`
export async function worked(id: string) {
  const all = await client.lRange(\`buf:\${id}\`, 0, -1);
  if (!all.length) return;
  await use(all);
  await client.del(\`buf:\${id}\`);
}
export async function tagged(id: string) {
  const all = await cluster.smembers(\`{pending:\${id}}\`);
  await use(all);
  await cluster.del(\`{pending:\${id}}\`);
}`)).toEqual(['drain-aside', 'drain-aside']);
});

it.each([
  ['it may leave before', "export async function f() {\n const all = await redis.smembers('dirty');\n if (!isFresh(all)) return;\n await use(all);\n await redis.del('dirty');\n}"],
  ['other commands use the key', "export async function f() {\n const all = await redis.lrange('outbox', 0, -1);\n await use(all);\n await redis.expire('outbox', 60);\n await redis.del('outbox');\n}"],
  ['the new name may be of another slot', "export async function f() {\n const all = await cluster.smembers('dirty');\n await use(all);\n await cluster.del('dirty');\n}"],
  ['the key may change', "export async function f(of: { id: string }) {\n const all = await redis.lrange(`queue:${of.id}`, 0, -1);\n await use(all, of);\n await redis.del(`queue:${of.id}`);\n}"],
])('renames nothing where %s', async (_, text) => {
  expect((await drained(text)).join('')).toBe('');
});
