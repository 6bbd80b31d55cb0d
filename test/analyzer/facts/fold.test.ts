/** What is known of a key before the program runs. */
import { expect, it } from 'vitest';
import { withProject } from '../../support/analyze.ts';

const head = "import Redis from 'ioredis';\nconst redis = new Redis();\n";

/** The key patterns of a file's calls. */
async function keys(code: string, files: Record<string, string> = {}): Promise<(string | null)[]> {
  const { calls } = await withProject({ ...files, 'a.ts': head + code }, (analyzer) => analyzer.calls());
  return calls.filter(({ command }) => command === 'GET').map(({ keyPattern }) => keyPattern);
}

it.each([
  ['a literal', "const KEYS = { user: 'user:' } as const;"],
  ['a frozen one', "const KEYS = Object.freeze({ user: 'user:' });"],
  ['a frozen one by its name', "const keys = { user: 'user:' };\nconst KEYS = Object.freeze(keys);"],
  ['one that a function hands on', "const same = <T>(value: T): T => value;\nconst KEYS = same({ user: 'user:' });"],
  ['another name of one', "const keys = { user: 'user:' };\nconst KEYS = keys;"],
  ['an enum', "enum KEYS { user = 'user:' }"],
  ['a read-only static', "class KEYS { static readonly user = 'user:'; }"],
  ['a static getter', "class KEYS { static get user() { return 'user:'; } }"],
  ['an enum on one line', "enum KEYS { /* it's */ other = '}', /* // */ user = 'user:' }"],
  ['an enum, spaced', "enum\tKEYS /* of users */\n{\n  user = 'user:',\n}"],
  ['a read-only static, spaced', "class KEYS { static readonly\t/** Of users. */ user = 'user:'; }"],
  ['a static getter, spaced', "class KEYS { static get\n  /* of users */ user () { return 'user:'; } }"],
  ['an instance', "class Keys { readonly user = 'user:'; }\nconst KEYS = new Keys();"],
])('a constant: %s', async (_what, declaration) => {
  expect(await keys(`${declaration}\nexport const load = (id: string) => redis.get(KEYS.user + id);`)).toEqual(['user:*']);
  expect(await keys(`${declaration}\nexport const load = (id: string) => redis.get(KEYS['user'] + id);`)).toEqual(['user:*']);
});

it.each([
  ['a type', 'export interface Keys { readonly user: string }', "import type { Keys } from './keys';\nexport const load = (keys: Keys) => redis.get(keys.user);"],
  ['what may be assigned to', 'export {};', "let keys = { user: 'user:' };\nkeys = { user: 'other:' };\nexport const load = () => redis.get(keys.user);"],
  ['each of many', 'export {};', "export async function load() { for (const key of [{ user: 'a' }, { user: 'b' }]) await redis.get(key.user); }"],
  ['either of two', 'export {};', "const keys = Math.random() > 0.5 ? { user: 'a' } : { user: 'b' };\nexport const load = () => redis.get(keys.user);"],
  ['what a function makes', 'export {};', "const keysOf = (prefix: string) => ({ user: prefix });\nconst keys = keysOf('a');\nexport const load = () => redis.get(keys.user);"],
])('no constant: %s', async (_what, other, code) => {
  expect(await keys(code, { 'keys.ts': other })).toEqual(['*']);
});

it.each([
  ["import { KEYS } from './keys';", "export const KEYS = { user: 'user:' };"],
  ["import * as all from './keys';\nconst KEYS = all.KEYS;", "export const KEYS = { user: 'user:' };"],
  ["import { KEYS } from './keys';", "export enum KEYS {\n  // }\n  other = '}',\n  user = 'user:',\n}"],
  ["import { Keys } from './keys';\nconst KEYS = new Keys();", "export class Keys {\n  protected static readonly x = 1;\n  protected readonly y = 2;\n  readonly user = 'user:';\n}"],
])('of another file: %s %s', async (taken, keysFile) => {
  expect(await keys(`${taken}\nexport const load = (id: string) => redis.get(KEYS.user + id);`, { 'keys.ts': keysFile })).toEqual(['user:*']);
});

it('of a file that git ignores', async () => {
  const files = { '.gitignore': 'generated/\n', 'generated/keys.ts': "export enum KEYS { user = 'user:' }\n" };
  expect(await keys("import { KEYS } from './generated/keys';\nexport const load = (id: string) => redis.get(KEYS.user + id);", files)).toEqual(['user:*']);
});

it('of a module', async () => {
  expect(await keys("import * as all from './keys';\nexport const load = (id: string) => redis.get(all.KEYS.user + id);", { 'keys.ts': "export const KEYS = { user: 'user:' };" })).toEqual(['user:*']);
});

it.each([
  ['a constant', 'names.PREFIX', "export const PREFIX = 'user:';"],
  ['nested', 'names.KEYS.user', "export const KEYS = { user: 'user:' };"],
])('of a namespace: %s', async (_what, name, other) => {
  expect(await keys(`import * as names from './names';\nexport const load = (id: string) => redis.get(${name} + id);`, { 'names.ts': other })).toEqual(['user:*']);
});

/** The key patterns of a file of JavaScript with `PREFIX` and the like of another. */
async function requiredKeys(taken: string, name: string, other: string): Promise<(string | null)[]> {
  const use = `const Redis = require('ioredis');\nconst redis = new Redis();\n${taken}\nexports.load = (id) => redis.get(${name} + id);`;
  const { calls } = await withProject({ 'names.js': other, 'use.js': use }, (analyzer) => analyzer.calls());
  return calls.filter(({ command }) => command === 'GET').map(({ keyPattern }) => keyPattern);
}

it.each([
  ['module.exports = {…}', "module.exports = { PREFIX: 'user:' };"],
  ['exports.x', "exports.PREFIX = 'user:';"],
  ['compiled', "exports.PREFIX = exports.OTHER = void 0;\nexports.PREFIX = 'user:';"],
  ['a variable by its name', "const PREFIX = 'user:';\nmodule.exports = { PREFIX };"],
  ['a frozen one', "module.exports = Object.freeze({ PREFIX: 'user:' });"],
  ['a variable', "const names = { PREFIX: 'user:' };\nmodule.exports = names;"],
])('of a module that is required: %s', async (_what, other) => {
  expect(await requiredKeys("const names = require('./names');", 'names.PREFIX', other)).toEqual(['user:*']);
  expect(await requiredKeys("const { PREFIX } = require('./names');", 'PREFIX', other)).toEqual(['user:*']);
  expect(await requiredKeys("const prefix = require('./names').PREFIX;", 'prefix', other)).toEqual(['user:*']);
});

it('nested in what is required', async () => {
  expect(await requiredKeys("const names = require('./names');", 'names.KEYS.user', "module.exports = { KEYS: { user: 'user:' } };")).toEqual(['user:*']);
});

it.each([
  ['set again later', "exports.PREFIX = 'user:';\nexports.setUp = (options) => { exports.PREFIX = options.prefix; };"],
  ['set again later, of an object', "module.exports = { PREFIX: 'user:' };\nif (process.env.PREFIX) module.exports.PREFIX = process.env.PREFIX;"],
  ['set when somebody asks', "exports.setUp = () => { exports.PREFIX = 'user:'; };"],
  ['what a function makes', "const make = (name) => ({ PREFIX: name });\nmodule.exports = make('user:');"],
  ['either of two', "module.exports = process.env.A ? { PREFIX: 'a:' } : { PREFIX: 'b:' };"],
])('no constant of a module: %s', async (_what, other) => {
  expect(await requiredKeys("const names = require('./names');", 'names.PREFIX', other)).toEqual(['*']);
});

it('no constant of a module that its importer sets', async () => {
  expect(await requiredKeys("const names = require('./names');\nnames.PREFIX = process.env.PREFIX;", 'names.PREFIX', "module.exports = { PREFIX: 'user:' };")).toEqual(['*']);
});
