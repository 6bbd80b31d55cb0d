/**
 * `npm run fuzz [-- <inputs> [seed]]`: mutated real files through the analyzer, 20,000 by default: the labelled cases and the packages of
 * the corpus. For the night; prints what fails with its input, and exits with 1.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { caseRoots, fuzz } from '../test/fuzz/fuzz.ts';
import { corpus } from '../test/packages/corpus.ts';
import { fetchPackages, layOut } from '../test/packages/fetch.ts';

const inputs = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const folder = mkdtempSync(join(tmpdir(), 'keyscope-fuzz-'));

async function main(): Promise<void> {
  if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) throw new Error('Usage: npm run fuzz -- <inputs> [seed], both whole numbers.');
  const cases = caseRoots(resolve('test/cases'));
  await fetchPackages(corpus);
  const packages: string[] = [];
  for (const each of corpus) packages.push((await layOut(each, folder)).replaceAll('\\', '/'));
  // The cases are small and many, the packages few and large: as often the one as the other.
  const roots = [...cases, ...Array.from({ length: Math.ceil(cases.length / packages.length) }, () => packages).flat()];
  const started = Date.now();
  let told = 0;
  const outcome = await fuzz({ roots, inputs, seed, onProgress: (done) => {
    if (done - told < 1000) return;
    told = done;
    console.log(`${done} inputs, ${Math.round((Date.now() - started) / 1000)} s`);
  } });
  for (const [index, { what, file, text }] of outcome.failures.entries()) {
    const kept = join(tmpdir(), `keyscope-fuzz-${seed}-${index}.txt`);
    writeFileSync(kept, text);
    console.error(`\n${what}\n  mutated from ${file}\n  input: ${kept}`);
  }
  console.log(`${outcome.inputs} inputs with seed ${seed}: ${outcome.parsed} parse, ${outcome.findings} findings, ${outcome.fixes} fixes, the slowest file ${Math.round(outcome.slowestMs)} ms, ${outcome.failures.length} failures`);
  if (outcome.failures.length > 0) process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }));
