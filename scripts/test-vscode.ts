/** `npm run test:vscode`: the suites of test/vscode inside a real VS Code. Ends with `N passed, N failed`. Names of suites as arguments run those alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAll } from './lib/bundle.ts';
import { runSuite } from './lib/vscode-suite.ts';
import { layOutWorkspace, suites } from './lib/vscode-suites.ts';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  await bundleAll();
  const scratch = mkdtempSync(join(tmpdir(), 'keyscope-suites-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const suite of suites) {
      if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
      console.log(`\n${suite.name}: ${suite.what}`);
      const workspace = layOutWorkspace(suite, scratch);
      const counts = await runSuite({ suite: suite.name, workspace, settings: suite.settings, limitMs: suite.limitMs }).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        return { passed: 0, failed: 1 };
      });
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
