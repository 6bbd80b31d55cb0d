import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/analyzer/fixes/edits.ts';
import { linesOf, withProject } from '../../support/analyze.ts';

const manifest = (redis: string): Record<string, string> => ({ 'package.json': JSON.stringify({ dependencies: { redis, ioredis: '^5' } }) });
const reports = (redis: string, text: string, name = 'a.js'): Promise<string[]> => linesOf('deprecated-client-api', { ...manifest(redis), [name]: text });
const client = "const { createClient } = require('redis');\nconst client = createClient();\n";

describe('reports', () => {
  it.each([
    ['a callback by its name', '^4', `${client}exports.f = (k, cb) => client.get(k, cb);`],
    ['a function by its name', '^4', `${client}function noop() {}\nexports.f = (k) => client.sUnion(k, noop);`],
    ['a constant that is a function', '^4', `${client}const onGone = (error) => { if (error) throw error; };\nexports.f = (k) => client.del(k, onGone);`],
    ['EXEC with a callback', '^4', `${client}exports.f = (k) => client.multi().incr(k).exec((err, replies) => console.log(err, replies));`],
    ['a promisified method', '^4', `${client}const { promisify } = require('util');\nconst getAsync = promisify(client.get).bind(client);\nexports.f = (k) => getAsync(k);`],
    ['a URL in place of options', '^5', "const { createClient } = require('redis');\nmodule.exports = createClient('redis://redis.internal:6379');"],
    ['a pattern event, listened to once', '^4', `${client}client.once('pmessage', () => undefined);`],
    ['options of a constant', '^4', "const { createClient } = require('redis');\nconst options = { host: 'redis' };\nmodule.exports = createClient(options);"],
    ['a TTL by position', '^4', `${client}exports.f = (k, v) => client.set(k, v, 'EX', 60);`],
    ['NX by position, in a queue', '^5', `${client}exports.f = (k, v) => client.multi().set(k, v, 'NX').exec();`],
    ['several keys', '^6', `${client}exports.f = (a, b) => client.del(a, b);`],
    ['keys that are spread', '^4', `${client}exports.f = (keys) => client.mGet(...keys);`],
    ['several members', '^4', `${client}exports.f = (k) => client.sAdd(k, 'a', 'b');`],
    ['several fields', '^4', `${client}exports.f = (k) => client.hSet(k, 'a', '1', 'b', '2');`],
    ['a pattern by position', '^5', `${client}exports.f = (cursor) => client.scan(cursor, 'MATCH', 'a:*', 'COUNT', 100);`],
    ['quit in upper case', '^5', `${client}exports.stop = () => client.QUIT();`],
  ])('%s', async (_, version, text) => {
    expect(await reports(version, text)).toHaveLength(1);
  });

  it('as an error what is gone, as a hint what is only deprecated', async () => {
    await withProject({ ...manifest('^5'), 'a.js': `${client}exports.f = (k) => { client.get(k, (err) => err); return client.quit(); };` }, async (analyzer) => {
      expect((await analyzer.check()).findings.filter((one) => one.rule === 'deprecated-client-api').map((one) => one.severity)).toEqual(['error', 'hint']);
    });
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a library that serves version 4 too', '^4.0.0 || ^5.0.0', `${client}exports.stop = () => client.quit();`],
    ['legacy mode', '^4', "const { createClient } = require('redis');\nconst client = createClient({ legacyMode: true });\nexports.f = (k, cb) => client.get(k, cb);"],
    ['the legacy view of version 5', '^5', `${client}const old = client.legacy();\nexports.f = (k, cb) => old.get(k, cb);\nexports.g = (k, cb) => client.legacy().get(k, cb);`],
    ['listeners', '^4', `${client}exports.f = async (cb) => { await client.subscribe('c', cb); await client.pSubscribe('c*', (m) => m); await client.unsubscribe('c', cb); client.on('ready', cb); };`],
    ['a function of the same name', '^5', `${client}function commandOptions(x) { return x; }\nexports.f = (k) => client.get(commandOptions(k));`],
    ['a pool and its close', '^5', "const { createClientPool } = require('redis');\nconst pool = createClientPool();\nexports.stop = () => pool.close();"],
    ['options of this version', '^4', "const { createClient } = require('redis');\nmodule.exports = createClient({ socket: { host: 'a', port: 1, path: 'b' }, database: 1, url: process.env.REDIS_URL });"],
    ['arguments of this version', '^4', `${client}exports.f = async (k, v, keys) => { await client.set(k, v, { EX: 60 }); await client.del(keys); await client.del([k, v]); await client.sAdd(k, ['a', 'b']); await client.hSet(k, 'a', '1'); await client.scan(0, { MATCH: v }); await client.expire(k, 60, 'NX'); await client.sUnionStore(k, [v]); };`],
    ['command options before them', '^4', "const { createClient, commandOptions } = require('redis');\nconst client = createClient();\nexports.f = (keys) => client.mGet(commandOptions({ returnBuffers: true }), keys);"],
    ['several keys in version 3', '^3', `${client}exports.f = (a, b) => client.del(a, b);`],
    ['a value that is one of the words', '^4', `${client}exports.f = (k) => client.set(k, 'EX');`],
    ['QUIT as text', '^5', `${client}exports.stop = () => client.sendCommand(['QUIT']);`],
  ])('%s', async (_, version, text) => {
    expect(await reports(version, text)).toEqual([]);
  });
});

it('has no fix where the reply is used, or options are kept elsewhere', async () => {
  const fixes = async (text: string): Promise<number> =>
    withProject({ ...manifest('^5'), 'a.js': text }, async (analyzer) => {
      const { findings } = await analyzer.check();
      return findings.filter((one) => one.rule === 'deprecated-client-api').flatMap((one) => analyzer.fixes(one)).length;
    });
  expect(await fixes(`${client}exports.stop = async () => { const ok = await client.quit(); return ok; };`)).toBe(0);
  expect(await fixes(`${client}exports.stop = () => client.disconnect().then(() => 1);`)).toBe(0);
  expect(await fixes("const { createClient } = require('redis');\nconst options = { host: 'redis' };\nmodule.exports = createClient(options);")).toBe(0);
  expect(await fixes("const { createClient } = require('redis');\nmodule.exports = createClient({ host: 'redis', retry_strategy: () => 1 });")).toBe(0);
  expect(await fixes("const { createClient } = require('redis');\nmodule.exports = createClient({ host: 'redis', /* why */ port: 1 });")).toBe(0);
});

it('is the only one to speak of a call: what is not done need not be waited for', async () => {
  const text = `const { createClient, commandOptions } = require('redis');
const client = createClient();
const { promisify } = require('util');
const setAsync = promisify(client.set).bind(client);
exports.f = (k, cb) => {
  client.get(k, cb);
  client.get(commandOptions({ isolated: true }), k);
  setAsync(k, '1');
};
`;
  expect(await linesOf('floating-command', { ...manifest('^5'), 'a.js': text })).toEqual([]);
  expect(await reports('^5', text)).toHaveLength(3);
});

/** The text after the fix of the first finding; undefined where there is none. */
const fixed = (text: string, name = 'a.js', head = client): Promise<string | undefined> =>
  withProject({ ...manifest('^5'), [name]: head + text }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter((one) => one.rule === 'deprecated-client-api');
    const [fix] = finding ? analyzer.fixes(finding) : [];
    return fix && applyEdits(head + text, fix.edits).slice(head.length);
  });

it('takes no function for a further key', async () => {
  await withProject({ ...manifest('^4'), 'a.js': `${client}function noop() {}\nexports.f = (k) => client.sUnion(k, noop);` }, async (analyzer) => {
    const [finding] = (await analyzer.check()).findings.filter(({ rule }) => rule === 'deprecated-client-api');
    expect(finding?.message).toMatch(/takes no callbacks/);
  });
});

describe('the fix of a callback', () => {
  it('keeps types', async () => {
    const head = client.replace(/const (.*) = require\((.*)\)/, 'import $1 from $2');
    const before = '// @ts-ignore\nclient.get(k, (err: Error | null, v: string | null) => (err ? fail(err) : use(v)));';
    expect(await fixed(before, 'a.ts', head)).toBe('// @ts-ignore\nclient.get(k).then((v: string | null) => use(v), (err: Error | null) => fail(err));');
    expect(await fixed(before.replace('@ts-ignore', '@ts-expect-error'), 'a.ts', head)).toBeUndefined();
  });

  it.each([
    ['tells an error from a reply', 'client.get(k, (err, v) => { if (err) throw err; console.log(v); });', 'client.get(k).then((v) => {\n  console.log(v);\n}, (err) => {\n  throw err;\n});'],
    ['leaves out what is not done', 'client.set(k, v, (err) => { if (err) console.error(err); });', 'client.set(k, v).catch((err) => {\n  console.error(err);\n});'],
    ['knows the test the other way round', 'client.get(k, async (e, v) => { if (e !== null) fail(e); else await use(v); });', 'client.get(k).then(async (v) => {\n  await use(v);\n}, async (e) => {\n  fail(e);\n});'],
    ['knows an object from a block', 'client.get(k, (err, v) => (err ? {} : { v }));', 'client.get(k).then((v) => ({ v }), (err) => ({}));'],
    ['keeps a function what it is', 'client.get(k, function (err, v) { return err ? fail(err) : use(v); });', 'client.get(k).then(function (v) { return use(v); }, function (err) { return fail(err); });'],
  ])('%s', async (_, before, after) => {
    expect(await fixed(before)).toBe(after);
  });

  it.each([
    ['both are done alike', 'client.get(k, (err, v) => { console.log(err, v); });'],
    ['an error is not asked about', 'client.get(k, (err, v) => use(v));'],
    ['what follows is for both', 'client.get(k, (err, v) => { if (err) console.error(err); use(v); });'],
    ['the reply is used with the error', 'client.get(k, (err, v) => { if (err) return fail(err, v); use(v); });'],
    ['the error is used with the reply', 'client.get(k, (err, v) => { if (err) return; use(v, err); });'],
    ['`this` is used', 'client.get(k, function (err, v) { if (err) return; this.use(v); });'],
    ['the reply is another one now', 'client.hGetAll(k, (err, v) => { if (err) throw err; use(v); });'],
    ['the arguments are those of version 3', "client.set(k, v, 'EX', 60, (err) => { if (err) throw err; });"],
    ['its number is refused now', 'client.publish(k, 1, (err) => { if (err) throw err; });'],
    ['a caller leaves the callback out', 'function read(k, cb) { client.get(k, cb); }\nread(1);'],
    ['a comment would be lost', 'client.get(k, (err, v) => { if (err) throw err; use(v); /* why */ });'],
    ['replies of a transaction are counted', 'client.multi().incr(k).exec((err, v) => { if (err) throw err; use(v); });'],
    ['something is made of what it gives', 'const sent = client.get(k, (err, v) => { if (err) throw err; use(v); });'],
  ])('is none where %s', async (_, text) => {
    expect(await reports('^5', client + text)).toHaveLength(1);
    expect(await fixed(text)).toBeUndefined();
  });
});

describe('the fix of a listener', () => {
  it.each([
    ['by its name', "client.on('message', onMessage);\nclient.subscribe('news');", "client.subscribe('news', (message, channel) => onMessage(channel, message));"],
    ['after the subscription', "client.subscribe('news');\nclient.on('message', function (channel, text) { use(text); });", "client.subscribe('news', function (text, channel) { use(text); });"],
    ['that asks for the channel alone', "client.subscribe(['a', 'b']);\nclient.on('message', channel => use(channel));", "client.subscribe(['a', 'b'], (_message, channel) => use(channel));"],
  ])('%s', async (_, before, after) => {
    expect((await fixed(before))?.trim()).toBe(after);
  });

  it.each([
    ['there are two', "client.on('message', a);\nclient.on('message', b);\nclient.subscribe('news');"],
    ['there are two subscriptions', "client.on('message', a);\nclient.subscribe('news');\nclient.subscribe('more');"],
    ['the subscription is elsewhere', "client.on('message', a);\nexports.f = () => client.subscribe('news');"],
    ['the subscription has one', "client.on('message', a);\nclient.subscribe('news', b);"],
    ['it hears of patterns', "client.on('pmessage', a);\nclient.pSubscribe('news.*');"],
    ['it asks for `this`', "client.on('message', function (channel) { this.use(channel); });\nclient.subscribe('news');"],
  ])('is none where %s', async (_, text) => {
    expect(await fixed(text)).toBeUndefined();
  });
});

describe('the fix of command options', () => {
  const head = "import { commandOptions, createClient } from 'redis';\nconst client = createClient();\n";

  it('asks for buffers, and keeps an import that is still used', async () => {
    const text = 'client.get(commandOptions({ returnBuffers: true }), k);\n';
    const changed = await withProject({ ...manifest('^5'), 'a.ts': `${head}${text}${text}` }, async (analyzer) => {
      const [finding] = (await analyzer.check()).findings.filter((one) => one.rule === 'deprecated-client-api');
      return finding && analyzer.fixes(finding).map((fix) => applyEdits(`${head}${text}${text}`, fix.edits));
    });
    expect(changed).toEqual([`${head.replace('createClient }', 'createClient, RESP_TYPES }')}client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }).get(k);\n${text}`]);
  });

  it.each([
    ['a connection of its own is asked for', "client.blPop(commandOptions({ isolated: true }), 'jobs', 5);"],
    ['there is more', 'client.get(commandOptions({ returnBuffers: true, isolated: true }), k);'],
    ['other replies than bulk strings were buffers, too', 'client.set(commandOptions({ returnBuffers: true }), k, v);'],
    ['it stands elsewhere', 'client.get(commandOptions(options), k);'],
  ])('is none where %s', async (_, text) => {
    expect(await fixed(text, 'a.ts', head)).toBeUndefined();
  });
});
