/**
 * `npm run bench -- keyspace [keys]`: what looking at a keyspace costs, against `redis-cli --memkeys` and plain SCAN on the same
 * server in the same run. Ratios first: they hold on other machines, milliseconds do not.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findOnPath } from '../scripts/lib/on-path.ts';
import { startRedis } from '../scripts/lib/redis-server.ts';
import { Keyspace } from '../src/keyspace/index.ts';
import { formatBytes, formatCount } from '../src/redis/format.ts';
import { connect } from '../src/server/index.ts';
import type { ServerConnection } from '../src/server/index.ts';
import { seed } from './keyspace-seed.ts';

interface FirstPage {
  loadAndConnectMs: number;
  firstPageMs: number;
  describeMs: number;
  addedHeapMb: number;
  addedRssMb: number;
  everyPage: { pages: number; maxMs: number; kept: number; notKept: number; top: number; addedHeapMb: number };
}

export async function run(args: readonly string[]): Promise<void> {
  const keys = Number(args[0] ?? 1_000_000);
  if (!Number.isInteger(keys) || keys < 1) throw new Error(`The number of keys must be a whole number from 1 up; got “${args[0]}”.`);
  const server = await startRedis();
  try {
    log(`seeding ${formatCount(keys)} mixed keys …`);
    await timed(() => seed(server.host, server.port, keys));
    const connection = await connect({ host: server.host, port: server.port });
    const first = JSON.parse(await output(process.execPath, ['--expose-gc', '--import', 'tsx', join(import.meta.dirname, 'keyspace-first-page.ts'), server.host, String(server.port)])) as FirstPage; // prettier-ignore
    const scan = await timed(() => plainScan(connection));
    const inspection = await timed(() => inspectEverything(connection));
    const memkeys = findOnPath('redis-cli') === undefined ? undefined : await timed(() => output('redis-cli', ['-h', server.host, '-p', String(server.port), '--memkeys']));
    connection.close();
    report(keys, first, scan, inspection, memkeys);
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

function report(
  keys: number,
  first: FirstPage,
  scan: Timed<number>,
  { ms, value: { callMs, memoryBytes, serverMs: server, keys: inspected } }: Timed<Inspection>,
  memkeys: Timed<string> | undefined,
): void {
  const at = (share: number): number => callMs[Math.min(callMs.length - 1, Math.floor(callMs.length * share))] ?? 0;
  const times = (value: number): string => value.toFixed(2);
  if (memkeys === undefined) log('redis-cli is not on PATH: no comparison with --memkeys');
  else {
    log(`inspection / redis-cli --memkeys    ${times(ms / memkeys.ms)}   (${seconds(ms)} against ${seconds(memkeys.ms)})`);
    const theirs = memkeysTotal(memkeys.value);
    log(`memory found / found by --memkeys   ${times(memoryBytes / theirs)}   (${formatBytes(memoryBytes)} against ${formatBytes(theirs)})`);
  }
  log(`inspection / server's own time      ${times(ms / server)}   (${seconds(server)} of the server)`);
  log(`inspection / plain SCAN             ${times(ms / scan.ms)}   (${seconds(scan.ms)} for the names alone)`);
  log(`keys inspected / keys               ${times(inspected / keys)}   (${formatCount(inspected)}, in ${formatCount(callMs.length)} calls)`);
  log(`server time per call                p50 ${times(at(0.5))} ms, p99 ${times(at(0.99))} ms, max ${times(at(1))} ms`);
  log(`first page                          ${Math.round(first.firstPageMs)} ms after connecting (${Math.round(first.loadAndConnectMs)} ms with loading), ${Math.round(first.describeMs)} ms more to describe 100 keys`);
  log(`added by the first page             ${first.addedHeapMb.toFixed(1)} MB heap, ${first.addedRssMb.toFixed(1)} MB resident`);
  const { everyPage: all } = first;
  log(`every page loaded                   ${formatCount(all.pages)} pages, slowest ${Math.round(all.maxMs)} ms; ${formatCount(all.kept)} names kept, ${formatCount(all.notKept)} counted: ${all.addedHeapMb.toFixed(1)} MB heap`);
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

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}
