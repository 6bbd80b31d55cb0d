/** Real input: what other people have published. Nothing crashes, and every finding has been read and judged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';
import { placeOf, readJudged } from './judged.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyscope-packages-'));
  await fetchPackages(corpus);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(corpus)('$name@$version', (each) => {
  it('has exactly the judged findings', async () => {
    const judged = readJudged(each);
    const { findings, calls, files } = await analyse(await layOut(each, folder));
    expect(files).toBeGreaterThan(0);
    // Run `npx tsx test/packages/update.ts` when the analyzer has learnt something, and judge what is new.
    expect(findings.map(placeOf)).toEqual(judged.findings.map(placeOf));
    expect(calls.length).toBe(judged.calls);
  });

  it('has a verdict and a reason for each of them', () => {
    for (const line of readJudged(each).findings) {
      expect(['right', 'wrong'], placeOf(line)).toContain(line.verdict);
      expect(line.why.length, placeOf(line)).toBeGreaterThan(15);
    }
  });
});
