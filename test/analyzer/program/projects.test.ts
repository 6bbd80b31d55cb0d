/** Shapes of real projects: aliases, references, several tsconfigs, workspaces, module systems. The client is always in another file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../../src/analyzer/create-analyzer.ts';

let root: string;
afterEach(() => rmSync(root, { recursive: true, force: true }));

const client = "import Redis from 'ioredis';\nexport const redis = new Redis();\n";
const manifest = (more: object = {}): string => JSON.stringify({ dependencies: { ioredis: '^5' }, ...more });

/** The KEYS calls found, as `file:dialect major`. */
async function keysIn(files: Record<string, string>): Promise<string[]> {
  root = mkdtempSync(path.join(tmpdir(), 'keyscope-project-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
  const { calls } = await analyzer.calls();
  return calls.filter((call) => call.command === 'KEYS').map((call) => `${path.relative(root, call.file)}:${call.dialect} ${call.major}`);
}

describe('where imports lead', () => {
  it.each<[string, Record<string, string>]>([
    ['tsconfig paths', { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@db/*": ["./src/db/*"] } } }', 'src/db/client.ts': client, 'src/a.ts': "import { redis } from '@db/client'; redis.keys('*');" }],
    ['baseUrl', { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }', 'src/db/client.ts': client, 'src/a.ts': "import { redis } from 'db/client'; redis.keys('*');" }],
    ['an extended tsconfig with comments', { 'base.json': '{ /* shared */ "compilerOptions": { "paths": { "~/*": ["./src/*"] } }, }', 'tsconfig.json': '{ "extends": "./base" }', 'src/client.ts': client, 'src/a.ts': "import { redis } from '~/client'; redis.keys('*');" }],
    ['a solution file whose project has the paths', { 'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }', 'tsconfig.app.json': '{ "compilerOptions": { "composite": true, "paths": { "#/*": ["./src/*"] } } }', 'src/client.ts': client, 'src/a.ts': "import { redis } from '#/client'; redis.keys('*');" }],
    ['a jsconfig', { 'jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }', 'src/client.js': client, 'src/a.js': "import { redis } from '@/client'; redis.keys('*');" }],
    ['package.json imports', { 'package.json': manifest({ imports: { '#client': './src/client.js' } }), 'src/client.ts': client, 'src/a.ts': "import { redis } from '#client'; redis.keys('*');" }],
    ['.js for .ts', { 'src/client.ts': client, 'src/a.ts': "import { redis } from './client.js'; redis.keys('*');" }],
    ['.mjs for .mts', { 'src/client.mts': client, 'src/a.mts': "import { redis } from './client.mjs'; redis.keys('*');" }],
    ['a folder with an index', { 'src/client/index.ts': client, 'src/a.ts': "import { redis } from './client'; redis.keys('*');" }],
    ['a re-export', { 'src/client.ts': client, 'src/db.ts': "export * from './client';", 'src/a.ts': "import { redis } from './db'; redis.keys('*');" }],
    ['CommonJS', { 'src/client.cjs': "const Redis = require('ioredis');\nmodule.exports = { redis: new Redis() };", 'src/a.cjs': "const { redis } = require('./client.cjs'); redis.keys('*');" }],
    ['exports assigned one by one', { 'src/client.js': "const { Redis } = require('ioredis');\nexports.redis = new Redis();", 'src/a.js': "const { redis } = require('./client'); redis.keys('*');" }],
    ['import = require', { 'src/a.cts': "import Redis = require('ioredis'); new Redis().keys('*');" }],
    ['a namespace import used as the class', { 'src/a.ts': "import * as Redis from 'ioredis'; new Redis().keys('*');" }],
    ['JSX', { 'src/client.ts': client, 'src/a.tsx': "import { redis } from './client'; export const Page = async () => <p>{await redis.keys('*')}</p>;" }],
    ['JSX in JavaScript', { 'src/client.js': client, 'src/a.jsx': "import { redis } from './client'; export const Page = async () => <p>{await redis.keys('*')}</p>;" }],
    ['a dynamic import', { 'src/client.ts': client, 'src/a.ts': "export async function f() { const { redis } = await import('./client'); return redis.keys('*'); }" }],
    ['an import cycle', { 'src/client.ts': `import './a';\n${client}`, 'src/a.ts': "import { redis } from './client'; redis.keys('*');" }],
  ])('follows %s', async (_, files) => {
    expect((await keysIn({ 'package.json': manifest(), ...files })).map((one) => one.replace(/^src\/a\.\w+:/, ''))).toEqual(['ioredis 5']);
  });

  it('gives each package of a workspace its own tsconfig and its own client', async () => {
    const found = await keysIn({
      'package.json': JSON.stringify({ workspaces: ['packages/*'] }),
      'packages/db/package.json': JSON.stringify({ name: '@app/db', main: './dist/index.js', dependencies: { redis: '^4' } }),
      'packages/db/src/index.ts': "import { createClient } from 'redis';\nexport const redis = createClient();\nexport * from './more';\n",
      'packages/db/src/more.ts': 'export const more = 1;\n',
      'packages/api/package.json': JSON.stringify({ name: '@app/api', dependencies: { '@app/db': 'workspace:*', ioredis: '^6' } }),
      'packages/api/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      'packages/api/src/own.ts': client,
      'packages/api/src/a.ts': "import { redis } from '@app/db'; import { redis as own } from '@/own'; redis.keys('a:*'); own.keys('b:*');",
    });
    expect(found).toEqual(['packages/api/src/a.ts:node-redis 4', 'packages/api/src/a.ts:ioredis 6']);
  });

  it('takes the installed version where the range admits several', async () => {
    expect(
      await keysIn({ 'package.json': JSON.stringify({ dependencies: { redis: '>=4' } }), 'node_modules/redis/package.json': '{ "version": "5.1.0" }', 'a.ts': "import { createClient } from 'redis'; createClient().keys('*');" }),
    ).toEqual(['a.ts:node-redis 5']);
  });

  it('knows a client behind an npm alias', async () => {
    expect(await keysIn({ 'package.json': JSON.stringify({ dependencies: { 'redis-old': 'npm:redis@^3' } }), 'a.js': "const redis = require('redis-old'); redis.createClient().keys('*', () => {});" })).toEqual(['a.js:node-redis 3']);
  });

  it('needs neither tsconfig nor package.json', async () => {
    expect(await keysIn({ 'a.mjs': "import { Redis } from 'ioredis'; new Redis().keys('*');" })).toEqual(['a.mjs:ioredis 6']);
  });
});

describe('as files change', () => {
  it('sees unsaved text, new files and changed types of other files', async () => {
    await keysIn({ 'package.json': manifest(), 'client.ts': client, 'a.ts': "import { redis } from './client'; export const f = () => redis.get('x');" });
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
    const a = path.join(root, 'a.ts');
    expect(analyzer.checkFile(a)).toEqual([]);
    analyzer.setText(a, "import { redis } from './client'; export const f = () => redis.keys('*');");
    expect(analyzer.checkFile(a).map((one) => one.rule)).toEqual(['no-keys']);
    analyzer.setText(path.join(root, 'client.ts'), 'export const redis = new Map<string, string>();');
    expect(analyzer.checkFile(a)).toEqual([]);
    analyzer.setText(path.join(root, 'client.ts'), undefined);
    expect(analyzer.checkFile(a).map((one) => one.rule)).toEqual(['no-keys']);
    const b = path.join(root, 'b.ts');
    analyzer.setText(b, "import { f } from './a'; import { redis } from './client'; await redis.keys('b'); f();");
    expect(analyzer.checkFile(b).map((one) => one.rule)).toEqual(['no-keys']);
    writeFileSync(path.join(root, 'c.ts'), "import { redis } from './client'; await redis.keys('c');");
    analyzer.filesChanged([path.join(root, 'c.ts')]);
    expect((await analyzer.check()).findings.filter(({ rule }) => rule === 'no-keys').map((one) => path.basename(one.file))).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  it('stops when cancelled', async () => {
    await keysIn({ 'package.json': manifest(), 'a.ts': client });
    const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) });
    await expect(analyzer.check({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
