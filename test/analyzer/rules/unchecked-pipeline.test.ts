import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('unchecked-pipeline', `${clients}export async function f(k: string, ids: string[]) {\nconst p = redis.pipeline();\nfor (const id of ids) p.get(id);\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a promise that nobody waits for', 'p.exec();'],
    ['a catch, which hears of the connection alone', 'await p.exec().catch(console.error);'],
    ['values taken apart', 'const [[, a], [, b]] = (await p.exec())!;\nreturn [a, b];'],
    ['an error that is named and not used', 'return (await p.exec())!.map(([_err, value]) => value);'],
    ['a loop over values', 'for (const [, value] of (await p.exec()) ?? []) console.log(value);'],
    ['a single value', 'const replies = await p.exec();\nreturn replies![0]![1];'],
    ['the number of replies', 'return (await p.exec())?.length;'],
    ['only null looked at', "const replies = await p.exec();\nif (!replies) throw new Error('gone');"],
    ['a callback without replies', 'p.exec((err) => console.log(err));'],
    ['then, which is given nothing', 'await p.exec().then(() => 1);'],
    ['then, which gives them on to nobody', 'await p.exec().then((replies) => replies);'],
    ['then, which gives them on to who reads values', 'const replies = await p.exec().then((all) => {\n console.log(k);\n return all ?? [];\n});\nreturn replies.map(([, value]) => value);'],
    ['then, which gives on values', 'return p.exec().then((replies) => replies!.map((entry) => entry[1]));'],
    ['two of them in a row', 'const [[, a]] = (await p.exec().then((all) => all!).then((all) => all));\nreturn a;'],
    ['values put in place of their list', 'let replies: any = await p.exec();\nreplies = replies.map((entry: any) => entry[1]);\nreturn replies.filter((one: any) => one.name);'],
    ['values put in place of their entries', 'const replies: any = await p.exec();\nfor (const i in replies) replies[i] = replies[i][1];\nreturn replies;'],
    ['values of whichever client replies', 'const replies: any = await p.exec();\nreturn Array.isArray(replies[0]) ? replies[0][1] : null;'],
    ['a helper whose callers drop what it returns', 'const run = () => p.exec();\nawait run();'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['errors taken apart', 'const [[error, a]] = (await p.exec())!;\nif (error) throw error;\nreturn a;'],
    ['errors looked at by who gets them from then', 'const replies = await p.exec().then((all) => all);\nfor (const [error] of replies!) if (error) throw error;'],
    ['errors looked at in a then', 'await p.exec().then((all) => all!.map(([error, value]) => {\n if (error) throw error;\n return value;\n}));'],
    ['whole entries given on by then', 'return p.exec().then((all) => all!.map((entry) => entry));'],
    ['a check by index', 'const replies = await p.exec();\nif (replies?.some((entry) => entry[0])) throw new Error();'],
    ['errors looked at before values take their place', 'let replies: any = await p.exec();\nif (replies.some((entry: any) => entry[0])) throw new Error();\nreplies = replies.map((entry: any) => entry[1]);\nreturn replies;'],
    ['values that take the place of some only', 'let replies: any = await p.exec();\nif (k) replies = replies.map((entry: any) => entry[1]);\nreturn replies;'],
    ['replies that are given on', 'return check(await p.exec());\nfunction check(x: unknown) { return x; }'],
    ['an entry that is given on', 'return (await p.exec())!.map((entry) => check(entry));\nfunction check(x: unknown) { return x; }'],
    ['a callback of the program’s own', 'p.exec(done);\nfunction done() {}'],
    ['commands that have callbacks', 'p.del(k, (error) => console.error(error));\nawait p.exec();'],
    ['what is voided on purpose', 'void p.exec();'],
    ['node-redis 5, which rejects', 'await client.multi().get(k).exec();'],
    ['a watched key whose null is thrown', 'await redis.watch(k);\nfor (const [error] of (await redis.multi().set(k, 1).exec())!) if (error) throw error;'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('knows from which version on node-redis rejects', async () => {
  const found = (redis: string, code: string): Promise<string[]> =>
    linesOf('unchecked-pipeline', { 'package.json': JSON.stringify({ dependencies: { redis } }), 'a.js': `const redis = require('redis');\nconst client = redis.createClient();\nexports.f = async (k, done) => { ${code} };` });
  expect(await found('4.6.11', 'await client.multi().incr(k).exec();')).toHaveLength(1);
  expect(await found('^4.6.0', 'await client.multi().incr(k).exec();')).toEqual([]);
  expect(await found('4.6.11', 'return (await client.multi().incr(k).exec())[0];')).toEqual([]);
  expect(await found('^3', 'client.multi().incr(k).exec((err) => done(err));')).toHaveLength(1);
  expect(await found('^3', 'client.multi().incr(k).exec((err, replies) => done(err, replies));')).toEqual([]);
});

it('prints errors where nobody catches what is thrown', async () => {
  const titles = (body: string): Promise<string[]> =>
    withProject({ 'a.ts': `${clients}\n${body}` }, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'unchecked-pipeline').flatMap((finding) => analyzer.fixes(finding)).map(({ title }) => title));
  const body = 'const p = redis.pipeline();\nfor (const key of keys) p.del(key);\nawait p.exec();';
  expect(await titles(`redis.scanStream().on('data', async (keys: string[]) => {\n${body}\n});`)).toEqual(['Print the errors among the replies']);
  expect(await titles(`setInterval(async () => {\nconst keys: string[] = [];\n${body}\n}, 1000);`)).toEqual(['Print the errors among the replies']);
  expect(await titles(`redis.scanStream().on('data', async (keys: string[]) => {\ntry {\n${body}\n} catch {}\n});`)).toEqual(['Throw the first error among the replies']);
  expect(await titles(`export const f = async (keys: string[]) => {\n${body}\n};`)).toEqual(['Throw the first error among the replies']);
});

it('keeps line ends, tabs and the absence of semicolons, and opens a lone statement', async () => {
  const text = `import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function f(ids: string[]) {\r\n\tif (ids.length)\r\n\t\tawait redis.pipeline().del(ids).exec() // all\r\n\tawait redis.pipeline().get("a").exec()\r\n}\r\n`;
  const after = await withProject({ 'a.ts': text }, async (analyzer) => {
    const findings = (await analyzer.check()).findings.filter(({ rule }) => rule === 'unchecked-pipeline');
    return findings.flatMap((finding) => analyzer.fixes(finding)).flatMap(({ edits }) => edits).toSorted((a, b) => b.start - a.start || b.end - a.end).reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
  });
  expect(after).toBe(`import Redis from "ioredis"\r\nconst redis = new Redis()\r\nexport async function f(ids: string[]) {\r\n\tif (ids.length)\r\n\t\t{\r\n\t\t\tconst replies = await redis.pipeline().del(ids).exec()\r\n\t\t\tfor (const [error] of replies ?? []) {\r\n\t\t\t\tif (error) throw error\r\n\t\t\t}\r\n\t\t} // all\r\n\tconst replies = await redis.pipeline().get("a").exec()\r\n\tfor (const [error] of replies ?? []) {\r\n\t\tif (error) throw error\r\n\t}\r\n}\r\n`);
});

it('reports a MULTI made of a list of commands without a type', async () => {
  expect(await linesOf('unchecked-pipeline', { 'a.js': "const Redis = require('ioredis');\nconst redis = new Redis();\nexports.f = async (commands) => {\n await redis.multi(commands).exec();\n};\nexports.g = async (commands) => {\n await redis.multi({ pipeline: false });\n};\n" })).toEqual(['await redis.multi(commands).exec();']);
});
