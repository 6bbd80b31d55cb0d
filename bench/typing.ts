/**
 * `npm run build && npm run bench -- typing [edits] [--write]`: from an edit to fresh diagnostics, Keyscope's own work beside that of TypeScript's
 * language service for the same edits in the same tree; and what the language server holds after so many edits (10,000).
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateTree } from './analyzer/generate-tree.ts';
import { installPeers } from './analyzer/peers.ts';
import { readArguments, report } from './performance-page.ts';
import { KeyscopeEngine } from './typing/keyscope-engine.ts';
import { keystrokes, type Keystroke } from './typing/keystrokes.ts';
import { earlyEdits, serverMemory, type ServerMemory } from './typing/server-memory.ts';
import { TypeScriptEngine } from './typing/typescript-engine.ts';

const folder = join(tmpdir(), 'keyscope-bench');
const files = 2_000;
/** Per file, the same for both; those before are typed without looking at the clock, until V8 has compiled what runs. */
const timed = 100;
const warmUp = 20;

interface Scene {
  name: string;
  file: string;
  text: string;
  keys: readonly Keystroke[];
}

interface Engine {
  open(file: string, text: string): void;
  type(key: Keystroke): void;
  close?(): void;
}

export async function run(args: readonly string[]): Promise<void> {
  const { write, rest } = readArguments(args);
  const edits = Number(rest[0] ?? 10_000);
  if (!(edits > earlyEdits)) throw new RangeError(`The number of edits must be more than ${earlyEdits}; got “${rest[0]}”.`);
  installPeers(folder);
  const tree = generateTree(join(folder, `tree-${files}`), files);
  const scenes = [
    scene('the large file, Redis among much else', tree.large, true),
    scene('a small file, all of it Redis', tree.small, true),
    scene('a file with no tie to Redis', tree.plain, false),
  ];
  const scratch = join(folder, 'engine');
  const keyscope = await KeyscopeEngine.start(tree.root, scratch);
  const own = scenes.map((each) => timesOf(keyscope, each));
  const typescript = new TypeScriptEngine(tree.root);
  const theirs = scenes.map((each) => timesOf(typescript, each));
  const lines = [
    `${tree.files.toLocaleString('en')} files; ${timed} edits in each file, milliseconds from the edit to its diagnostics:`,
    '',
    '| p95 ÷ TypeScript 6 | Keyscope p50 | p95 | max | TypeScript p50 | p95 | max | edits in |',
    '|---:|---:|---:|---:|---:|---:|---:|---|',
    ...scenes.map(({ name, text }, index) => {
      const [mine, other] = [own[index] ?? [], theirs[index] ?? []];
      return `| ${(at(mine, 0.95) / at(other, 0.95)).toFixed(3)} | ${cells(mine)} | ${cells(other)} | ${name}, ${text.split('\n').length - 1} lines |`;
    }),
    '',
    ...memoryLines(await serverMemory(tree.root, tree.large, edits, scratch)),
  ];
  report('typing', lines, write);
}

function scene(name: string, file: string, redis: boolean): Scene {
  const text = readFileSync(file, 'utf8');
  return { name, file, text, keys: keystrokes(text, warmUp + timed, redis) };
}

/** Milliseconds of each edit after the warm-up, in ascending order. */
function timesOf(engine: Engine, { file, text, keys }: Scene): number[] {
  process.stderr.write(`${engine.constructor.name} in ${file}\n`);
  engine.open(file, text);
  const times = keys.map((key) => {
    const started = performance.now();
    engine.type(key);
    return performance.now() - started;
  });
  engine.close?.();
  return times.slice(warmUp).sort((one, other) => one - other);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function cells(times: readonly number[]): string {
  return [0.5, 0.95, 1].map((share) => at(times, share).toFixed(1)).join(' | ');
}

function memoryLines(memory: ServerMemory | undefined): string[] {
  if (!memory) return ['How much the server holds is read from /proc, which this system does not have.'];
  const { atStart, early, late, peak, edits } = memory;
  return [
    `The language server on the same tree, edits in its large file: **${signed(late.collected - early.collected)} MB** between the ${earlyEdits.toLocaleString('en')}th and the ${edits.toLocaleString('en')}th edit,`,
    `each just after a collection (${early.collected.toFixed(0)} MB → ${late.collected.toFixed(0)} MB resident, of which objects ${early.alive.toFixed(1)} MB → ${late.alive.toFixed(1)} MB);`,
    `as it is while somebody types, ${early.seen.toFixed(0)} MB → ${late.seen.toFixed(0)} MB; ${atStart.toFixed(0)} MB after its first check, ${peak.toFixed(0)} MB at most.`,
  ];
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}
