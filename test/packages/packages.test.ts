/** Real input: what other people have published. Nothing crashes, and every finding has been read and judged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';
import { isDoubted, placeOf, readJudged } from './judged.ts';

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

  it('has verdicts of two readers and their reasons for each of them, and says what came of a doubt', () => {
    for (const line of readJudged(each).findings) {
      for (const { verdict, why } of [line, line.second]) {
        expect(['right', 'wrong'], placeOf(line)).toContain(verdict);
        expect(why.length, placeOf(line)).toBeGreaterThan(15);
      }
      if (isDoubted(line)) expect(line.settled?.length ?? 0, `${placeOf(line)}: what came of the doubt`).toBeGreaterThan(15);
    }
  });
});

it('says what both readers agree with in 95 of 100 findings', () => {
  const lines = corpus.flatMap((each) => readJudged(each).findings);
  expect(lines.length).toBeGreaterThan(30);
  expect(lines.filter(isDoubted).length / lines.length).toBeLessThanOrEqual(0.05);
});
