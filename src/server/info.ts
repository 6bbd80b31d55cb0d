/** INFO and CONFIG of a server as plain snapshots. What the server does not tell, or does not let us ask, is undefined. */
import type { ServerConnection } from './server-connection.ts';
import { ServerError } from './server-error.ts';

export interface DatabaseInfo {
  db: number;
  keys: number;
  /** Keys that have a TTL. */
  expires: number;
}

export interface InfoSnapshot {
  /** `7.0.15`; Valkey's own version where it is one. */
  version: string | undefined;
  server: 'redis' | 'valkey';
  role: 'master' | 'replica' | undefined;
  usedMemoryBytes: number | undefined;
  /** 0: no limit. */
  maxmemoryBytes: number | undefined;
  maxmemoryPolicy: string | undefined;
  /** Databases that hold keys; undefined where INFO is denied. */
  databases: readonly DatabaseInfo[] | undefined;
  /** Every field as the server wrote it. */
  fields: Readonly<Record<string, string>>;
}

/** Of one node (default: the first). Rejects only when the connection fails. */
export async function readInfo(connection: ServerConnection, node?: string): Promise<InfoSnapshot> {
  return parseInfo(await tolerate(connection.command('INFO', [], { node })));
}

/** `undefined`: INFO was denied. */
export function parseInfo(reply: unknown): InfoSnapshot {
  const fields = Object.fromEntries(
    String(reply ?? '')
      .split(/\r?\n/)
      .filter((line) => line !== '' && !line.startsWith('#') && line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  const number = (name: string): number | undefined => (fields[name] === undefined ? undefined : Number(fields[name]));
  const valkey = fields['valkey_version'] ?? (fields['server_name'] === 'valkey' ? fields['redis_version'] : undefined);
  const role = fields['role'];
  return {
    version: valkey ?? fields['redis_version'],
    server: valkey === undefined ? 'redis' : 'valkey',
    role: role === 'slave' ? 'replica' : role === 'master' ? 'master' : undefined,
    usedMemoryBytes: number('used_memory'),
    maxmemoryBytes: number('maxmemory'),
    maxmemoryPolicy: fields['maxmemory_policy'],
    databases: reply === undefined ? undefined : databases(fields),
    fields,
  };
}

function databases(fields: Record<string, string>): DatabaseInfo[] {
  const found: DatabaseInfo[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const db = /^db(\d+)$/.exec(name)?.[1];
    if (db === undefined) continue;
    const parts = new Map(value.split(',').map((part) => part.split('=') as [string, string]));
    found.push({ db: Number(db), keys: Number(parts.get('keys') ?? 0), expires: Number(parts.get('expires') ?? 0) });
  }
  return found.sort((a, b) => a.db - b.db);
}

/**
 * The limits at which a compact encoding turns into the full one. Named as today's redis.conf does; older servers' `ziplist`
 * spellings are read into them. Entries are counts, values bytes. Undefined: the server has no such setting, or CONFIG is denied.
 */
export interface EncodingThresholds {
  hashMaxListpackEntries: number | undefined;
  hashMaxListpackValue: number | undefined;
  zsetMaxListpackEntries: number | undefined;
  zsetMaxListpackValue: number | undefined;
  setMaxIntsetEntries: number | undefined;
  setMaxListpackEntries: number | undefined;
  setMaxListpackValue: number | undefined;
  /** Positive: entries per node; -1 to -5: 4, 8, 16, 32, 64 KB per node. */
  listMaxListpackSize: number | undefined;
  listCompressDepth: number | undefined;
  /** How this server spells the compact encoding of hashes: `listpack` from 7.0, else `ziplist`. */
  compactName: 'listpack' | 'ziplist' | undefined;
}

/** Of one node (default: the first). Rejects only when the connection fails. */
export async function readEncodingThresholds(connection: ServerConnection, node?: string): Promise<EncodingThresholds> {
  const replies = await Promise.all(
    ['*-max-*-*', 'list-compress-depth'].map((pattern) => tolerate(connection.command('CONFIG GET', [pattern], { node }))),
  );
  return parseEncodingThresholds(replies.flatMap((reply) => (Array.isArray(reply) ? (reply as unknown[]) : [])));
}

/** @param reply of CONFIG GET: names and values in turn */
export function parseEncodingThresholds(reply: readonly unknown[]): EncodingThresholds {
  const config = new Map<string, string>();
  for (let at = 0; at + 1 < reply.length; at += 2) config.set(String(reply[at]), String(reply[at + 1]));
  const number = (...names: string[]): number | undefined => {
    const value = names.map((name) => config.get(name)).find((text) => text !== undefined);
    return value === undefined ? undefined : Number(value);
  };
  return {
    hashMaxListpackEntries: number('hash-max-listpack-entries', 'hash-max-ziplist-entries'),
    hashMaxListpackValue: number('hash-max-listpack-value', 'hash-max-ziplist-value'),
    zsetMaxListpackEntries: number('zset-max-listpack-entries', 'zset-max-ziplist-entries'),
    zsetMaxListpackValue: number('zset-max-listpack-value', 'zset-max-ziplist-value'),
    setMaxIntsetEntries: number('set-max-intset-entries'),
    setMaxListpackEntries: number('set-max-listpack-entries'),
    setMaxListpackValue: number('set-max-listpack-value'),
    listMaxListpackSize: number('list-max-listpack-size', 'list-max-ziplist-size'),
    listCompressDepth: number('list-compress-depth'),
    compactName: config.has('hash-max-listpack-entries') ? 'listpack' : config.has('hash-max-ziplist-entries') ? 'ziplist' : undefined,
  };
}

/** A denied or unknown command costs its field only. */
async function tolerate(reply: Promise<unknown>): Promise<unknown> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ServerError && (error.kind === 'no-permission' || error.kind === 'reply')) return undefined;
    throw error;
  }
}
