/** Of the cache, what only processes of their own show. */
import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cliArguments, repository } from './built-cli.ts';
import { service, TestProject } from './project.ts';

vi.setConfig({ testTimeout: 120_000 });

const command = cliArguments();
const whenLoaded = path.join(import.meta.dirname, 'when-loaded.cjs');

let project: TestProject;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keyscope-cache-'));
  project = new TestProject(service);
});
afterEach(() => {
  project.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns what was found, and whether the compiler was loaded */
function check(...args: string[]): Promise<{ findings: unknown[]; err: string }> {
  const given = ['--require', whenLoaded, ...command, 'check', '--format', 'json', '--cwd', project.root, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, given, { cwd: repository, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], KEYSCOPE_CACHE: folder } }, (_, out, err) => {
      resolve({ findings: (JSON.parse(out) as { findings: unknown[] }).findings, err });
    });
  });
}

it('a second run loads no compiler, nor does one with an unrelated change', async () => {
  project.write({ 'src/unrelated.ts': 'export const one = 1;\n' });
  const first = await check();
  const second = await check();
  appendFileSync(path.join(project.root, 'src/unrelated.ts'), 'export const two = 2;\n');
  const third = await check();
  expect([first.err, second.err, third.err]).toEqual(['with the compiler', 'without the compiler', 'without the compiler']);
  expect([second.findings, third.findings]).toEqual([first.findings, first.findings]);
  expect(first.findings.length).toBeGreaterThan(0);
});

it('processes that run at once all say the same, and leave one cache that is sound', async () => {
  const { findings } = await check('--no-cache');
  for (let round = 0; round < 2; round++) {
    const all = await Promise.all([1, 2, 3, 4].map(() => check()));
    expect(all.map((one) => one.findings)).toEqual(all.map(() => findings));
    appendFileSync(path.join(project.root, 'src/visits.ts'), '// changed\n');
  }
  await check();
  expect(await check()).toEqual({ findings, err: 'without the compiler' });
  expect(readdirSync(folder).filter((name) => name.startsWith('analysis-'))).toHaveLength(1);
});
