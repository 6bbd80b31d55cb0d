import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

/** The lines of `code` that end with `// !`. */
const expected = (code: string): string[] => code.split('\n').filter((line) => line.endsWith('// !')).map((line) => line.trim());

const typed = `${clients}
interface Options { ttl?: number; long: number; [name: string]: number | undefined }
const ttls = new Map<string, number>();
const fixed = { EX: 60 };
export async function f(k: string, v: string, o: Options, any: any, ms?: number) {
  await client.set(k, v, { expiration: { type: 'PX', value: ms! } }); // !
  await redis.call('SET', k, v, 'EX', ms as number); // !
  await redis.expire(k, ttls.get(k)!); // !
  await redis.pexpireat(k, o.ttl!); // !
  await client.getEx(k, { EX: o.ttl! }); // !
  await client.set(k, v, { EX: any ? ms : 5 }); // !
  await redis.setex(k, Number(process.env.TTL), v);
  await redis.setex(k, process.env.TTL as unknown as number, v); // !
  await redis.setex(k, o.long, v);
  await redis.setex(k, any.ttl, v);
  await client.set(k, v, fixed);
  await client.set(k, v, { KEEPTTL: true });
  await redis.set(k, v, ...(ms ? ['EX', ms] as const : []) as []);
  const store = { expire(_k: string, _s?: number) {} };
  store.expire(k, ms);
}
export async function guarded(k: string, v: string, o: Options) {
  const hasTtl = o.ttl !== undefined;
  if (hasTtl) await Promise.all([1].map(async () => redis.expire(k, o.ttl!)));
}
export class Lock {
  constructor(private readonly options: { seconds?: number; long?: number }) {
    options.seconds = options.seconds ?? 180;
  }
  take(k: string) {
    return redis.expire(k, this.options.seconds!);
  }
}
export function wrapper(k: string, ms?: number) {
  if (ms == null) throw new Error('no time');
  return [k].map((one) => redis.expire(one, ms));
}
`;

const untyped = `const Redis = require('ioredis');
const redis = new Redis();
function keep(key, ttl) {
  return redis.expire(key, ttl); // !
}
function hold(key, ttl) {
  return redis.expire(key, ttl);
}
function held(key, ttl) {
  ttl = ttl || 60;
  return redis.expire(key, ttl);
}
function options(key, options = {}) {
  return redis.expire(key, options.ttl); // !
}
function passed(key, options) {
  return redis.expire(key, options.ttl); // !
}
exports.a = (user) => [keep('a'), hold('a', 5), held('a'), options('a'), passed('a', { long: 1 }), redis.expire('b', user?.ttl)]; // !
`;

it('knows the spellings, and what is tested before', async () => {
  expect(await linesOf('undefined-ttl', typed)).toEqual(expected(typed));
});

const zero = `${clients}
const NEVER = 0;
export async function f(k: string, v: string, o?: { ttl?: number }, ttl?: number) {
  await client.set(k, v, { EX: o?.ttl ?? 0 }); // !
  await redis.set(k, v, 'EX', 0); // !
  await redis.setex(k, ttl || 0, v); // !
  await redis.set(k, v, 'PX', NEVER); // !
  const seconds = o?.ttl ?? 0;
  await client.set(k, v, { EX: seconds }); // !
  await redis.expire(k, 0);
  await redis.set(k, v, 'EX', ttl || 60);
}
export async function guarded(k: string, v: string, ttl?: number, o?: { ttl?: number }) {
  if (!ttl) return redis.set(k, v);
  await redis.setex(k, ttl || 0, v);
  const seconds = o?.ttl ?? 0;
  return seconds > 0 ? client.set(k, v, { EX: seconds }) : client.set(k, v);
}
`;

it('knows a TTL of 0, and what is tested before', async () => {
  expect(await linesOf('undefined-ttl', zero)).toEqual(expected(zero));
});

it('asks callers in untyped code', async () => {
  expect(await linesOf('undefined-ttl', { 'a.js': untyped })).toEqual(expected(untyped));
});

it('says what becomes of it', async () => {
  await withProject({ 'a.ts': `${clients}export const f = (k: string, s?: number) => [client.set(k, '', { EX: s }), client.expire(k, s!), redis.set(k, '', 'EX', s!)];` }, async (analyzer) => {
    const messages = (await analyzer.check()).findings.filter(({ rule }) => rule === 'undefined-ttl').map(({ message }) => /sets no TTL|fails/.exec(message)?.[0]);
    expect(messages).toEqual(['sets no TTL', 'fails', 'fails']);
  });
});

it('offers no fix where the value is used of a command that would not be sent, or the TTL costs something to ask twice', async () => {
  const code = `${clients}export async function f(k: string, next: () => number | undefined, s?: number) {\n return (await redis.expire(k, s!)) + (await redis.expire(k, next()!));\n}`;
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const own = (await analyzer.check()).findings.filter(({ rule }) => rule === 'undefined-ttl');
    expect(own).toHaveLength(2);
    for (const finding of own) expect(analyzer.fixes(finding)).toEqual([]);
  });
});

it('keeps the style of the file', async () => {
  const code = `import Redis from 'ioredis'\nconst redis = new Redis()\nexport async function f(k: string, s?: number) {\n\tawait redis.set(k, '1', 'EX', s!)\n}\n`.replaceAll('\n', '\r\n');
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'undefined-ttl');
    const [fix] = finding ? analyzer.fixes(finding) : [];
    expect(fix?.edits.map(({ text }) => text).join('')).toBe("if (s === undefined) {\r\n\t\tawait redis.set(k, '1')\r\n\t} else {\r\n\t\tawait redis.set(k, '1', 'EX', s)\r\n\t}");
  });
});

const filled = `${clients}
interface Options { ttl?: number; long?: number }
export class Cache {
  private options: Options;
  constructor(options: Options = {}) {
    this.options = { ttl: options.ttl || 3600 };
  }
  set(k: string, v: string, ttl?: number) {
    return [
      redis.setex(k, this.options.ttl!, v), client.set(k, v, { EX: ttl || this.options.ttl }),
      client.set(k, v, { EX: ttl || this.options.long }), // !
    ];
  }
}
`;

it('believes a constructor that fills in what is missing', async () => {
  expect(await linesOf('undefined-ttl', filled)).toEqual(expected(filled));
});
