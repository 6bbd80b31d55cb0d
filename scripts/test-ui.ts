/** `npm run test:ui`: the packed extension, installed into a real VS Code and driven in Chromium. Ends with `N passed, N failed`; pictures are kept in artefacts/ui. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { repository } from './lib/bundle.ts';
import { runProcess } from './lib/run-process.ts';

const PACKAGE_LIMIT_MS = 180_000;

async function main(): Promise<void> {
  process.env['KEYSCOPE_VSIX'] = await packed();
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, reporter: 'spec', color: false, grep: process.argv[2] });
  const folder = join(repository, 'test/ui');
  for (const name of readdirSync(folder)) if (name.endsWith('.test.ts')) mocha.addFile(join(folder, name));
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run((failures) => {
      console.log(`${runner.stats?.passes ?? 0} passed, ${failures} failed`);
      resolve(runner.stats?.passes ? failures : 1);
    });
  });
  process.exit(failed > 0 ? 1 : 0);
}

/** KEYSCOPE_VSIX names one that is packed already; else it is packed now. */
async function packed(): Promise<string> {
  const given = process.env['KEYSCOPE_VSIX'];
  if (given !== undefined && existsSync(given)) return given;
  const result = await runProcess(process.execPath, [join(repository, 'scripts/bootstrap.mjs'), 'scripts/package.ts'], { cwd: repository, limitMs: PACKAGE_LIMIT_MS });
  if (result.code !== 0) throw new Error(`npm run package failed:\n${result.output.trim()}`);
  const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { name: string; version: string };
  return join(repository, `${name}-${version}.vsix`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
