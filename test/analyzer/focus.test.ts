/** What a check may look at: the counts that make it quick, which no machine's mood changes. Timings are the benchmark's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateTree } from '../../bench/analyzer/generate-tree.ts';
import { diskSource } from '../../src/analyzer/program/disk-source.ts';
import { createAnalyzer } from '../../src/analyzer/create-analyzer.ts';

const root = mkdtempSync(join(tmpdir(), 'keyscope-focus-'));
beforeAll(() => {
  generateTree(root, 500);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('reads each file once, asks about receivers in few and parses few more', async () => {
  const reads = new Map<string, number>();
  const source = {
    read(file: string): string | undefined {
      reads.set(file, (reads.get(file) ?? 0) + 1);
      return diskSource.read(file);
    },
  };
  const analyzer = createAnalyzer({ root, configFor: () => ({ rules: {}, include: [], exclude: [] }) }, source);
  const { stats } = await analyzer.check();
  expect(stats.files).toBe(506);
  expect(Math.max(...reads.values())).toBe(1);
  // 10 of 506 files send commands; 2 services, their handlers and tests a domain run them.
  expect(stats.candidates).toBeLessThanOrEqual(75);
  expect(stats.programFiles).toBeLessThanOrEqual(200);
});
