/** `npm run test:desktop`: the same suites as `npm run test:vscode`, in the desktop VS Code that @vscode/test-electron downloads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { bundleAll, repository } from './lib/bundle.ts';
import { compileSuite, countsOf } from './lib/vscode-suite.ts';
import { layOutWorkspace, suites } from './lib/vscode-suites.ts';

async function main(): Promise<void> {
  const vscodeExecutablePath = await download();
  await bundleAll();
  const scratch = mkdtempSync(join(tmpdir(), 'keyscope-desktop-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const suite of suites) {
      console.log(`\n${suite.name}: ${suite.what}`);
      const { entry, result } = await compileSuite(suite.name);
      const launchArgs = [layOutWorkspace(suite, scratch), '--disable-workspace-trust', '--user-data-dir', join(scratch, `${suite.name}-user`)];
      const code = await runTests({ vscodeExecutablePath, extensionDevelopmentPath: repository, extensionTestsPath: entry, launchArgs, extensionTestsEnv: { KEYSCOPE_TEST_RESULT: result } }).catch(() => 1);
      const counts = countsOf(suite.name, code, result);
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(repository, '.vscode-test') });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`VS Code for the desktop cannot be downloaded here (${reason}). Nothing was tested. \`npm run test:vscode\` runs the same suites without that download.`, { cause: error });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
