/**
 * Writes src/client-template/rendered.ts: the text of the two templates, and the JavaScript made from them by taking the types out,
 * comments and layout kept as they are. `--check` ends with 1 where the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderAll } from './client-template/render-all.ts';

const target = join(resolve(__dirname, '..'), 'src/client-template/rendered.ts');
const text = renderAll();

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('src/client-template/rendered.ts is stale: run tsx scripts/generate-client-template.ts');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
