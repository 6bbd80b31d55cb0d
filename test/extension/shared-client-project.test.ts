import { describe, expect, it } from 'vitest';
import { clientsOf, styleOf } from '../../src/extension/shared-client/project.ts';
import type { ReadFile } from '../../src/extension/shared-client/project.ts';

const project =
  (files: Record<string, unknown>): ReadFile =>
  (path) =>
    Promise.resolve(path in files ? (typeof files[path] === 'string' ? files[path] : JSON.stringify(files[path])) : undefined);

describe('clientsOf', () => {
  it.each([
    ['a range', { 'package.json': { dependencies: { ioredis: '^5.4.0' } } }, [{ library: 'ioredis', major: 5 }]],
    ['what is installed before a range', { 'package.json': { dependencies: { redis: '*' } }, 'node_modules/redis/package.json': { version: '4.7.1' } }, [{ library: 'redis', major: 4 }]],
    ['@redis/client 1 as 4', { 'package.json': { dependencies: { '@redis/client': '^1.6.0' } } }, [{ library: '@redis/client', major: 4 }]],
    ['iovalkey', { 'package.json': { dependencies: { iovalkey: '^0.3.1' } } }, [{ library: 'iovalkey', major: 0 }]],
    ['redis alone of redis and @redis/client', { 'package.json': { dependencies: { redis: '5', '@redis/client': '5' } } }, [{ library: 'redis', major: 5 }]],
    ['an unknown major', { 'package.json': { dependencies: { ioredis: 'latest' } } }, [{ library: 'ioredis', major: undefined }]],
    ['both libraries', { 'package.json': { devDependencies: { redis: '6' }, dependencies: { ioredis: '6' } } }, [{ library: 'ioredis', major: 6 }, { library: 'redis', major: 6 }]],
    ['none', { 'package.json': { dependencies: { express: '5' } } }, []],
    ['a broken package.json', { 'package.json': '{' }, []],
    ['no package.json', {}, []],
  ])('finds %s', async (_, files, expected) => expect(await clientsOf(project(files))).toEqual(expected));
});

describe('styleOf', () => {
  it.each([
    ['tsconfig.json', { 'tsconfig.json': '{}', 'package.json': { type: 'module' } }, { language: 'ts', module: 'esm' }],
    ['TypeScript as a dependency', { 'package.json': { devDependencies: { typescript: '6' } } }, { language: 'ts', module: 'cjs' }],
    ['ES modules', { 'package.json': { type: 'module' } }, { language: 'js', module: 'esm' }],
    ['nothing', {}, { language: 'js', module: 'cjs' }],
  ])('goes by %s', async (_, files, expected) => expect(await styleOf(project(files))).toEqual(expected));
});
