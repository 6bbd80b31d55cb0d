/** The child process: executes the sides of cases, one after the other, for one version of one client library. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Cluster, Redis } from 'ioredis';
import type { Argument } from './cases.ts';
import { announceProxies } from './cluster-proxies.ts';
import type { Job, Outcome, Outcomes, Run } from './execution.ts';
import { noisePrefix, readKeyspace } from './keyspace.ts';
import { plain } from './plain.ts';
import type { Plain } from './plain.ts';
import { startProxy } from './round-trip-proxy.ts';
import type { RoundTripProxy } from './round-trip-proxy.ts';

/** A side that takes longer hangs. */
const runLimitMs = 15_000;
/** Nothing more is on its way when nothing was sent for so long (several times what the proxy holds answers back). */
const quietMs = 15;
/** Commands of ours, or of a connection's set-up. */
const notOfTheProgram = new Set(['INFO', 'CONFIG', 'SLOWLOG', 'CLIENT', 'HELLO', 'SELECT', 'AUTH', 'PING', 'READONLY', 'CLUSTER', 'COMMAND', 'DEBUG', 'QUIT', 'FLUSHALL']);

const [jobFile = '', outFile = ''] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobFile, 'utf8')) as Job;
// Flat replies, whatever the newest protocol makes of them.
const server = new Redis({ ...job.server, protocol: 2 });
const masters = job.nodes.map((node) => new Redis({ ...node, protocol: 2 }));

let output: Plain[] = [];
let unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));
process.on('uncaughtException', (error) => unhandled.push(String(error)));
const print = process.stderr.write.bind(process.stderr);
for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) console[name] = (...args: unknown[]) => void output.push(plain(args));

void main();

/** The cluster as its clients see it: behind proxies that its nodes announce as their own ports. */
let clusterProxies: RoundTripProxy[] = [];
let cluster: Cluster | undefined;

async function main(): Promise<void> {
  if (job.nodes.length > 0) {
    clusterProxies = await announceProxies(job.nodes, masters);
    cluster = new Cluster(clusterProxies.map(({ port }) => ({ host: '127.0.0.1', port })));
  }
  const outcomes: Outcomes = {};
  for (const run of job.runs) {
    try {
      outcomes[run.id] = await limited(execute(run), run.id);
    } catch (error) {
      outcomes[run.id] = { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }
  writeFileSync(outFile, JSON.stringify(outcomes));
  // The cases' own clients are still connected.
  process.exit(0);
}

async function execute(run: Run): Promise<Outcome> {
  const nodes = run.cluster ? masters : [server];
  for (const node of nodes) {
    await node.flushall();
    await node.config('SET', 'slowlog-log-slower-than', 0, 'slowlog-max-len', 100_000);
    if (run.noise > 0) await node.call('DEBUG', 'POPULATE', run.noise, noisePrefix.slice(0, -1), 1);
  }
  for (const [name = '', ...args] of run.seed) await (run.cluster && cluster ? cluster : server).call(String(name), ...args);
  const proxies = run.cluster ? clusterProxies : [await startProxy(job.server)];
  process.env['REDIS_URL'] = proxies[0]?.url;
  process.env['REDIS_NODES'] = clusterProxies.map(({ port }) => `127.0.0.1:${port}`).join(',');
  output = [];
  unhandled = [];
  for (const node of nodes) await node.call('SLOWLOG', 'RESET');
  for (const proxy of proxies) proxy.reset();
  const sent = (): number => proxies.reduce((sum, proxy) => sum + proxy.commands().length, 0);

  // CommonJS is loaded as CommonJS: an import of it would go by another loader, and load the client library a second time.
  const exported = (run.type === 'commonjs' ? createRequire(run.file)(run.file) : await import(pathToFileURL(run.file).href)) as Record<string, unknown>;
  const replies: Plain[] = [];
  for (const [name, ...args] of run.calls) replies.push(await call(exported, name, args));
  for (let before = -1, now = -2; before !== now; ) {
    before = sent();
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    now = sent();
  }
  const commands = await commandTimes(nodes);
  return {
    replies,
    output,
    unhandled,
    commands,
    keyspace: [...(await readKeyspace(nodes))],
    roundTrips: proxies.reduce((sum, proxy) => sum + proxy.count(), 0),
  };
}

async function call(exported: Record<string, unknown>, name: string, args: Argument[]): Promise<Plain> {
  const found = exported[name];
  if (typeof found !== 'function') throw new Error(`the module exports no function ${name}`);
  let called: (value: Plain) => void = () => undefined;
  const answered = new Promise<Plain>((resolve) => (called = resolve));
  const withCallback = args.some((arg) => hasTag(arg, '$callback'));
  const real = args.map((arg) => argument(arg, (value) => called(value)));
  try {
    const returned: unknown = await (found as (...args: unknown[]) => unknown)(...real);
    return withCallback ? await answered : plain(returned);
  } catch (error) {
    return { $throws: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function hasTag(value: Argument, tag: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && tag in value;
}

function argument(value: Argument, called: (value: Plain) => void): unknown {
  if (hasTag(value, '$callback')) return (...args: unknown[]) => called({ callback: plain(args) });
  if (hasTag(value, '$record')) return (...args: unknown[]) => void output.push({ recorded: plain(args) });
  if (hasTag(value, '$date')) return new Date(String(value['$date']));
  if (hasTag(value, '$undefined')) return undefined;
  if (hasTag(value, '$map')) return new Map((value['$map'] as [unknown, unknown][]).map(([key, one]) => [argument(key, called), argument(one, called)]));
  if (hasTag(value, '$set')) return new Set((value['$set'] as unknown[]).map((one) => argument(one, called)));
  if (Array.isArray(value)) return value.map((one) => argument(one, called));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, argument(one, called)]));
  return value;
}

/** From the server's slow log, which is told to hold every command. */
async function commandTimes(nodes: readonly Redis[]): Promise<Outcome['commands']> {
  const times = new Map<string, number[]>();
  for (const node of nodes) {
    for (const [, , usec, [word = '']] of (await node.call('SLOWLOG', 'GET', '-1')) as [number, number, number, string[]][]) {
      const name = word.toUpperCase();
      if (!notOfTheProgram.has(name)) times.set(name, [...(times.get(name) ?? []), usec]);
    }
  }
  const median = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return Object.fromEntries([...times].map(([name, list]) => [name, { calls: list.length, usec: median(list) }]));
}

function limited<T>(work: Promise<T>, id: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took over ${runLimitMs / 1000} s`)), runLimitMs);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
    if (process.env['KEYSCOPE_FIXES_VERBOSE']) print(`${id}\n`);
  });
}
