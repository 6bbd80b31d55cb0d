/**
 * Generates src/analyzer/dialects/declarations/*.d.ts from the real client packages, which it installs into .cache/client-packages.
 * `tsx scripts/generate-client-declarations.ts [name…]` writes them; with `--check` it compares the files at hand with the packages,
 * member by member, and ends with 1 where they differ.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './client-declarations/differences.ts';
import { generate } from './client-declarations/generate.ts';
import { declarationFolder } from './client-declarations/install.ts';
import { specs } from './client-declarations/specs.ts';

function main(): void {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const chosen = specs.filter((spec) => names.length === 0 || names.includes(spec.name));
  if (args.includes('--check')) {
    const found = chosen.flatMap(differences);
    for (const line of found) console.error(line);
    if (found.length > 0) process.exit(1);
    return;
  }
  mkdirSync(declarationFolder, { recursive: true });
  for (const spec of chosen) {
    const text = generate(spec);
    writeFileSync(join(declarationFolder, `${spec.name}.d.ts`), text);
    console.log(`${spec.name}.d.ts ${(text.length / 1024).toFixed(1)} KB`);
  }
}

main();
