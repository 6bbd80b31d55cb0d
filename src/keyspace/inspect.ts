/** Facts of given keys: one read-only script per batch, or a pipeline where scripts are refused. */
import type { ServerConnection } from '../server/server-connection.ts';
import { BatchSize } from './batch-size.ts';
import { isUnavailable } from './capabilities.ts';
import type { Capabilities } from './capabilities.ts';
import { FIELDS_PER_KEY, parseFields, toFacts } from './facts.ts';
import type { RawFacts } from './facts.ts';
import type { FactName, KeyFacts } from './types.ts';

export interface InspectRequest {
  db?: number;
  /** Left out to spare time: MEMORY USAGE is half of it. Default true. */
  memory?: boolean;
  /** Default true. On servers before 7.2 reading a length resets the key's idle time, which is read first. */
  length?: boolean;
  /** Idle time or access counter. Default true for given keys, false for a whole keyspace. */
  access?: boolean;
  signal?: AbortSignal;
}

/** In the order of the keys; those gone meanwhile have `exists: false`. Rejects only when the connection fails. */
export async function inspectKeys(
  connection: ServerConnection,
  capabilities: Capabilities,
  keys: readonly Buffer[],
  request: InspectRequest = {},
): Promise<KeyFacts[]> {
  const facts = new Array<KeyFacts>(keys.length);
  const byNode = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const { id } = connection.nodeOf(key);
    const indexes = byNode.get(id) ?? [];
    indexes.push(index);
    byNode.set(id, indexes);
  }
  await Promise.all(
    [...byNode].map(async ([node, indexes]) => {
      const size = new BatchSize(100, 500);
      for (let at = 0; at < indexes.length; ) {
        request.signal?.throwIfAborted();
        const batch = indexes.slice(at, at + size.value);
        const names = batch.map((index) => keys[index] ?? Buffer.alloc(0));
        const { raw, ms } = await inspectBatch(connection, capabilities, names, node, request);
        learnDenied(capabilities, raw);
        for (const [place, index] of batch.entries()) {
          facts[index] = toFacts(names[place] ?? Buffer.alloc(0), raw[place] ?? {}, capabilities);
        }
        size.learn(batch.length, ms);
        at += batch.length;
      }
    }),
  );
  return facts;
}

interface Batch {
  raw: RawFacts[];
  /** Of the server, or of the round trip. */
  ms: number;
}

async function inspectBatch(connection: ServerConnection, capabilities: Capabilities, keys: Buffer[], node: string, request: InspectRequest): Promise<Batch> {
  if (capabilities.scripts) {
    try {
      const args = [...scriptSwitches(capabilities, request), ...keys];
      const [fields, micros] = (await connection.script('inspect', args, { db: request.db, node })) as [Buffer, number];
      const raw = parseFields(fields.toString('latin1'), keys.length);
      await retryMoved(connection, capabilities, keys, raw, request);
      return { raw, ms: micros / 1_000 };
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      capabilities.scripts = false;
    }
  }
  const started = performance.now();
  const raw = await inspectByPipeline(connection, capabilities, keys, node, request);
  return { raw, ms: performance.now() - started };
}

/** The first arguments of both scripts. */
export function scriptSwitches({ denied, access: how }: Capabilities, { access = true, length = true, memory = true }: InspectRequest): string[] {
  return [access && !denied.has('access') ? how : '', length && !denied.has('length') ? '1' : '', memory && !denied.has('memory') ? '1' : ''];
}

/** A slot that moved since the batch was made up: the script cannot reach its keys, a routed command is redirected. */
async function retryMoved(connection: ServerConnection, capabilities: Capabilities, keys: Buffer[], raw: RawFacts[], request: InspectRequest): Promise<void> {
  if (!connection.isCluster) return;
  const moved = raw.flatMap(({ type }, index) => (type?.startsWith('!') && type !== '!NOPERM' ? [index] : []));
  if (moved.length === 0) return;
  const again = await inspectByPipeline(connection, capabilities, moved.map((index) => keys[index] ?? Buffer.alloc(0)), undefined, request); // prettier-ignore
  for (const [place, index] of moved.entries()) raw[index] = again[place] ?? {};
}

const LENGTH_COMMANDS: Record<string, string> = { string: 'STRLEN', list: 'LLEN', set: 'SCARD', zset: 'ZCARD', hash: 'HLEN', stream: 'XLEN', vectorset: 'VCARD' };

/** Two round trips: the length's command depends on the type. Idle time comes before the length, which would reset it. */
async function inspectByPipeline(
  connection: ServerConnection,
  { access: how, denied }: Capabilities,
  keys: Buffer[],
  node: string | undefined,
  { db, access = true, length = true, memory = true }: InspectRequest,
): Promise<RawFacts[]> {
  const target = { db, node };
  const fields: (readonly [keyof RawFacts, readonly string[]])[] = [
    ['type', ['TYPE']],
    ['ttl', ['PTTL']],
    ['encoding', ['OBJECT', 'ENCODING']],
    ...(access ? ([['access', ['OBJECT', how]]] as const) : []),
    ...(memory ? ([['memory', ['MEMORY', 'USAGE']]] as const) : []),
  ];
  const asked = fields.filter(([field]) => !denied.has(field));
  const lines = keys.flatMap((key) => asked.map(([, words]) => [words[0] ?? '', ...words.slice(1), key] as const));
  const replies = await connection.pipeline(lines, target);
  const raw: RawFacts[] = keys.map((_, at) => Object.fromEntries(asked.map(([field], offset) => [field, fieldText(replies[at * asked.length + offset])])));
  if (!length || denied.has('length')) return raw;
  const measurable = raw.flatMap(({ type }, index) => (type !== undefined && Object.hasOwn(LENGTH_COMMANDS, type) ? [index] : []));
  const lengths = await connection.pipeline(
    measurable.map((index) => [LENGTH_COMMANDS[raw[index]?.type ?? ''] ?? '', keys[index] ?? Buffer.alloc(0)] as const),
    target,
  );
  for (const [place, index] of measurable.entries()) raw[index] = { ...raw[index], length: fieldText(lengths[place]) };
  return raw;
}

/** As the script writes it. Throws where the connection failed: then the whole batch did. */
function fieldText(reply: { value?: unknown; error?: Error & { kind?: string; code?: string } } | undefined): string {
  if (reply?.error !== undefined) {
    if (reply.error.kind === 'lost' || reply.error.kind === 'timeout' || reply.error.kind === 'closed') throw reply.error;
    return `!${reply.error.code ?? 'ERR'}`;
  }
  return reply?.value === null || reply?.value === undefined ? '-' : String(reply.value);
}

/** A field that every readable key of a batch was refused is refused to this user: it is not asked again. */
export function learnDenied({ denied }: Capabilities, raw: readonly RawFacts[]): void {
  const readable = raw.filter(({ type }) => type !== undefined && !type.startsWith('!') && type !== 'none');
  if (readable.length === 0) return;
  for (const field of FIELDS_PER_KEY) {
    const values = readable.map((fields) => fields[field]).filter((value) => value !== undefined && value !== '-');
    const [first] = values;
    if (first === '!NOPERM' && values.every((value) => value === first)) denied.set(field satisfies FactName, 'NOPERM');
  }
}
