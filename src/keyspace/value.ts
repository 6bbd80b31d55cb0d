/** A value to look at: its first part, bounded in elements and bytes, and how much there is. Read-only. */
import { toCompact } from '../redis/key-bytes.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import type { Reply } from '../server/types.ts';

export interface ValueLimits {
  /** Of a string or a JSON document, and what a page of a collection should not exceed by its mean element. Default 1 MB. */
  maxBytes?: number;
  /** Of a collection. Default MAX_ELEMENTS. */
  maxElements?: number;
}

/** `total` counts bytes of a string or JSON document (of JSON: its memory), elements of anything else. */
export type KeyValue =
  | { kind: 'string'; bytes: Buffer; total: number; truncated: boolean }
  | { kind: 'hash'; fields: [field: Buffer, value: Buffer][]; total: number; truncated: boolean }
  | { kind: 'list'; elements: Buffer[]; total: number; truncated: boolean }
  | { kind: 'set'; members: Buffer[]; total: number; truncated: boolean }
  /** By ascending score; scores as the server writes them (`1.5`, `inf`). */
  | { kind: 'zset'; members: [member: Buffer, score: string][]; total: number; truncated: boolean }
  | { kind: 'stream'; entries: { id: string; fields: [field: Buffer, value: Buffer][] }[]; total: number; truncated: boolean }
  /** `bytes` is undefined where the document is over the limit: RedisJSON gives it whole or not at all. */
  | { kind: 'json'; bytes: Buffer | undefined; total: number; truncated: boolean }
  | { kind: 'missing' }
  /** A module's type that we cannot read. */
  | { kind: 'unsupported'; type: string };

const DEFAULT_MAX_BYTES = 1_048_576;
/** As many elements of a collection are read and shown; the setting keyscope.keys.valueLimit names it. */
export const MAX_ELEMENTS = 1_000;

interface Place {
  db?: number;
}

/** Rejects with ServerError; a denied command is `no-permission`. */
export async function readValue(connection: ServerConnection, key: Buffer, { db }: Place = {}, limits: ValueLimits = {}): Promise<KeyValue> {
  const { maxBytes = DEFAULT_MAX_BYTES, maxElements = MAX_ELEMENTS } = limits;
  const target = { db };
  const call = (name: string, ...args: string[]): Promise<unknown> => connection.command(name, [key, ...args], target);
  const type = String(await call('TYPE'));
  /** Elements that stay under the byte limit if they are as large as the mean; so that a few huge ones are not all fetched. */
  const page = async (total: number): Promise<number> => {
    const bytes = Number((await connection.pipeline([['MEMORY', 'USAGE', key]], target))[0]?.value ?? 0);
    const mean = total === 0 ? 0 : bytes / total;
    return Math.max(1, Math.min(maxElements, total, mean === 0 ? Infinity : Math.ceil(maxBytes / mean)));
  };
  switch (type) {
    case 'none':
      return { kind: 'missing' };
    case 'string': {
      const [length, bytes] = await both(connection.pipeline([['STRLEN', key], ['GETRANGE', key, '0', String(maxBytes - 1)]], target)); // prettier-ignore
      return { kind: 'string', bytes: bytes as Buffer, total: Number(length), truncated: Number(length) > maxBytes };
    }
    case 'hash': {
      const total = Number(await call('HLEN'));
      const fields = await collect(pairs, (cursor, count) => call('HSCAN', cursor, 'COUNT', count), await page(total));
      return { kind: 'hash', fields, total, truncated: fields.length < total };
    }
    case 'set': {
      const total = Number(await call('SCARD'));
      const members = await collect((list) => list.map((member) => [member] as const), (cursor, count) => call('SSCAN', cursor, 'COUNT', count), await page(total)); // prettier-ignore
      return { kind: 'set', members: members.map(([member]) => member), total, truncated: members.length < total };
    }
    case 'zset': {
      const total = Number(await call('ZCARD'));
      // By rank, not by ZSCAN: as cheap for one page, and in order.
      const members = pairs((await call('ZRANGE', '0', String((await page(total)) - 1), 'WITHSCORES')) as Buffer[]);
      return { kind: 'zset', members: members.map(([member, score]) => [member, String(score)]), total, truncated: members.length < total };
    }
    case 'list': {
      const total = Number(await call('LLEN'));
      const elements = (await call('LRANGE', '0', String((await page(total)) - 1))) as Buffer[];
      return { kind: 'list', elements, total, truncated: elements.length < total };
    }
    case 'stream': {
      const total = Number(await call('XLEN'));
      const reply = (await call('XRANGE', '-', '+', 'COUNT', String(await page(total)))) as [unknown, Buffer[]][];
      const entries = reply.map(([id, fields]) => ({ id: String(id), fields: pairs(fields) }));
      return { kind: 'stream', entries, total, truncated: entries.length < total };
    }
    case 'ReJSON-RL': {
      const total = Number((await connection.pipeline([['MEMORY', 'USAGE', key]], target))[0]?.value ?? 0);
      if (total > maxBytes) return { kind: 'json', bytes: undefined, total, truncated: true };
      const bytes = (await call('JSON.GET')) as Buffer | null;
      return bytes === null ? { kind: 'missing' } : { kind: 'json', bytes, total, truncated: false };
    }
    default:
      return { kind: 'unsupported', type };
  }
}

async function both(pipeline: Promise<Reply[]>): Promise<unknown[]> {
  return (await pipeline).map(({ value, error }) => {
    if (error !== undefined) throw error;
    return value;
  });
}

function pairs(list: readonly Buffer[]): [Buffer, Buffer][] {
  const found: [Buffer, Buffer][] = [];
  for (let at = 0; at + 1 < list.length; at += 2) found.push([list[at] ?? Buffer.alloc(0), list[at + 1] ?? Buffer.alloc(0)]);
  return found;
}

/** HSCAN or SSCAN until `wanted` elements are there; each once, though a scan may repeat one. */
async function collect<T extends readonly [Buffer, ...unknown[]]>(
  split: (list: Buffer[]) => T[],
  scan: (cursor: string, count: string) => Promise<unknown>,
  wanted: number,
): Promise<T[]> {
  const found = new Map<string, T>();
  let cursor = '0';
  do {
    const [next, list] = (await scan(cursor, String(Math.max(10, wanted - found.size)))) as [unknown, Buffer[]];
    for (const element of split(list)) found.set(toCompact(element[0]), element);
    cursor = String(next);
  } while (cursor !== '0' && found.size < wanted);
  return [...found.values()].slice(0, wanted);
}
