import { describe, expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

const types = 'interface Item { id: string; tags: string[]; note?: string; at: Date; free: boolean; price: { net: number } }\nclass Money {\n toString(): string { return "1" }\n cents = 1;\n}\n';
const reports = (body: string): Promise<string[]> => linesOf('hset-nested-value', `${clients}${types}export async function f(k: string, item: Item, money: Money, any: any, loose: Record<string, string | undefined>, data: Record<string, object>) {\n${body}\n}`);

describe('reports', () => {
  it.each([
    ['a list of fields and values', "await redis.hset(k, ['id', item.id, 'price', item.price]);"],
    ['pairs', "await client.hSet(k, [['id', item.id], ['tags', item.tags as unknown as string]]);"],
    ['a Map of objects', "await redis.hset(k, new Map([['price', item.price]]));"],
    ['HSETNX', "await redis.hsetnx(k, 'price', item.price as unknown as string);"],
    ['a raw command', "await redis.call('HSET', k, 'price', item.price as unknown as string);"],
    ['a record of objects', 'await redis.hset(k, data);'],
    ['a date that node-redis refuses', 'await client.hSet(k, { at: item.at as unknown as string });'],
    ['either of two', 'await redis.hset(k, { v: any.x ? item.id : item.price });'],
    ['a promise nobody waits for', 'await redis.hset(k, { v: Promise.resolve(1) });'],
    ['a date beside what nobody knows', "const d = { status: 'x', at: new Date(), ...any };\nawait client.hSet(k, d);"],
    ['the same on the spot', 'await client.hSet(k, { at: new Date(), ...any });'],
    ['a spread value that is not given another', 'await redis.hset(k, { ...item, tags: 1 });'],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toHaveLength(1);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['dates and booleans on ioredis', 'await redis.hset(k, { at: item.at, free: item.free });'],
    ['what makes text of itself', 'await redis.hset(k, { money });'],
    ['what nobody knows', 'await redis.hset(k, any);\nawait redis.hset(k, { any, x: any.y });\nawait redis.hset(k, ...(any as string[]));'],
    ['fields that need not be there', 'const { note } = item;\nawait redis.hset(k, loose);\nawait redis.hset(k, { ...(note ? { note } : {}) });'],
    ['what is put right before, beside what nobody knows', "const d = { at: new Date(), ...any };\nd.at = d.at.toISOString();\nawait client.hSet(k, d);"],
    ['what the code says is there', 'await redis.hset(k, { note: item.note! });'],
    ['a spread value that is given another', "const { id, price } = item;\nawait redis.hset(k, { ...{ id, price }, price: JSON.stringify(price) });"],
    ['another hash', "const map = { hset(_k: string, _v: object) {} };\nmap.hset(k, { price: item.price });"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});

it('offers no fix where JSON would say something else: what may be missing, a text among objects', async () => {
  const code = `${clients}export async function f(k: string, a: { x?: { y: 1 } }, b: string | { y: 1 }, c: { z: { y: 1 } }) {\n await redis.hset(k, { a: a.x });\n await redis.hset(k, { b });\n await redis.hset(k, c);\n await redis.hset(k, 'a', a.x as any);\n}`;
  await withProject({ 'a.ts': code }, async (analyzer) => {
    const { findings } = await analyzer.check();
    const own = findings.filter(({ rule }) => rule === 'hset-nested-value');
    expect(own).toHaveLength(4);
    for (const finding of own) expect(analyzer.fixes(finding)).toEqual([]);
  });
});

it('only mentions what a function is seen to leave out on a path that says nothing', async () => {
  const code = "const Redis = require('ioredis');\nconst redis = new Redis();\nfunction scrub(x) {\n if (x) return `a${x}`;\n}\n/** @returns {string | undefined} */\nfunction said(x) {\n return x ? `a${x}` : undefined;\n}\nexports.f = (k, x) => redis.hset(k, 'a', scrub(x));\nexports.g = (k, x) => redis.hset(k, 'a', said(x));\n";
  await withProject({ 'a.js': code, 'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "strict": true } }' }, async (analyzer) => {
    const { findings } = await analyzer.check();
    expect(findings.filter(({ rule }) => rule === 'hset-nested-value').map(({ severity }) => severity)).toEqual(['information', 'error']);
  });
});
