/** Runs suites of test/vscode inside a real VS Code (the server build in a headless Chromium) and counts what they say. */
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { repository } from './bundle.ts';
import { findChromium } from './chromium.ts';
import { quietSettings, startVSCodeServer } from './vscode-server.ts';
import type { SuiteResult } from '../../test/vscode/index.ts';

export interface SuiteCounts {
  passed: number;
  failed: number;
}

export interface SuiteOptions {
  /** A folder of test/vscode with `*.test.ts` files. */
  suite: string;
  /** The folder, or .code-workspace, that the window opens. */
  workspace: string;
  settings?: Readonly<Record<string, unknown>>;
  env?: Readonly<Record<string, string>>;
  /** Default four minutes. */
  limitMs?: number;
}

export const chromiumArgs = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Compiles the suites of one folder. Returns the file with `run()` for `extensionTestsPath`, and where `run()` writes its result. */
export async function compileSuite(suite: string): Promise<{ entry: string; result: string }> {
  const from = join(repository, 'test/vscode');
  const to = join(repository, '.cache/vscode-suite', suite);
  rmSync(to, { recursive: true, force: true });
  const tests = readdirSync(join(from, suite)).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: [join(from, 'index.ts'), ...tests.map((name) => join(from, suite, name))],
    outdir: to,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: 'var importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
    sourcemap: 'inline',
    logLevel: 'error',
  });
  return { entry: join(to, 'index.js'), result: join(to, 'result.json') };
}

/**
 * The exit code alone gives false passes: a suite passes when it ended by itself with code 0, and wrote a result with no failure and at least one test.
 * @throws Error when VS Code does not start or the suite does not end in time.
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteCounts> {
  const { entry, result } = await compileSuite(options.suite);
  mkdirSync(join(repository, 'artefacts'), { recursive: true });
  const server = await startVSCodeServer({ settings: { ...quietSettings, ...options.settings }, env: { ...options.env, KEYSCOPE_TEST_RESULT: result }, smokeTestDriver: true });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs });
  try {
    const log: string[] = [];
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => void log.push(`${type}: ${format(...args)}`));
    const ended = new Promise<number>((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.goto(server.urlOf({ folder: options.workspace, extensionDevelopmentPath: repository, extensionTestsPath: entry }));
    const limitMs = options.limitMs ?? 240_000;
    const code = await Promise.race([ended, setTimeout(limitMs, undefined, { ref: false })]);
    if (code === undefined) {
      await page.screenshot({ path: join(repository, 'artefacts', `vscode-${options.suite}-timeout.png`) });
      throw new Error(`The suite ${options.suite} did not end in ${limitMs / 1000} s (artefacts/vscode-${options.suite}-timeout.png).\n${log.slice(-30).join('\n')}\n${server.log()}`);
    }
    return countsOf(options.suite, code, result);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** What `run()` of test/vscode/index.ts wrote, judged. */
export function countsOf(suite: string, code: number, result: string): SuiteCounts {
  if (!existsSync(result)) {
    console.error(`The suite ${suite} ended with code ${code} and wrote no result.`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed, report } = JSON.parse(readFileSync(result, 'utf8')) as SuiteResult;
  console.log(report);
  if (failed > 0) return { passed, failed };
  if (passed > 0 && code === 0) return { passed, failed };
  console.error(passed === 0 ? `No test of ${suite} ran.` : `The suite ${suite} ended with code ${code}.`);
  return { passed, failed: 1 };
}
