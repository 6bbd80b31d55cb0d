/**
 * Entry of the suites inside VS Code, for @vscode/test-electron and the VS Code server alike: runs the test files beside it.
 * The report goes into a file: what is written to the console here comes out amid the workbench's own noise.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { notes } from './support/note.ts';

export interface SuiteResult {
  passed: number;
  failed: number;
  report: string;
}

export async function run(): Promise<void> {
  const lines: string[] = [];
  const write = (...values: unknown[]): void => void lines.push(format(...values));
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = write;
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, color: false, reporter: 'spec' });
  for (const name of readdirSync(__dirname)) if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  const counts = await new Promise<{ passed: number; failed: number }>((resolve, reject) => {
    try {
      const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const result: SuiteResult = { ...counts, report: [...lines, ...notes()].join('\n') };
  writeFileSync(process.env['KEYSCOPE_TEST_RESULT'] ?? join(__dirname, 'result.json'), JSON.stringify(result));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}
