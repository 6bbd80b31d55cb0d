import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/analyzer/finding.ts';
import { applyEdits, editsByFile } from '../../../src/analyzer/fixes/edits.ts';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const rule = 'prefer-hash-over-json';
const user = 'interface User { id: string; name: string; visits: number }\n';
const save = 'export const save = (user: User) => redis.set(`user:${user.id}`, JSON.stringify(user));\n';

const reports = (body: string): Promise<string[]> => linesOf(rule, `${clients}${user}${body}`);

async function findings(files: Record<string, string> | string): Promise<(Pick<Finding, 'severity' | 'message'> & { fixes: string[] })[]> {
  return withProject(typeof files === 'string' ? { 'a.ts': `${clients}${user}${files}` } : files, async (analyzer) => {
    const found = (await analyzer.check()).findings.filter((finding) => finding.rule === rule);
    return found.map((finding) => ({ severity: finding.severity, message: finding.message, fixes: analyzer.fixes(finding).map(({ id }) => id) }));
  });
}

/** The first file of the first finding's first fix. */
async function fixed(body: string): Promise<string> {
  return withProject({ 'a.ts': `${clients}${user}${body}` }, async (analyzer) => {
    const finding = (await analyzer.check()).findings.find((one) => one.rule === rule);
    const [fix] = finding ? analyzer.fixes(finding) : [];
    if (!fix) return finding?.message ?? 'no finding';
    const [[file, edits] = ['', []]] = editsByFile(fix.edits);
    return applyEdits(analyzer.text(file), edits).slice(clients.length + user.length);
  });
}

describe('reports', () => {
  it.each([
    ['an alias of scalars', 'export const f = (a: Pick<User, "id" | "visits">) => redis.set("u", JSON.stringify(a));'],
    ['a union of objects', 'export const f = (a: { kind: "a"; x: number } | { kind: "b"; y: string }) => redis.set("u", JSON.stringify(a));'],
    ['branded fields', 'type Id = string & { readonly brand: "id" };\nexport const f = (a: { id: Id }) => redis.set("u", JSON.stringify(a));'],
    ['indented JSON', 'export const f = (a: User) => redis.set("u", JSON.stringify(a, null, 2));'],
    ['a serialiser of a class', 'class C {\n encode(a: User) { return JSON.stringify(a); }\n f(a: User) {\n  return redis.set("u", this.encode(a));\n }\n}\nexport { C };'],
    ['two wrappers', 'const put = (key: string, value: unknown) => redis.set(key, JSON.stringify(value));\nconst keep = (key: string, value: unknown) => put(`app:${key}`, value);\nexport const f = (a: User) => keep("u", a);'],
    ['a wrapper that takes the text', 'const put = (key: string, text: string) => redis.set(key, text);\nexport const f = (a: User) => put("u", JSON.stringify(a));'],
    ['an object of values', 'export const f = (a: User) => redis.mset({ "u:1": JSON.stringify(a) });'],
    ['values pushed one by one', 'export function f(all: User[]) {\n const pairs: string[] = [];\n for (const a of all) pairs.push(`u:${a.id}`, JSON.stringify(a));\n return redis.mset(pairs);\n}'],
    ['spread pairs', 'export const f = (all: User[]) => redis.mset(...all.flatMap((a) => [`u:${a.id}`, JSON.stringify(a)]));'],
    ['MSETNX', 'export const f = (a: User) => client.mSetNX([["u:1", JSON.stringify(a)]]);'],
    ['GETSET', 'export const f = (a: User) => redis.getset("u", JSON.stringify(a));'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a Map', 'export const f = (a: Map<string, string>) => redis.set("u", JSON.stringify([...a]));\nexport const g = (a: Map<string, string>) => redis.set("u", JSON.stringify(a));'],
    ['an error', 'export const f = (a: Error) => redis.set("u", JSON.stringify(a));'],
    ['a tuple', 'export const f = (a: readonly [string, number]) => redis.set("u", JSON.stringify(a));'],
    ['an object or null', 'export const f = (a: User | null) => redis.set("u", JSON.stringify(a));'],
    ['fields of any type', 'export const f = (data: any) => redis.set("u", JSON.stringify({ data, at: Date.now() }));'],
    ['a generic envelope', 'export const f = <T>(data: T) => redis.set("u", JSON.stringify({ data, at: 1 }));'],
    ['what has a prefix', 'export const f = (a: User) => redis.set("u", "v1:" + JSON.stringify(a));'],
    ['a replacer function', 'export const f = (a: User) => redis.set("u", JSON.stringify(a, (_, v) => v));'],
    ['an empty object', 'export const f = () => redis.set("u", JSON.stringify({}));'],
    ['a nested record for a while that nobody reads', 'export const f = (a: { user: User }) => redis.setex("u", 60, JSON.stringify(a));\nexport const g = () => redis.del("u");'],
    ['a nested record that nobody reads, of a key of which nothing is known', 'export const f = (k: string, a: { user: User }) => redis.set(k, JSON.stringify(a));'],
    ['a computed summary that lives for a while and is read whole', 'export const f = (a: { user: User }) => redis.setex("u", 60, JSON.stringify(a));\nexport const g = async () => JSON.parse((await redis.get("u"))!);'],
    ['an element of a list', 'export const f = (a: User) => redis.lpush("u", JSON.stringify(a));'],
    ['a text chosen between two', 'export const f = (a: User, on: boolean) => redis.set("u", on ? JSON.stringify(a) : "");'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

describe('severity', () => {
  it.each([
    ['information', 'nobody reads', save],
    ['hint', 'only read whole', `${save}export const load = async (id: string) => { const raw = await redis.get(\`user:\${id}\`); return raw ? (JSON.parse(raw) as User) : null; };`],
    ['warning', 'read by field through a helper', `${save}async function load(id: string) { const raw = await redis.get(\`user:\${id}\`); return raw ? (JSON.parse(raw) as User) : null; }\nexport const nameOf = async (id: string) => (await load(id))?.name;`],
    ['warning', 'one field destructured', `${save}export async function nameOf(id: string) { const { name } = JSON.parse((await redis.get(\`user:\${id}\`)) ?? "{}"); return name; }`],
    ['hint', 'nested', 'export const f = (a: { user: User }) => redis.set("u", JSON.stringify(a));'],
    ['hint', 'nested, for a while, and read by field', 'export const f = (a: { user: User }) => redis.setex("u", 60, JSON.stringify(a));\nexport const g = async () => JSON.parse((await redis.get("u"))!).user;'],
    ['hint', 'nested, for good, and read whole', 'export const f = (a: { user: User }) => redis.set("u", JSON.stringify(a));\nexport const g = async () => JSON.parse((await redis.get("u"))!);'],
    ['hint', 'only read whole, of a key of which nothing is known', 'export const f = (k: string, value: string) => redis.set(k, JSON.stringify({ value, age: 1 }));\nexport const g = async (k: string) => { const raw = await redis.get(k); return raw ? JSON.parse(raw) : null; };'],
    ['information', 'read by field, of a key of which nothing is known', 'export const f = (k: string, value: string) => redis.set(k, JSON.stringify({ value, age: 1 }));\nexport const g = async (k: string) => JSON.parse((await redis.get(k))!).age;'],
    ['information', 'read by another key', `${save}export const f = async (id: string) => JSON.parse((await redis.get(\`users:\${id}\`))!).name;`],
    ['information', 'read from another database', `${save}const other = new Redis({ db: 2 });\nexport const f = async (id: string) => JSON.parse((await other.get(\`user:\${id}\`))!).name;`],
  ])('%s: %s', async (severity, _, body) => {
    expect((await findings(body)).map((one) => one.severity)).toEqual([severity]);
  });
});

describe('finds the reads of keys that a helper makes', () => {
  const made = (read: string): string => `class Store {
 key(...parts: string[]) { return Array.from(arguments).concat(parts).filter(Boolean).join(':'); }
 async find(match: string, found: string[] = [], cursor = '0'): Promise<string[]> { const [next, keys] = await redis.scan(cursor, 'MATCH', match); found = found.concat(keys); return next === '0' ? found : this.find(match, found, next); }
 ping(user: User) { return redis.set(this.key('worker', 'ping', user.id), JSON.stringify(user)); }
 async all() { ${read} }
}
export { Store };`;
  it.each([
    ['hint', 'a scan, then read whole', "const keys = await this.find(this.key('worker', 'ping', '*')); return Promise.all(keys.map(async (k) => { const raw = await redis.get(k); return raw ? (JSON.parse(raw) as User) : null; }));"],
    ['warning', 'a scan, then read by field', "for (const k of await this.find(this.key('worker', 'ping', '*'))) console.log(JSON.parse((await redis.get(k))!).name);"],
    ['hint', 'the same helper', "const key = this.key('worker', 'ping', 'x'.repeat(3)); return JSON.parse((await redis.get(key))!) as User;"],
    ['information', 'a scan for others', "const keys = await this.find(this.key('worker', 'job', '*')); return Promise.all(keys.map(async (k) => JSON.parse((await redis.get(k))!)));"],
  ])('%s: %s', async (severity, _, read) => {
    expect((await findings(made(read))).map((one) => one.severity)).toEqual([severity]);
  });
});

describe('offers no fix and names the place where', () => {
  const load = (body: string): string => `${save}export async function load(id: string) {\n${body}\n}`;
  it.each([
    ['the text is used', load('const raw = await redis.get(`user:${id}`);\nconsole.log(raw);\nreturn JSON.parse(raw!) as User;'), 'a.ts:9 uses the text as it is'],
    ['the text is returned', load('return redis.get(`user:${id}`);'), 'a.ts:8 hands the text on'],
    ['several are read', load('const all = await redis.mget([id].map((one) => `user:${one}`));\nreturn all.map((raw) => JSON.parse(raw!));'), 'a.ts:8 sends MGET'],
    ['a scan finds the keys', load('for (const key of await redis.keys("user:*")) JSON.parse((await redis.get(key))!);'), 'a.ts:8 reads it among other keys'],
    ['a literal key is of the pattern', load('return JSON.parse((await redis.get("user:1"))!) as User;'), 'a.ts:8 may name the same keys in a GET'],
    ['a wrapper reads it', `${save}const read = async <T>(key: string) => { const raw = await redis.get(key); return raw ? (JSON.parse(raw) as T) : null; };\nexport const load = (id: string) => read<User>(\`user:\${id}\`);`, 'a.ts:8 reads it through a wrapper'],
    ['another command needs a string', load('return redis.strlen(`user:${id}`);'), 'a.ts:8 sends STRLEN'],
    ['the key is watched', load('await redis.watch(`user:${id}`);\nreturn 1;'), 'a.ts:8 watches the key'],
    ['something else is stored', load('await redis.set(`user:${id}`, "gone");'), 'a.ts:8 stores something else'],
    ['types of a field differ', load('await redis.set(`user:${id}`, JSON.stringify({ id, name: 1, visits: 2 }));'), 'a field (name) that may be text or not'],
    ['a field may be null or missing', 'export const f = (a: { id: string; n?: number | null }) => redis.set("u", JSON.stringify(a));', 'a.ts:6 stores a field (n) that may be null or missing'],
    ['a class has methods', 'class C { constructor(public a: string) {} m() { return 1; } }\nexport const f = (a: C) => redis.set("u", JSON.stringify(a));', 'a.ts:7 stores an object with methods'],
    ['it is set with NX', 'export const f = (a: User) => client.set("u", JSON.stringify(a), { NX: true });', 'a.ts:6 depends on NX'],
    ['the TTL is kept', 'export const f = (a: User) => redis.set("u", JSON.stringify(a), "KEEPTTL");', 'a.ts:6 keeps the time to live'],
    ['options come from elsewhere', 'export const f = (a: User, options: { EX: number }) => client.set("u", JSON.stringify(a), options);', 'a.ts:6 gives options that cannot be told'],
    ['the queue is a plain pipeline', 'export const f = (a: User) => redis.pipeline().set("u", JSON.stringify(a)).exec();', 'a.ts:6 is queued in a pipeline'],
    ['replies are taken by place', 'export async function f(a: User) {\n const replies = await redis.multi().set("u", JSON.stringify(a)).incr("n").exec();\n return replies?.[1];\n}', 'takes the replies of the queue by their place'],
    ['the parse is caught', load('const raw = await redis.get(`user:${id}`);\nif (!raw) return null;\ntry { return JSON.parse(raw) as User; } catch { return null; }'), 'a.ts:10 catches what its parsing throws'],
    ['it is parsed twice', load('const raw = await redis.get(`user:${id}`);\nif (!raw) return null;\nreturn [JSON.parse(raw) as User, JSON.parse(raw) as User];'), 'a.ts:10 parses the text several times'],
    ['a reviver is used', load('return JSON.parse((await redis.get(`user:${id}`))!, (_, v) => v);'), 'a.ts:8 uses the text as it is'],
    ['the client has a type of its own', `export const f = (r: Pick<Redis, "set">, a: User) => r.set("u", JSON.stringify(a));`, 'a.ts:6 uses a client of a type of its own'],
    ['two libraries share the keys', `${save}export const f = async (id: string) => JSON.parse((await client.get(\`user:\${id}\`))!) as User;`, 'uses another client library'],
    ['the JSON is made before a change', 'export async function f(a: User) {\n const body = JSON.stringify(a);\n a.visits = 2;\n await redis.set("u", body);\n}', 'a.ts:7 keeps the JSON of an object that may change'],
    ['a TTL is lost', `${save}export const g = (a: User) => redis.set(\`user:\${a.id}\`, JSON.stringify(a), "EX", 60);`, 'removes the time to live that its key was given (set-drops-ttl): keep it'],
    ['MSET stores it', 'export const f = (a: User) => redis.mset("u", JSON.stringify(a));', 'a.ts:6 stores it by MSET'],
    ['nothing is known of the key', 'export const f = (key: string, a: User) => redis.set(key, JSON.stringify(a));', 'nothing is known of its key'],
  ])('%s', async (_, body, reason) => {
    const [first] = await findings(body);
    expect(first?.fixes).toEqual([]);
    expect(first?.message).toContain('No fix is offered, since ');
    expect(first?.message).toContain(reason);
  });

  it('a file elsewhere reads the text', async () => {
    const [first] = await findings({
      'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();\n",
      'write.ts': `import { redis } from './redis';\n${user}${save}`,
      'tools/dump.ts': "import { redis } from '../redis';\nexport async function dump(id: string) {\n  console.log(await redis.get(`user:${id}`));\n}\n",
    });
    expect(first?.message).toContain('No fix is offered, since tools/dump.ts:3 uses the text as it is.');
  });

  it('node-redis 3 has no promises', async () => {
    const [first] = await findings({
      'package.json': '{"dependencies":{"redis":"^3.1.0"}}',
      'a.js': "const redis = require('redis');\nconst client = redis.createClient();\nexports.f = (id, n) => client.set('u:' + id, JSON.stringify({ n: Number(n) }));\n",
    });
    expect(first?.fixes).toEqual([]);
    expect(first?.message).toContain('a.js:3 uses a client without promises and transactions');
  });

  it('a cluster of node-redis 4 does not find the node of a script', async () => {
    const of = (version: string) => findings({
      'package.json': JSON.stringify({ dependencies: { redis: version } }),
      'a.ts': `import { createCluster } from 'redis';\nconst client = createCluster({ rootNodes: [] });\n${user}export const save = (id: string, a: User) => client.set(\`user:\${id}\`, JSON.stringify(a));\nexport const f = async (id: string) => JSON.parse((await client.get(\`user:\${id}\`))!) as User;\n`,
    });
    const [old, recent] = [(await of('^4.7.0'))[0], (await of('^5.0.0'))[0]];
    expect(old?.fixes).toEqual([]);
    expect(old?.message).toContain('uses a cluster of node-redis 4');
    expect(recent?.fixes).toEqual(['hash']);
  });
});

describe('writes anew', () => {
  const head = `${save}`;
  const cases: [string, string, string[]][] = [
    ['an asserted text', 'export async function f(id: string) {\n  const raw = (await redis.get(`user:${id}`)) as string;\n  return JSON.parse(raw).name;\n}\n', ['const user = (await readUser(redis, `user:${id}`))!;', 'return user.name;']],
    ['a negated test', 'export async function f(id: string) {\n  const raw: string | null = await redis.get(`user:${id}`);\n  return raw === null ? null : (JSON.parse(raw) as User);\n}\n', ['return readUser(redis, `user:${id}`);']],
    ['a fallback of another kind', 'export async function f(id: string) {\n  const raw = await redis.get(`user:${id}`);\n  return raw ? (JSON.parse(raw) as User) : undefined;\n}\n', ['return user ?? undefined;']],
    ['a chain', 'export const f = (id: string): Promise<User | null> => redis.get(`user:${id}`).then((raw) => (raw ? JSON.parse(raw) : null));\n', ['=> readUser(redis, `user:${id}`);']],
    ['a chain that goes on', 'export const f = (id: string) => redis.get(`user:${id}`).then((raw) => (raw ? (JSON.parse(raw) as User).name : ""));\n', ['readUser(redis, `user:${id}`).then((user) => (user ? user.name : ""));']],
    ['a name that is taken', 'export async function f(id: string, user: string) {\n  const raw = await redis.get(`user:${id}`);\n  return raw && (JSON.parse(raw) as User).name === user;\n}\n', ['const raw = await readUser(redis, `user:${id}`);', 'return raw && raw.name === user;']],
    ['an object declared further in', 'export async function f(id: string) {\n  const raw = await redis.get(`user:${id}`);\n  if (raw) {\n    const found = JSON.parse(raw) as User;\n    return found;\n  }\n  return null;\n}\n', ['const found = await readUser(redis, `user:${id}`);', 'if (found) {\n    return found;']],
    ['an object that is assigned again', 'export async function f(id: string) {\n  const raw = await redis.get(`user:${id}`);\n  if (!raw) return null;\n  let found = JSON.parse(raw) as User;\n  found = { ...found, visits: 0 };\n  return found;\n}\n', ['const user = await readUser(redis, `user:${id}`);', 'let found = user;']],
    ['a client that may be missing', 'export const f = (r: Redis | undefined, user: User) => r!.set(`user:${user.id}`, JSON.stringify(user));\n', ['writeUser(r!, `user:${user.id}`, user)']],
    ['a change by Object.assign, stored whole', 'export async function f(id: string, patch: Partial<User>) {\n  const found = JSON.parse((await redis.get(`user:${id}`))!) as User;\n  Object.assign(found, patch);\n  await redis.set(`user:${id}`, JSON.stringify(found));\n}\n', ['await writeUser(redis, `user:${id}`, found);']],
    ['a deleted field, stored whole', 'export async function f(id: string) {\n  const found = JSON.parse((await redis.get(`user:${id}`))!) as Partial<User>;\n  delete found.name;\n  await redis.set(`user:${id}`, JSON.stringify(found));\n}\n', ['await writeUser(redis, `user:${id}`, found);']],
    ['a change under another key, stored whole', 'export async function f(id: string, other: string) {\n  const found = JSON.parse((await redis.get(`user:${id}`))!) as User;\n  found.visits = 0;\n  await redis.set(`user:${other}`, JSON.stringify(found));\n}\n', ['await writeUser(redis, `user:${other}`, found);']],
    ['a change whose reply is used', 'export async function f(id: string) {\n  const found = JSON.parse((await redis.get(`user:${id}`))!) as User;\n  found.visits = 0;\n  return redis.set(`user:${id}`, JSON.stringify(found));\n}\n', ["return updateUser(redis, `user:${id}`, found, ['visits']);"]],
  ];
  it.each(cases)('%s', async (_, body, expected) => {
    const text = await fixed(head + body);
    for (const part of expected) expect(text).toContain(part);
    expect(text.slice(0, text.indexOf('/** The fields of'))).not.toMatch(/JSON\.parse|redis\.get\(/);
  });

  it('leaves seeds and tests alone: what they write is converted when it is read', async () => {
    const seed = "import Redis from 'ioredis';\nconst redis = new Redis();\nexport const seed = (queue = redis.pipeline()) => queue.set('user:1', JSON.stringify({ id: '1', name: 'a', visits: 1 }), 'EX', 5);\n";
    const app = `${clients}${user}${save}export const f = async (id: string) => (JSON.parse((await redis.get(\`user:\${id}\`))!) as User).name;\n`;
    await withProject({ 'app.ts': app, 'seed/people.ts': seed }, async (analyzer, root) => {
      const finding = (await analyzer.check()).findings.find((one) => one.rule === rule && one.file.endsWith('app.ts'));
      const [fix] = finding ? analyzer.fixes(finding) : [];
      expect(fix?.title).toContain('1 write and 1 read in 1 file');
      expect(new Set(fix?.edits.map(({ file }) => file))).toEqual(new Set([`${root}/app.ts`]));
    });
  });

  it('gives two key patterns of one file functions of their own', async () => {
    const body = "import { createClient } from 'redis';\nconst client = createClient();\nexport const a = (n: number) => client.set(`cat:${n}`, JSON.stringify({ n }));\nexport const b = (n: number) => client.set(`dog:${n}`, JSON.stringify({ n }));\nexport const c = async (n: number) => JSON.parse((await client.get(`cat:${n}`))!).n;\nexport const d = async (n: number) => JSON.parse((await client.get(`dog:${n}`))!).n;\n";
    await withProject({ 'a.ts': body }, async (analyzer, root) => {
      for (let round = 0; round < 2; round++) {
        const finding = (await analyzer.check()).findings.find((one) => one.rule === rule);
        const [fix] = finding ? analyzer.fixes(finding) : [];
        expect(fix).toBeDefined();
        for (const [file, edits] of editsByFile(fix?.edits ?? [])) analyzer.setText(file, applyEdits(analyzer.text(file), edits));
      }
      const text = analyzer.text(`${root}/a.ts`) ?? '';
      expect(text).toMatch(/function readCat[^]*interface DogClient[^]*function readDog/);
      expect((await analyzer.check()).findings.filter((one) => one.rule === rule)).toEqual([]);
    });
  });
});
