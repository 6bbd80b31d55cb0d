/** The focused program finds what a program of all files finds: the same calls, the same findings with the same fixes, both ways. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateTree } from '../../bench/analyzer/generate-tree.ts';
import { expectSameFocused, told } from '../support/told.ts';

const repository = resolve(import.meta.dirname, '../..');

describe('labelled projects', () => {
  const cases = join(repository, 'test/cases');
  const rules = readdirSync(cases, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  it.each(rules)('%s', async (rule) => {
    expect(await told(join(cases, rule), false)).toEqual(await told(join(cases, rule), true));
  }, 60_000);
});

it('examples/shop', () => expectSameFocused(join(repository, 'examples/shop')), 60_000);

describe('a generated tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyscope-tree-'));
  beforeAll(() => generateTree(root, 300));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('of 300 files', () => expectSameFocused(root), 120_000);
});
