/** `npx tsx test/packages/update.ts [package…]`: writes findings/*.json anew, keeping the verdicts; then judge the new ones by reading the code. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from './analyse.ts';
import { corpus } from './corpus.ts';
import { fetchPackages, layOut } from './fetch.ts';
import { updateJudged } from './judged.ts';

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const chosen = corpus.filter((each) => names.length === 0 || names.includes(each.name));
  await fetchPackages(chosen);
  const folder = mkdtempSync(join(tmpdir(), 'keyscope-packages-'));
  try {
    for (const each of chosen) {
      const judged = updateJudged(each, await analyse(await layOut(each, folder)));
      const open = judged.findings.filter((line) => line.verdict === '').length;
      console.log(`${each.name}: ${judged.calls} calls, ${judged.findings.length} findings${open > 0 ? `, ${open} to be judged` : ''}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
