/**
 * How each client library writes a scan of the keyspace. What a step gives differs: a key (node-redis 4) or a batch of keys
 * (ioredis, node-redis 5 and 6), and node-redis 3 has only the bare command with its callback.
 */
import { braced, type Style } from '../../fixes/text/style.ts';
import type { Lines } from '../../fixes/text/lines.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';

/** A page of SCAN with COUNT 1000 holds the server about 1.1 ms (measured on Redis 7.0.15). */
export const scanCount = 1_000;

/** `cursor`: SCAN itself, page by page, on what has no iterator (a pool). */
export type ScanStep = 'key' | 'batch' | 'cursor';

/** What a client is to a scan: `cluster` and `either` (`Redis | Cluster`) are scanned master by master. */
export type ScanTarget = 'client' | 'cluster' | 'either';

export interface ScanWriter {
  step: ScanStep;
  target: ScanTarget;
  dialect: RedisCall['dialect'];
  style: Style;
  /** What is scanned are the members of one set, whose key stands for the pattern. */
  ofSet?: true;
}

/** How the client of a call scans; undefined where it cannot without callbacks, or not with what the library offers. */
export function scanWriter(call: RedisCall, style: Style): ScanWriter | undefined {
  const { dialect, major, receiver } = call;
  const target: ScanTarget = receiver.maybeCluster && receiver.kind !== 'cluster' ? 'either' : receiver.kind === 'cluster' ? 'cluster' : 'client';
  if (receiver.kind === 'pipeline' || receiver.kind === 'multi') return undefined;
  if (dialect === 'ioredis') return { step: 'batch', target, dialect, style };
  if (major < 4 || target === 'either') return undefined;
  if (receiver.kind === 'pool') return { step: 'cursor', target, dialect, style };
  return { step: major === 4 ? 'key' : 'batch', target, dialect, style };
}

/** Whether the client of a call has an iterator over one key (SSCAN, HSCAN, ZSCAN), wherever that key is; a cluster or a pool of node-redis has none. */
export function scansOneKey({ dialect, major, receiver: { kind, maybeCluster } }: RedisCall): boolean {
  if (dialect === 'ioredis') return kind === 'client' || kind === 'cluster';
  return kind === 'client' && !maybeCluster && major >= 4;
}

/** How the client of a call scans a set; undefined where it has no iterator for it. */
export function setScanWriter(call: RedisCall, style: Style): ScanWriter | undefined {
  const { dialect, major } = call;
  return scansOneKey(call) ? { step: dialect === 'node-redis' && major === 4 ? 'key' : 'batch', target: 'client', dialect, style, ofSet: true } : undefined;
}

/** Texts of expressions, and names that are free where the code goes. */
export interface ScanParts {
  client: string;
  pattern: string;
  names: { key: string; batch: string; /** A batch where its type had to be told. */ list: string; node: string; master: string; cursor: string; page: string };
  /** Of the outermost loop, for a `break` that ends the whole scan. */
  label?: string;
}

/** `redis.scanStream({ match: pattern, count: 1000 })` */
export function scanIterable(writer: ScanWriter, client: string, pattern: string): string {
  const { style, dialect } = writer;
  if (writer.ofSet) return dialect === 'ioredis' ? `${client}.sscanStream(${pattern}, ${braced(`count: ${scanCount}`, style)})` : `${client}.sScanIterator(${pattern}, ${braced(`COUNT: ${scanCount}`, style)})`;
  const [match, count, method] = dialect === 'ioredis' ? ['match', 'count', 'scanStream'] : ['MATCH', 'COUNT', 'scanIterator'];
  const options = `${pattern === match ? match : `${match}: ${pattern}`}, ${count}: ${scanCount}`;
  return `${client}.${method}(${braced(options, style)})`;
}

/**
 * A loop over the keys; `body` uses `names.key`. `typed` says that a batch is known to be `string[]` already;
 * `braces`, that a body of one line has them too.
 */
export function forEachKey(writer: ScanWriter, parts: ScanParts, body: Lines, options: { typed?: boolean; braces?: boolean } = {}): Lines {
  const { key, batch } = parts.names;
  const single = !options.braces && body.length === 1 && typeof body[0] === 'string' && !body[0].includes('\n') ? body[0] : undefined;
  const loop = (head: string): Lines => (single !== undefined ? [`${head} ${single}`] : [`${head} {`, body, '}']);
  const lines = overNodes(writer, parts, (client) => {
    if (writer.step === 'cursor') return cursorLoop(writer, parts, client, (list) => loop(`for (const ${key} of ${list})`));
    const iterable = scanIterable(writer, client, parts.pattern);
    if (writer.step === 'key') return loop(`for await (const ${key} of ${iterable})`);
    return [`for await (const ${batch} of ${iterable}) {`, loop(`for (const ${key} of ${asStrings(writer, batch, options.typed)})`), '}'];
  });
  return parts.label === undefined ? lines : labelled(lines, parts.label);
}

function labelled(lines: Lines, label: string): Lines {
  const first = lines.findIndex((line) => typeof line === 'string' && /^(?:for|do) /.test(line));
  return lines.map((line, index) => (index === first ? `${label}: ${String(line)}` : line));
}

/** A loop over batches of keys, never empty ones; `body` is given its name. Undefined where the library gives keys one at a time. */
export function forEachBatch(writer: ScanWriter, parts: ScanParts, body: (batch: string) => Lines): Lines | undefined {
  const { batch, list } = parts.names;
  if (writer.step === 'key') return undefined;
  return overNodes(writer, parts, (client) => {
    if (writer.step === 'cursor') return cursorLoop(writer, parts, client, (keys) => guarded(keys, body(keys)));
    const cast = writer.dialect === 'ioredis' && writer.style.typescript;
    const lines = cast ? [`const ${list} = ${batch} as string[];`, ...guarded(list, body(list))] : guarded(batch, body(batch));
    return [`for await (const ${batch} of ${scanIterable(writer, client, parts.pattern)}) {`, lines, '}'];
  });
}

function guarded(list: string, body: Lines): Lines {
  const [only, ...more] = body;
  return typeof only === 'string' && more.length === 0 && !only.includes('\n') ? [`if (${list}.length > 0) ${only}`] : [`if (${list}.length > 0) {`, body, '}'];
}

/** ioredis's stream yields `any`. */
function asStrings({ dialect, style }: ScanWriter, batch: string, typed = false): string {
  return dialect === 'ioredis' && style.typescript && !typed ? `${batch} as string[]` : batch;
}

/** The same on every master, where the client is a cluster. */
export function overNodes(writer: ScanWriter, { client, names: { node, master } }: ScanParts, scan: (client: string) => Lines): Lines {
  if (writer.target === 'client') return scan(client);
  const { style } = writer;
  if (writer.dialect === 'node-redis') {
    return [`for (const ${master} of ${client}.masters) {`, [`const ${node} = await ${client}.nodeClient(${master});`, ...scan(node)], '}'];
  }
  const masters = `${client}.nodes(${quote('master', style)})`;
  const nodes = writer.target === 'cluster' ? masters : `${quote('nodes', style)} in ${client} ? ${masters} : [${client}]`;
  return ['// Before it is connected, a cluster knows no nodes.', `await ${client}.ping();`, `for (const ${node} of ${nodes}) {`, scan(node), '}'];
}

function cursorLoop({ style }: ScanWriter, { pattern, names: { cursor, page } }: ScanParts, client: string, use: (list: string) => Lines): Lines {
  const zero = quote('0', style);
  const options = braced(`MATCH: ${pattern}, COUNT: ${scanCount}`, style);
  return [
    `let ${cursor} = ${zero};`,
    'do {',
    [`const ${page} = await ${client}.scan(${cursor}, ${options});`, ...use(`${page}.keys`), `${cursor} = ${page}.cursor;`],
    `} while (${cursor} !== ${zero});`,
  ];
}
