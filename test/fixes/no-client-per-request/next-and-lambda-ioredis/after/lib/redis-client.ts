// keyscope shared client v2 (ioredis)
/**
 * One Redis connection for the whole process. A Redis connection is multiplexed: any number of requests send their commands
 * over it at once, and none waits for another's reply. So nothing is gained by a client per request, and a handshake is lost.
 *
 *   import { redis } from './redis-client';
 *   const name = await redis().get('name');
 *
 * Blocking commands (BLPOP, XREAD BLOCK …) and subscriptions take a connection for themselves: give them `duplicate()`.
 * Another database, key prefix or server has a client of its own, shared by all who ask for the same: `redisWith(options)`.
 * Call `close()` when the process shuts down. The server's address is REDIS_URL (rediss:// for TLS), default redis://127.0.0.1:6379.
 */
import { Redis } from 'ioredis';

/** The longest pause between two attempts to connect. */
const MAX_RETRY_DELAY_MS = 2_000;
/** While Redis is away a command waits for that many attempts, 4 to 8 seconds with these delays, and then rejects. */
const MAX_RETRIES_PER_REQUEST = 8;
/** An idle connection is kept open through firewalls and NAT by TCP keep-alive, first sent after this time. */
const KEEP_ALIVE_MS = 10_000;
/** How often a PING asks whether the other end is still there: a half-open socket looks healthy from here. */
const HEALTH_CHECK_INTERVAL_MS = 30_000;
/** A PING without a reply for so long means that it is not; longer than any command of yours should take. */
const PING_TIMEOUT_MS = 10_000;
/** How long close() lets commands finish. */
const CLOSE_TIMEOUT_MS = 5_000;

/** A mapping of replies (ioredis 6) changes what a client's methods give: it belongs into open(). */
type Options = Omit<Redis['options'], 'replyMapping'>;

interface Shared {
  client: Redis;
  healthCheck: ReturnType<typeof setInterval>;
}

// By what they connect to. On globalThis, because development servers evaluate this module anew on each change, which must not open another connection.
const slot = globalThis as unknown as { keyscopeIoredisClients?: Map<string, Shared> | undefined };

let reported = false;

/** The shared client, at once; the first command opens the connection, and commands queue while it is being opened. */
export function redis(): Redis {
  return redisWith(process.env['REDIS_URL'] || 'redis://127.0.0.1:6379');
}

/**
 * The shared client with other options than redis(): one for each distinct set of them, open until close().
 * So give it options of the program, never of a request: nothing limits how many there are.
 */
export function redisWith(address: string | Options, options: Options = {}): Redis {
  const clients = (slot.keyscopeIoredisClients ??= new Map<string, Shared>());
  const key = keyOf([address, options]);
  const shared = clients.get(key) ?? open(address, options);
  clients.set(key, shared);
  return shared.client;
}

/** Resolves when Redis answers; rejects where it cannot be reached. For a readiness probe, or to fail early at start. */
export async function ready(): Promise<void> {
  await redis().ping();
}

/** A connection of its own, with the same options, for blocking commands and subscriptions. Whoever asks for it ends it by quit(). */
export function duplicate(): Redis {
  const client = redis().duplicate({ maxRetriesPerRequest: null });
  client.on('error', report);
  return client;
}

/** Lets the commands that were sent finish and closes every shared connection. A later redis() opens a new one. */
export async function close(): Promise<void> {
  const all = [...(slot.keyscopeIoredisClients?.values() ?? [])];
  slot.keyscopeIoredisClients = undefined;
  await Promise.all(all.map(end));
}

async function end({ client, healthCheck }: Shared): Promise<void> {
  clearInterval(healthCheck);
  // Replies come in the order of the commands: with this one, those of all before it are here. 'wait' was never opened.
  if (client.status !== 'wait') await within(CLOSE_TIMEOUT_MS, client.ping().catch(() => undefined));
  client.disconnect();
}

/** Equal for equal options; functions count by their text. */
function keyOf(options: unknown): string {
  return JSON.stringify(options, (_name, value: unknown) => (typeof value === 'function' ? String(value) : value));
}

function open(address: string | Options, given: Options): Shared {
  const options: Options = {
    maxRetriesPerRequest: MAX_RETRIES_PER_REQUEST,
    ...(typeof address === 'string' ? given : address),
    // What one request may do without, all of them together need.
    lazyConnect: true,
    enableOfflineQueue: true,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: (attempt) => retryDelay(attempt),
  };
  const client = typeof address === 'string' ? new Redis(address, options) : new Redis(options);
  // Without a listener ioredis writes every failed attempt to the console.
  client.on('error', report);
  client.on('ready', () => {
    reported = false;
  });
  const healthCheck = setInterval(() => void check(client), HEALTH_CHECK_INTERVAL_MS);
  // The timer alone does not keep the process running.
  healthCheck.unref();
  return { client, healthCheck };
}

/** Doubles from 50 ms up to the cap; the random half keeps many processes from coming back at the same moment. */
function retryDelay(attempt: number): number {
  const delay = Math.min(50 * 2 ** (attempt - 1), MAX_RETRY_DELAY_MS);
  return Math.round(delay / 2 + (Math.random() * delay) / 2);
}

/** Drops a connection whose other end no longer answers; ioredis then connects anew and sends again what had no reply. */
async function check(client: Redis): Promise<void> {
  if (client.status !== 'ready') return;
  // An error is an answer, or a lost connection that ioredis has noticed by itself.
  const answered = await within(PING_TIMEOUT_MS, client.ping().then(() => true, () => true));
  if (!answered && client.status === 'ready') {
    report(new Error(`no reply to PING within ${PING_TIMEOUT_MS} ms, connecting anew`));
    client.disconnect(true);
  }
}

/** What the promise gives, or undefined where it is still pending after that time. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An outage is reported once, not at each attempt. */
function report(error: Error & { code?: string }): void {
  if (!reported) console.error(`Redis: ${error.message || error.code}`);
  reported = true;
}
