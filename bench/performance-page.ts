/** docs/performance.md: what a benchmark printed last stands in it between two comments, with when and on what it was made. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';

const page = resolve(import.meta.dirname, '../docs/performance.md');

/** The command line's `--write`, and what else there is. */
export function readArguments(args: readonly string[]): { write: boolean; rest: string[] } {
  return { write: args.includes('--write'), rest: args.filter((arg) => arg !== '--write') };
}

/**
 * Prints the lines and, if asked to, puts them into the page.
 * @param name of the benchmark, and of its block
 */
export function report(name: string, lines: readonly string[], write: boolean): void {
  const all = [madeOn(), '', ...lines];
  process.stdout.write(`\n${all.join('\n')}\n`);
  if (write) writeFileSync(page, replaced(readFileSync(page, 'utf8'), name, all.join('\n')));
}

function madeOn(): string {
  const [processor] = cpus();
  return `Made on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}.`;
}

/** @throws Error where the page has no such block */
function replaced(text: string, name: string, content: string): string {
  const begin = `<!-- ${name}:begin (npm run bench -- ${name} --write) -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} lacks the lines ${begin} and ${end}.`);
  return `${text.slice(0, from)}${begin}\n${content}\n${text.slice(to)}`;
}
