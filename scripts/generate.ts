/** `npm run generate` writes what is made from the rules and package.json (lib/generated-files.ts); with `--check` it only says what is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './lib/generated-files.ts';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const isCheck = process.argv.includes('--check');
const problems: string[] = [];

for (const { file, text } of generatedFiles(repository)) {
  const full = resolve(repository, file);
  if (text === undefined) {
    problems.push(`${file} lacks a pair of lines like <!-- rules:begin (npm run generate) --> and <!-- rules:end -->, for the table of rules or of settings.`);
  } else if (!existsSync(full) || readFileSync(full, 'utf8') !== text) {
    if (isCheck) problems.push(`${file} is stale: run npm run generate.`);
    else writeFileSync(full, text);
    if (!isCheck) console.log(`wrote ${file}`);
  }
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
