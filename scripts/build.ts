/** `npm run build`: src/ → dist/ (scripts/lib/bundle.ts), with the size of each file; and the licences of what is inside. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleAll, repository } from './lib/bundle.ts';
import { thirdPartyNotices } from './lib/third-party-notices.ts';

async function main(): Promise<void> {
  const { sizes, missing, metafiles } = await bundleAll();
  writeFileSync(join(repository, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(metafiles, repository));
  for (const entry of missing) console.log(`skipped: ${entry} does not exist`);
  for (const [name, bytes] of sizes) console.log(`dist/${name}  ${(bytes / 1024).toFixed(0)} KB`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
