/** The focused program finds what a program of all files finds: the same calls, the same findings with the same fixes, both ways. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { generateTree } from '../../bench/analyzer/generate-tree.ts';
import { expectSameFocused } from '../support/told.ts';

const repository = resolve(import.meta.dirname, '../..');

it('labelled projects', () => expectSameFocused(join(repository, 'test/cases')), 120_000);

it('examples/shop', () => expectSameFocused(join(repository, 'examples/shop')), 60_000);

describe('a generated tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'keyscope-tree-'));
  beforeAll(() => generateTree(root, 300));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('of 300 files', () => expectSameFocused(root), 120_000);
});
