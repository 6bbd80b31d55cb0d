/** `npm run bench -- <name> [arguments]` runs bench/<name>.ts. */
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

interface Bench {
  run(args: readonly string[]): Promise<void>;
}

async function main([name, ...args]: readonly string[]): Promise<void> {
  const known = readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z]+\.ts$/.test(file) && file !== 'run.ts')
    .map((file) => file.slice(0, -'.ts'.length));
  if (name === undefined || !known.includes(name)) {
    process.stderr.write(`${name === undefined ? 'Which one?' : `There is no benchmark “${name}”.`} npm run bench -- ${known.join(' | ')}\n`);
    process.exitCode = 2;
    return;
  }
  const bench = (await import(pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href)) as Bench;
  await bench.run(args);
}

void main(process.argv.slice(2));
