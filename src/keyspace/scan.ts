/** Pages of key names by SCAN, with one cursor per node. Never KEYS. */
import { toCompact } from '../redis/key-bytes.ts';
import { ServerError } from '../server/server-error.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import type { Capabilities } from './capabilities.ts';
import type { KeyPage, ScanCursor, ScanRequest } from './types.ts';

const DEFAULT_PAGE = 1_000;
const DEFAULT_MAX_MS = 400;

/** SCAN walks some 0.6 million keys a second: 2,500 hold the server for about 4 ms (10,000 for 13 to 19 ms, shared/RULES.md). */
const MAX_COUNT = 2_500;
const MIN_COUNT = 100;
/** Of each of many masters. */
const MIN_SHARE = 10;

/** What a call takes longer than a DBSIZE is the server's work and the names on the wire: from here on smaller steps, under the other larger ones. */
const SLOW_CALL_MS = 15;
const FAST_CALL_MS = 5;

/** One page. Rejects with ServerError, or with the signal's reason. */
export async function scanPage(connection: ServerConnection, capabilities: Capabilities, request: ScanRequest = {}): Promise<KeyPage> {
  const { db, pageSize = DEFAULT_PAGE, maxMs = DEFAULT_MAX_MS, signal } = request;
  const end = performance.now() + maxMs;
  const filtered = (request.match !== undefined && String(request.match) !== '*') || request.type !== undefined;
  let cursor: ScanCursor | undefined = request.cursor ?? startCursor(connection, pageSize);
  const begun = performance.now();
  const total = await countKeys(connection, db);
  const roundTripMs = performance.now() - begun;
  const found = new Map<string, Buffer>();
  let examined: number;
  do {
    signal?.throwIfAborted();
    // Without a filter COUNT keys come back: no more than are wanted. With one, as many as the server does in time.
    const count: number = filtered ? cursor.count : Math.min(cursor.count, Math.max(MIN_COUNT, pageSize - found.size));
    const step: Step = await scanStep(connection, capabilities, { cursor, count, roundTripMs }, request);
    for (const key of step.keys) found.set(toCompact(key), key);
    cursor = step.cursor;
    examined = step.examined;
  } while (cursor !== undefined && found.size < pageSize && performance.now() < end);
  return { keys: [...found.values()], cursor, examined: cursor === undefined ? (total ?? examined) : Math.min(examined, total ?? examined), total };
}

function startCursor(connection: ServerConnection, pageSize: number): ScanCursor {
  const count = Math.min(MAX_COUNT, Math.max(MIN_COUNT, pageSize));
  return { nodes: connection.nodes.map(({ id }) => ({ node: id, cursor: '0' })), count, examined: 0 };
}

interface Step {
  keys: Buffer[];
  cursor: ScanCursor | undefined;
  /** Since the scan began. */
  examined: number;
}

/** One SCAN on every node that is not done, at the same time; COUNT shared among them. */
async function scanStep(
  connection: ServerConnection,
  capabilities: Capabilities,
  { cursor: from, count, roundTripMs }: { cursor: ScanCursor; count: number; roundTripMs: number },
  request: ScanRequest,
): Promise<Step> {
  const share = Math.max(MIN_SHARE, Math.ceil(count / from.nodes.length));
  const started = performance.now();
  const parts = await Promise.all(
    from.nodes.map(async ({ node, cursor }) => {
      // The master may have been replaced by its replica: whose cursor starts anew, and names seen before come again.
      const known = connection.nodes.some(({ id }) => id === node);
      return known ? scanNode(connection, capabilities, node, cursor, share, request) : { node, cursor: '0', keys: [] };
    }),
  );
  const took = performance.now() - started - roundTripMs;
  const nodes = parts.filter(({ cursor }) => cursor !== '0').map(({ node, cursor }) => ({ node, cursor }));
  const factor = took > SLOW_CALL_MS ? 0.5 : took < FAST_CALL_MS ? 2 : 1;
  const examined = from.examined + share * from.nodes.length;
  const next = Math.min(MAX_COUNT, Math.max(MIN_COUNT, from.count * factor));
  return {
    keys: parts.flatMap(({ keys }) => keys),
    cursor: nodes.length === 0 ? undefined : { nodes, count: Math.round(next), examined },
    examined,
  };
}

async function scanNode(
  connection: ServerConnection,
  capabilities: Capabilities,
  node: string,
  cursor: string,
  count: number,
  { db, match, type }: ScanRequest,
): Promise<{ node: string; cursor: string; keys: Buffer[] }> {
  const options: (string | Buffer)[] = [cursor, 'COUNT', String(count)];
  if (match !== undefined && match.length > 0) options.push('MATCH', match);
  if (type !== undefined && capabilities.scanType) options.push('TYPE', type);
  let reply: unknown;
  try {
    reply = await connection.command('SCAN', options, { db, node });
  } catch (error) {
    if (!(type !== undefined && capabilities.scanType && error instanceof ServerError && /syntax error/i.test(error.message))) throw error;
    capabilities.scanType = false;
    return scanNode(connection, capabilities, node, cursor, count, { db, match, type });
  }
  const [next, names] = reply as [unknown, Buffer[]];
  const keys = type !== undefined && !capabilities.scanType ? await keysOfType(connection, names, type, { db, node }) : names;
  return { node, cursor: String(next), keys };
}

async function keysOfType(connection: ServerConnection, keys: Buffer[], type: string, target: { db?: number; node: string }): Promise<Buffer[]> {
  const replies = await connection.pipeline(
    keys.map((key) => ['TYPE', key] as const),
    target,
  );
  return keys.filter((_, index) => String(replies[index]?.value) === type);
}

/** DBSIZE over all nodes; undefined where it is denied. It counts expired keys that are not removed yet. */
export async function countKeys(connection: ServerConnection, db?: number): Promise<number | undefined> {
  const counts = await Promise.all(
    connection.nodes.map(async ({ id }) => {
      try {
        return Number(await connection.command('DBSIZE', [], { db, node: id }));
      } catch (error) {
        if (error instanceof ServerError && (error.kind === 'no-permission' || error.kind === 'reply')) return undefined;
        throw error;
      }
    }),
  );
  return counts.reduce<number | undefined>((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}
