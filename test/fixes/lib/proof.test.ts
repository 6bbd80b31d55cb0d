/** The runner's own test: a right fix passes, and every way in which one can be wrong is found. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FixKeeps } from '../../../src/analyzer/finding.ts';
import type { FixCase } from './cases.ts';
import { readCases } from './cases.ts';
import { proveByExecution, proveText } from './proof.ts';
import { TestServers } from './servers.ts';

const head = "import Redis from 'ioredis';\n\nconst redis = new Redis(process.env.REDIS_URL ?? '');\n\n";
const keeps: FixKeeps = { replies: 'same', keyspace: 'same', roundTrips: 'fewer' };
const seed = [['SET', 'user:1', 'a'], ['SET', 'user:2', 'b'], ['SET', 'user:3', 'c'], ['SADD', 'tags', 'x', 'y', 'z', '1', '2']];

function fixCase(name: string, before: string, after: string, more: Partial<FixCase> = {}): FixCase {
  const text = (code: string): Map<string, string> => new Map([['code.ts', code.startsWith('import') ? code : head + code]]);
  return {
    rule: 'self', name: `self/${name}`, folder: '', entry: 'code.ts', fix: 'self', kind: 'suggest', keeps, clients: ['ioredis@5'],
    seed, calls: [['run']], before: text(before), after: text(after), ...more,
  };
}

const loop = `export async function run() {
  const names: (string | null)[] = [];
  for (const id of [1, 2, 3]) names.push(await redis.get(\`user:\${id}\`));
  return names;
}
`;
const batch = "export const run = () => redis.mget('user:1', 'user:2', 'user:3');\n";
const session = "export async function run() {\n  await redis.set('session', '1');\n  await redis.expire('session', 60);\n}\n";

const right = [
  fixCase('batched', loop, batch),
  fixCase('pipelined', loop, "export const run = async () => (await redis.pipeline().get('user:1').get('user:2').get('user:3').exec())?.map(([, name]) => name);\n"),
  fixCase('at-once', loop, 'export const run = () => Promise.all([1, 2, 3].map((id) => redis.get(`user:${id}`)));\n'),
  fixCase('awaited', "export async function run() {\n  redis.incr('n').catch(() => 0);\n  return redis.get('user:1');\n}\n", "export async function run() {\n  await redis.incr('n');\n  return redis.get('user:1');\n}\n", { keeps: { ...keeps, roundTrips: 'same-commands' } }),
  fixCase('in-one-command', session, "export async function run() {\n  await redis.set('session', '1', 'EX', 60);\n}\n"),
  fixCase('as-a-set', "export const run = () => redis.smembers('tags');\n", "export const run = async () => (await redis.smembers('tags')).reverse();\n", { keeps: { ...keeps, replies: 'same-as-set', roundTrips: 'same' } }),
  fixCase('callback', "export const run = (done: (error?: Error | null, name?: string | null) => void) => void redis.get('user:1', done);\n", "export const run = (done: (error?: Error | null, name?: string | null) => void) => void redis.get('user:1', done);\n", {
    calls: [['run', { $callback: true }]],
    keeps: { ...keeps, roundTrips: 'same' },
  }),
  fixCase('scanned', "export const run = () => redis.keys('user:*');\n", "export async function run() {\n  const found = new Set<string>();\n  for await (const batch of redis.scanStream({ match: 'user:*', count: 1000 })) for (const key of batch as string[]) found.add(key);\n  return [...found];\n}\n", {
    keeps: { replies: 'same-as-set', keyspace: 'same', roundTrips: 'longest-call-shorter' },
  }),
  fixCase('projected', "export const run = () => redis.set('user:9', JSON.stringify({ name: 'a', age: 3 }), 'EX', 60);\n", "export async function run() {\n  const replies = await redis.multi().del('user:9').hset('user:9', { name: 'a', age: 3 }).expire('user:9', 60).exec();\n  return replies && 'OK';\n}\n", {
    keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' },
    projection: 'json-string-to-hash',
  }),
];

const wrong: [FixCase, RegExp][] = [
  [fixCase('other-order', loop, "export const run = () => redis.mget('user:3', 'user:2', 'user:1');\n"), /replies of call 1/],
  [fixCase('throws', loop, "export const run = async () => {\n  await redis.mget('user:1');\n  throw new Error('oops');\n};\n"), /Error: oops/],
  [fixCase('lost-ttl', session, "export async function run() {\n  await redis.set('session', '1');\n}\n"), /TTL of session differs/],
  [fixCase('other-ttl', session, "export async function run() {\n  await redis.set('session', '1', 'EX', 30);\n}\n"), /TTL of session differs/],
  [fixCase('other-value', session, "export async function run() {\n  await redis.set('session', '2', 'EX', 60);\n}\n"), /key session differs/],
  [fixCase('other-key', session, "export async function run() {\n  await redis.set('sessions', '1', 'EX', 60);\n}\n"), /key session is only in the keyspace before/],
  [fixCase('not-fewer', loop, loop), /round trips declared fewer: 3 before, 3 after/],
  [fixCase('more', "export const run = () => redis.get('user:1');\n", "export const run = async () => {\n  await redis.get('user:2');\n  return redis.get('user:1');\n};\n", { keeps: { ...keeps, roundTrips: 'same' } }), /round trips declared same: 1 before, 2 after/],
  [fixCase('two-more', "export const run = () => redis.get('user:1');\n", "export const run = async () => {\n  await redis.get('user:2');\n  await redis.get('user:3');\n  return redis.get('user:1');\n};\n", { keeps: { ...keeps, roundTrips: 'one-more' } }), /round trips declared one-more: 1 before, 3 after/],
  [fixCase('other-commands', loop, batch, { keeps: { ...keeps, roundTrips: 'same-commands' } }), /the commands are not the same/],
  [fixCase('not-shorter', "export const run = async () => (await redis.keys('user:*')).length;\n", "export const run = async () => {\n  await redis.keys('*');\n  await redis.keys('*');\n  return (await redis.keys('*')).length && 3;\n};\n", { keeps: { replies: 'same', keyspace: 'same', roundTrips: 'longest-call-shorter' } }), /longest call is not shorter/],
  [fixCase('unchanged', "export const run = () => redis.keys('user:*');\n", "export const run = () => redis.keys('user:*');\n", { keeps: { replies: 'same-as-set', keyspace: 'same', roundTrips: 'longest-call-shorter' } }), /longest call is not shorter/],
  [fixCase('does-not-compile', loop, batch.replace("'user:3'", 'missing')), /TS2304/],
  [fixCase('unused-name', loop, `import Redis, { Cluster } from 'ioredis';\n\nconst redis = new Redis(process.env.REDIS_URL ?? '');\n\n${batch}`), /TS6133/],
  [fixCase('uncaught', session, "export async function run() {\n  await redis.set('session', '1', 'EX', 60);\n  void redis.sadd('session', 'x');\n}\n"), /errors that nobody caught/],
  [fixCase('prints', loop, `${batch.replace('export const run = () =>', 'export const run = () => { console.log(1); return').replace(';\n', '; };\n')}`), /printed and recorded/],
  [fixCase('not-projected', "export const run = () => redis.set('user:9', JSON.stringify({ age: 3 }));\n", "export const run = () => redis.hset('user:9', { ages: 3 }).then(() => 'OK');\n", { keeps: { ...keeps, keyspace: 'projected', roundTrips: 'same' }, projection: 'json-string-to-hash' }), /key user:9 differs/],
  [fixCase('no-such-function', loop, batch, { calls: [['walk']] }), /exports no function walk/],
];

describe('the runner', () => {
  const servers = new TestServers();
  let failures: Map<string, string[]>;
  beforeAll(async () => {
    failures = await proveByExecution([...right, ...wrong.map(([one]) => one)], 'ioredis@5', servers);
  }, 300_000);
  afterAll(() => servers.stop());

  it.each(right.map(({ name }) => name))('passes %s', (name) => {
    expect(failures.get(name)).toEqual([]);
  });

  it.each(wrong.map(([{ name }, message]) => [name, message] as const))('finds %s', (name, message) => {
    expect(failures.get(name)?.join('\n')).toMatch(message);
  });
});

describe('the text of a fix', () => {
  const [real] = readCases(undefined, 'set-then-expire/set-literal-ioredis');
  const change = (more: Partial<FixCase>): Promise<string[]> => {
    if (!real) throw new Error('the case is gone');
    return proveText({ ...real, ...more }, 'ioredis@5');
  };
  const altered = new Map([...(real?.after ?? [])].map(([path, text]) => [path, text.replace('300', '301')]));

  it('has to be what the case says, to the letter', async () => {
    expect(await change({})).toEqual([]);
    expect((await change({ after: altered })).join()).toMatch(/code\.ts is not as in the case/);
    expect((await change({ after: new Map([...(real?.after ?? []), ['more.ts', '']]) })).join()).toMatch(/more\.ts of after\/ was not made/);
  });

  it('has to come from the fix that is named, of its kind, and declare what the case says', async () => {
    expect((await change({ fix: 'other' })).join()).toMatch(/offers the fix "other" \(offered: set-with-ttl, multi\)/);
    expect((await change({ rule: 'no-keys' })).join()).toMatch(/no finding of no-keys/);
    expect((await change({ kind: 'suggest' })).join()).toMatch(/of kind "safe", not "suggest"/);
    expect((await change({ keeps: { ...keeps, roundTrips: 'same' } })).join()).toMatch(/declares to keep/);
  });
});
