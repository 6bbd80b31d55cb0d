import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('scan-misuse', `${clients}export async function f(id: string, cursor: string, log: (...all: unknown[]) => void) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a cursor made a number in a callback', "redis.scan('7', (_error, reply) => log(Number(reply![0])));"],
    ['a unary plus', 'const { cursor: next, keys } = await client.scan(cursor);\n  log(keys, +next);'],
    ['the first page by position', "log((await redis.scan(0, 'MATCH', 'a:*'))[1]);"],
    ['the first page of members', "const [, members] = await redis.sscan('s', 0);\n  log(members);"],
    ['a large COUNT by constant', "const pageSize = 50_000;\n  for await (const keys of redis.hscanStream('h', { count: pageSize })) log(keys);"],
    ['a promise of the first batch', "return new Promise((resolve, reject) => {\n    redis.scanStream({ match: 'a:*' }).on('data', (keys) => resolve(keys.length)).on('error', reject);\n  });"],
    ['a promise of the first batch, by a variable', "return new Promise((done) => {\n    const stream = redis.scanStream();\n    stream.on('data', (keys) => {\n      done(keys);\n    });\n  });"],
    ['a pattern that is one name', "for await (const keys of client.scanIterator({ MATCH: 'config' })) log(keys);"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a number that is only compared', "const [next, keys] = await redis.scan(cursor);\n  if (Number(next) === 0) log(keys);"],
    ['a number out of the list', "const [next, keys] = await redis.scan(cursor);\n  log(next, Number(keys[0]));"],
    ['a promise of all batches', "return new Promise((resolve) => {\n    const all: string[] = [];\n    const stream = redis.scanStream();\n    stream.on('data', (keys: string[]) => {\n      all.push(...keys);\n      if (all.length > 10) resolve(all);\n    });\n    stream.on('end', () => resolve(all));\n  });"],
    ['the whole reply', "const reply = await redis.scan('0');\n  log(reply);"],
    ['a page in a loop', "for (;;) {\n    const [, keys] = await redis.scan('0', 'MATCH', 'a:*');\n    if (keys.length === 0) break;\n    await redis.del(keys);\n  }"],
    ['one page of a collection, its size said', "const [, members] = await redis.sscan('s', 0, 'COUNT', 1000);\n  log(members);"],
    ['a pattern in a variable', 'for await (const keys of client.scanIterator({ MATCH: `a:${id}` })) log(keys);'],
    ['a COUNT of something else', "await redis.spop('s', 50_000);\n  await redis.zrange('z', 0, 1, 'BYSCORE', 'LIMIT', 0, 50_000);"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('offers no fix where the number is used as one', async () => {
  const body = "let at = 0;\n  do {\n    const [next] = await redis.scan(at);\n    at = Number(next);\n    log(at + 1);\n  } while (at !== 0);\n  const [, keys] = await redis.scan('0', 'TYPE', 'hash');\n  log(keys);";
  await withProject({ 'a.ts': `${clients}export async function f(log: (...all: unknown[]) => void) {\n  ${body}\n}` }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const own = findings.filter(({ rule }) => rule === 'scan-misuse');
    expect(own).toHaveLength(2);
    expect(own.flatMap((finding) => analyzer.fixes(finding))).toEqual([]);
  });
});

it('keeps the line ends of the file', async () => {
  await withProject({ 'a.js': `${clients}export async function f() {\n\tconst [, keys] = await redis.scan('0')\n\treturn keys\n}\n`.replaceAll(';', '').replaceAll('\n', '\r\n') }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const [finding] = findings.filter(({ rule }) => rule === 'scan-misuse');
    expect(finding && analyzer.fixes(finding)[0]?.edits.map(({ text }) => text)).toEqual([
      "const found = new Set()\r\n\tfor await (const batch of redis.scanStream({ match: '*', count: 1000 })) {\r\n\t\tfor (const key of batch) found.add(key)\r\n\t}\r\n\tconst keys = [...found]",
    ]);
  });
});
