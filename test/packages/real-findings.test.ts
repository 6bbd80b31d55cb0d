/** What the analyzer finds and knows by its own small declarations, it finds and knows by the libraries' own in an ordinary program of all files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree } from '../../bench/analyzer/generate-tree.ts';
import { findingDifferences } from '../support/real-findings.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';
import { knownInFacts, knownInFindings } from './real-finding-exceptions.ts';

const repository = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'keyscope-real-findings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Exactly the differences that are known, none of which may have gone. @returns how many findings there are */
async function expectSame(name: string, root: string): Promise<number> {
  const { findings, facts, found } = await findingDifferences(root);
  const known = (all: typeof knownInFacts): string[] => (all[name] ?? []).flatMap(({ lines }) => lines).sort();
  expect({ findings, facts }).toEqual({ findings: known(knownInFindings), facts: known(knownInFacts) });
  return found;
}

describe('published packages', () => {
  beforeAll(() => fetchPackages(corpus), 300_000);

  it.each(corpus.map((each) => [each.name, each] as const))('%s', async (name, each) => {
    await expectSame(name, await layOut(each, folder));
  });
});

it('examples/shop', async () => {
  expect(await expectSame('examples/shop', join(repository, 'examples/shop'))).toBeGreaterThan(30);
});

it('labelled projects', async () => {
  expect(await expectSame('test/cases', join(repository, 'test/cases'))).toBeGreaterThan(150);
});

it('a generated tree of 300 files', async () => {
  const root = join(folder, 'tree');
  generateTree(root, 300);
  expect(await expectSame('tree', root)).toBeGreaterThan(30);
});

it('knows of no difference in a project that is not there', () => {
  const names = new Set([...corpus.map(({ name }) => name), 'examples/shop', 'test/cases', 'tree']);
  expect([...Object.keys(knownInFindings), ...Object.keys(knownInFacts)].filter((name) => !names.has(name))).toEqual([]);
});
