/**
 * `npm run build && npm run bench -- keyspace [keys …] [--write]`: what looking at a whole keyspace costs, beside redis-cli's `--memkeys`,
 * `--bigkeys` and `--scan` and plain SCAN as the floor, on the same server in the same run. Ratios first: they hold on other machines,
 * seconds do not.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findOnPath } from '../scripts/lib/on-path.ts';
import { startRedis } from '../scripts/lib/redis-server.ts';
import { Keyspace } from '../src/keyspace/index.ts';
import { formatBytes, formatCount } from '../src/redis/format.ts';
import { connect } from '../src/server/index.ts';
import type { ServerConnection } from '../src/server/index.ts';
import { seed } from './keyspace-seed.ts';
import { readArguments, report } from './performance-page.ts';

const cli = resolve(import.meta.dirname, '../dist/cli.js');
const defaultSizes = [100_000, 1_000_000, 5_000_000];

interface FirstPage {
  loadAndConnectMs: number;
  firstPageMs: number;
  describeMs: number;
  addedHeapMb: number;
  addedRssMb: number;
  everyPage: { pages: number; maxMs: number; kept: number; notKept: number; top: number; addedHeapMb: number };
}

export async function run(args: readonly string[]): Promise<void> {
  const { write, rest } = readArguments(args);
  const sizes = rest.length > 0 ? rest.map(Number) : defaultSizes;
  for (const size of sizes) if (!Number.isInteger(size) || size < 1) throw new RangeError(`The number of keys must be a whole number from 1 up; got “${rest.join(' ')}”.`);
  const redisCli = findOnPath('redis-cli');
  if (redisCli === undefined) throw new Error('redis-cli is not on PATH: there is nothing to compare with.');
  const blocks: string[][] = [];
  for (const size of sizes) blocks.push(await measured(size, redisCli));
  report('keyspace', blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block])), write);
}

/** One size: a table, and what a table does not hold. */
async function measured(keys: number, redisCli: string): Promise<string[]> {
  const server = await startRedis();
  try {
    process.stderr.write(`seeding ${formatCount(keys)} mixed keys …\n`);
    await seed(server.host, server.port, keys);
    const theirs = (...options: string[]): Promise<Timed<string>> => timed(() => output(redisCli, ['-h', server.host, '-p', String(server.port), ...options]));
    const connection = await connect({ host: server.host, port: server.port });
    const scan = await timed(() => plainScan(connection));
    const inspection = await timed(() => inspectEverything(connection));
    const command = await timed(() => output(process.execPath, [cli, 'keyspace', server.url, '--format', 'json']));
    const sample = await timed(() => output(process.execPath, [cli, 'keyspace', server.url, '--format', 'json', '--sample', '10000']));
    connection.close();
    const [names, bigkeys, memkeys] = [await theirs('--scan'), await theirs('--bigkeys'), await theirs('--memkeys')];
    const first = JSON.parse(await output(process.execPath, ['--expose-gc', '--import', 'tsx', join(import.meta.dirname, 'keyspace-first-page.ts'), server.host, String(server.port)])) as FirstPage; // prettier-ignore
    const row = (what: string, { ms }: Timed<unknown>): string => `| ${(ms / memkeys.ms).toFixed(3)} | ${(ms / scan.ms).toFixed(2)} | ${(ms / 1_000).toFixed(2)} | ${what} |`;
    const { value: { callMs, memoryBytes, serverMs: ofServer, keys: inspected } } = inspection;
    const at = (share: number): string => `${(callMs[Math.min(callMs.length - 1, Math.floor(callMs.length * share))] ?? 0).toFixed(1)} ms`;
    const { everyPage: all } = first;
    return [
      `${formatCount(keys)} mixed keys (60 % strings, 20 % hashes, 8 % lists, 6 % sets, 5 % sorted sets, 1 % streams; a third with a TTL):`,
      '',
      '| ÷ --memkeys | ÷ SCAN | seconds | |',
      '|---:|---:|---:|---|',
      row('**every key inspected**: type, TTL, encoding, length, memory', inspection),
      row('`keyscope keyspace`: the same, summed, from the process’s start', command),
      row('`keyscope keyspace --sample 10000`', sample),
      row('SCAN COUNT 1000, names alone: the floor', scan),
      row('`redis-cli --scan`, names alone', names),
      row('`redis-cli --bigkeys`: type and length', bigkeys),
      row('`redis-cli --memkeys`: type and memory', memkeys),
      '',
      `- Against the server’s own time for it: ${(inspection.ms / ofServer).toFixed(2)} × (${(ofServer / 1_000).toFixed(2)} s of EVAL_RO by INFO commandstats); ${formatCount(callMs.length)} calls took the server ${at(0.5)} at the median, ${at(0.99)} at the 99th percentile, ${at(1)} at most.`,
      `- Keys inspected ÷ keys ${(inspected / keys).toFixed(3)}; memory found ÷ found by --memkeys ${(memoryBytes / memkeysTotal(memkeys.value)).toFixed(4)} (${formatBytes(memoryBytes)}).`,
      `- The tree: first page ${Math.round(first.firstPageMs)} ms after connecting, ${Math.round(first.describeMs)} ms more to describe 100 keys, ${first.addedHeapMb.toFixed(1)} MB of heap; with every page loaded ${formatCount(all.kept)} names kept and ${formatCount(all.notKept)} counted in ${all.addedHeapMb.toFixed(0)} MB, slowest page ${Math.round(all.maxMs)} ms.`,
    ];
  } finally {
    await server.stop();
  }
}

interface Inspection {
  keys: number;
  memoryBytes: number;
  serverMs: number;
  callMs: number[];
}

async function inspectEverything(connection: ServerConnection): Promise<Inspection> {
  const before = await serverMs(connection);
  const seen = new Set<string>();
  const callMs: number[] = [];
  let memoryBytes = 0;
  for await (const { facts, ms } of new Keyspace(connection).inspectAll()) {
    callMs.push(ms);
    for (const { key, memoryBytes: bytes } of facts) {
      const name = key.toString('latin1');
      if (seen.has(name)) continue;
      seen.add(name);
      memoryBytes += bytes ?? 0;
    }
  }
  return { keys: seen.size, memoryBytes, serverMs: (await serverMs(connection)) - before, callMs: callMs.sort((a, b) => a - b) };
}

async function plainScan(connection: ServerConnection): Promise<number> {
  let cursor = '0';
  let count = 0;
  do {
    const [next, keys] = (await connection.command('SCAN', [cursor, 'COUNT', '1000'])) as [Buffer, Buffer[]];
    cursor = String(next);
    count += keys.length;
  } while (cursor !== '0');
  return count;
}

/** What the server itself says it spent on scripts. */
async function serverMs(connection: ServerConnection): Promise<number> {
  const stats = String(await connection.command('INFO', ['commandstats']));
  return Number(/^cmdstat_eval(?:_ro)?:calls=\d+,usec=(\d+)/m.exec(stats)?.[1] ?? 0) / 1_000;
}

/** Its summary has a line per type: `600000 strings with 123456 bytes (60.00% of keys, avg size 205.76)`. */
function memkeysTotal(text: string): number {
  return [...text.matchAll(/^\d+ \w+ with (\d+) bytes/gm)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

interface Timed<T> {
  ms: number;
  value: T;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

function output(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${program} ended with ${code}`))));
  });
}
