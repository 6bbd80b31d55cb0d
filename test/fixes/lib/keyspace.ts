/** Everything a server holds, as plain data that can be compared. */
import type { Redis } from 'ioredis';

export interface KeyspaceEntry {
  type: string;
  /** Text, or base64 after `base64:` where it is not UTF-8; collections in an order of their own are sorted. */
  value: unknown;
  /** Milliseconds, -1 for none. */
  ttl: number;
}

export type Keyspace = Map<string, KeyspaceEntry>;

/** Keys that only make the keyspace large (see `longest-call-shorter`); not part of what is compared. */
export const noisePrefix = 'keyscope-noise:';

/** @param nodes a connection to each master */
export async function readKeyspace(nodes: readonly Redis[]): Promise<Keyspace> {
  const entries: [string, KeyspaceEntry][] = [];
  for (const node of nodes) {
    let cursor = '0';
    do {
      const [next, keys] = await node.scanBuffer(cursor, 'COUNT', 5_000);
      cursor = String(next);
      for (const key of keys) if (!key.toString('latin1').startsWith(noisePrefix)) entries.push([text(key), await readEntry(node, key)]);
    } while (cursor !== '0');
  }
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function readEntry(node: Redis, key: Buffer): Promise<KeyspaceEntry> {
  const type = await node.type(key);
  return { type, value: await readValue(node, key, type), ttl: await node.pttl(key) };
}

async function readValue(node: Redis, key: Buffer, type: string): Promise<unknown> {
  switch (type) {
    case 'string':
      return text(await node.getBuffer(key));
    case 'hash': {
      const flat = (await node.callBuffer('HGETALL', key)) as Buffer[];
      return Object.fromEntries(pairs(flat.map(text)).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
    }
    case 'list':
      return (await node.lrangeBuffer(key, 0, -1)).map(text);
    case 'set':
      return (await node.smembersBuffer(key)).map(text).sort();
    case 'zset':
      return pairs(((await node.callBuffer('ZRANGE', key, 0, -1, 'WITHSCORES')) as Buffer[]).map(text));
    case 'stream':
      // Ids are made of the time of the server: only what is in the entries is compared.
      return ((await node.callBuffer('XRANGE', key, '-', '+')) as unknown as [Buffer, Buffer[]][]).map(([, fields]) => fields.map(text));
    default:
      return text((await node.callBuffer('DUMP', key)) as Buffer);
  }
}

function pairs(flat: readonly string[]): string[][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => flat.slice(index * 2, index * 2 + 2));
}

function text(value: Buffer | null): string {
  if (value === null) return '(nil)';
  const utf8 = value.toString('utf8');
  return Buffer.from(utf8, 'utf8').equals(value) ? utf8 : `base64:${value.toString('base64')}`;
}
