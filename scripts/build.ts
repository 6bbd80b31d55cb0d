/** `npm run build`: src/ → dist/ (scripts/lib/bundle.ts), with the size of each file. */
import { bundleAll } from './lib/bundle.ts';

async function main(): Promise<void> {
  const { sizes, missing } = await bundleAll();
  for (const entry of missing) console.log(`skipped: ${entry} does not exist`);
  for (const [name, bytes] of sizes) console.log(`dist/${name}  ${(bytes / 1024).toFixed(0)} KB`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
