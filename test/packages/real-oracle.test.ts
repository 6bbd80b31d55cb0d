/** What the analyzer sees through its own small declarations, and in the files it looks at, is what the compiler sees in all files through the real ones. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree } from '../../bench/analyzer/generate-tree.ts';
import { differences } from '../support/real-differences.ts';
import { unlistedInVain } from '../support/real-methods.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';
import { knownInProjects } from './real-exceptions.ts';

/** Handed their client untyped: the types say nothing, and all that is found there is found by assignments. */
const withoutTypes = new Set(['aedes-persistence-redis', 'cache-manager-ioredis-yet', 'rate-limiter-flexible', '@socket.io/redis-adapter']);

const repository = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'keyscope-real-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exactly the differences that are known, none of which may have gone. */
async function expectSame(name: string, root: string): Promise<number> {
  const { lines, calls } = await differences(root);
  expect(lines).toEqual((knownInProjects[name] ?? []).flatMap(({ lines: known }) => known).sort());
  return calls;
}

describe('published packages', () => {
  beforeAll(() => fetchPackages(corpus), 300_000);

  it.each(corpus.map((each) => [each.name, each] as const))('%s', async (name, each) => {
    const calls = await expectSame(name, await layOut(each, folder));
    expect(calls === 0).toBe(withoutTypes.has(name));
  });
});

it('examples/shop', async () => {
  expect(await expectSame('examples/shop', join(repository, 'examples/shop'))).toBeGreaterThan(150);
});

it('labelled projects', async () => {
  expect(await expectSame('test/cases', join(repository, 'test/cases'))).toBeGreaterThan(2000);
});

it('a generated tree of 300 files', async () => {
  const root = join(folder, 'tree');
  generateTree(root, 300);
  expect(await expectSame('tree', root)).toBeGreaterThan(100);
});

it('knows of no difference in a project that is not there', () => {
  const names = new Set([...corpus.map(({ name }) => name), 'examples/shop', 'test/cases', 'tree']);
  expect(Object.keys(knownInProjects).filter((name) => !names.has(name))).toEqual([]);
});

it('leaves out no member of ioredis in vain', () => {
  expect(unlistedInVain('ioredis')).toEqual([]);
});
