/** What `npm test` runs, in order: cheap and broad first, so that a mistake shows early. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.ts';
import { findRedisServer } from './redis-server.ts';
import { runProcess } from './run-process.ts';
import type { ProcessResult } from './run-process.ts';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const MINUTE = 60_000;

export interface StageResult {
  passed: number;
  failed: number;
  skipped: number;
  /** Shown when something failed. */
  output: string;
}

export interface Stage {
  name: string;
  what: string;
  run(): Promise<StageResult>;
}

export const stages: readonly Stage[] = [
  { name: 'generated', what: 'generated files are up to date', run: () => check(script('scripts/generate.ts', '--check'), 2 * MINUTE) },
  { name: 'lint', what: 'ESLint, with the import rules of the layers', run: () => check(bin('eslint/bin/eslint.js', '.', '--max-warnings', '0'), 5 * MINUTE) },
  { name: 'types', what: 'TypeScript', run: () => check(bin('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'), 5 * MINUTE) },
  { name: 'build', what: 'the bundles in dist/', run: () => check(script('scripts/build.ts'), 3 * MINUTE) },
  { name: 'unit', what: 'unit tests', run: () => vitest('unit', 'unit-mocked') },
  { name: 'redis', what: 'tests against a real Redis', run: () => needing(findRedisServer, () => vitest('redis')) },
  { name: 'fixes', what: 'fixes executed before and after', run: () => needing(findRedisServer, () => vitest('fixes')) },
  { name: 'packages', what: 'published packages', run: () => vitest('packages') },
  { name: 'start', what: 'npm start, to the keys in the window', run: () => needing(tools, () => vitest('start')) },
  { name: 'vscode', what: 'suites inside VS Code', run: () => needing(tools, () => counted(script('scripts/test-vscode.ts'), 8 * MINUTE)) },
  { name: 'ui', what: 'the installed .vsix, driven in Chromium', run: () => needing(tools, () => counted(script('scripts/test-ui.ts'), 8 * MINUTE)) },
];

type Command = readonly string[];

/** A TypeScript script of ours, by the same entry as `npm start`. */
function script(file: string, ...args: string[]): Command {
  return [join(root, 'scripts/bootstrap.mjs'), file, ...args];
}

/** The entry file of an installed package: no shell and no `npx` between us and it. */
function bin(file: string, ...args: string[]): Command {
  return [join(root, 'node_modules', file), ...args];
}

async function tools(): Promise<void> {
  await findRedisServer();
  findChromium();
}

/** What a stage needs is found, or installed, before its clock runs; where it cannot be, that is the failure. */
async function needing(prepare: () => Promise<unknown>, run: () => Promise<StageResult>): Promise<StageResult> {
  try {
    await prepare();
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
  return run();
}

function execute(command: Command, limitMs: number, env: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
  return runProcess(process.execPath, command, { cwd: root, env: { ...process.env, ...env }, limitMs });
}

function failure(output: string, counts: Partial<StageResult> = {}): StageResult {
  return { passed: counts.passed ?? 0, failed: Math.max(counts.failed ?? 0, 1), skipped: counts.skipped ?? 0, output };
}

function endOf(result: ProcessResult, limitMs: number): string {
  if (result.timedOut) return `${result.output}\nStopped at the time limit of ${limitMs / MINUTE} minutes.`;
  return `${result.output}\nExit code ${result.code ?? 'none'}.`;
}

/** A stage that is one yes or no: its exit code. */
async function check(command: Command, limitMs: number): Promise<StageResult> {
  const result = await execute(command, limitMs);
  return result.code === 0 ? { passed: 1, failed: 0, skipped: 0, output: '' } : failure(endOf(result, limitMs));
}

/** A stage that ends its output with `N passed, N failed`, as `npm test` itself does. */
async function counted(command: Command, limitMs: number): Promise<StageResult> {
  const result = await execute(command, limitMs);
  const last = [...result.stdout.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const counts = { passed: Number(last?.[1] ?? 0), failed: Number(last?.[2] ?? 0), skipped: 0 };
  if (result.code === 0 && counts.failed === 0 && counts.passed > 0) return { ...counts, output: '' };
  const none = last === undefined ? '\nIt did not say how many tests ran.' : counts.passed + counts.failed === 0 ? '\nNo test ran.' : '';
  return failure(endOf(result, limitMs) + none, counts);
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** Projects of vitest.config.mts, counted from its JSON report; a file that fails to load counts as one failure. */
async function vitest(...projects: string[]): Promise<StageResult> {
  const limitMs = 25 * MINUTE;
  const report = join(root, 'artefacts', `vitest-${projects[0]}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const command = bin('vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  const result = await execute(command, limitMs, { NO_COLOR: '1' });
  if (!existsSync(report)) return failure(`${endOf(result, limitMs)}\nNo report was written.`);
  const said = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  const counts = { passed: said.numPassedTests, failed: said.numFailedTests, skipped: said.numPendingTests + said.numTodoTests };
  if (result.code === 0 && counts.failed === 0 && counts.passed > 0) return { ...counts, output: '' };
  return failure(endOf(result, limitMs) + (counts.passed === 0 ? '\nNo test passed.' : ''), counts);
}
