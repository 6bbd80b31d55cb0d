/** On published packages, too, the focused program finds what a program of all their files finds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { told } from '../support/told.ts';
import { wholeProgram } from '../support/whole-program.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyscope-oracle-'));
beforeAll(() => fetchPackages(corpus), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('focused as whole', () => {
  it.each(corpus.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const root = await layOut(each, folder);
    expect(await told(root)).toEqual(await told(root, wholeProgram));
  }, 120_000);
});
