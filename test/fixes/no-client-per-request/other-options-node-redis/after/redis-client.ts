// keyscope shared client v2 (node-redis)
/**
 * One Redis connection for the whole process. A Redis connection is multiplexed: any number of requests send their commands
 * over it at once, and none waits for another's reply. So nothing is gained by a client per request, and a handshake is lost.
 *
 *   import { redis } from './redis-client';
 *   const name = await (await redis()).get('name');
 *
 * Blocking commands (BLPOP, XREAD BLOCK …) and subscriptions take a connection for themselves: give them `duplicate()`.
 * Another database or server has a client of its own, shared by all who ask for the same: `await redisWith(options)`.
 * Call `close()` when the process shuts down. The server's address is REDIS_URL (rediss:// for TLS), default redis://127.0.0.1:6379.
 */
import { createClient, ErrorReply } from 'redis';

/** The longest pause between two attempts to connect. */
const MAX_RETRY_DELAY_MS = 2_000;
/** How long redis() waits for the connection before it rejects; attempts go on meanwhile and after. */
const READY_TIMEOUT_MS = 5_000;
/** An idle connection is kept open through firewalls and NAT by TCP keep-alive, first sent after this time. */
const KEEP_ALIVE_MS = 10_000;
/** How often a PING asks whether the other end is still there: a half-open socket looks healthy from here. */
const HEALTH_CHECK_INTERVAL_MS = 30_000;
/** A PING without a reply for so long means that it is not; longer than any command of yours should take. */
const PING_TIMEOUT_MS = 10_000;
/** How long close() lets commands finish. */
const CLOSE_TIMEOUT_MS = 5_000;

/** Modules and scripts change what a client's methods are: they belong into create(). */
type Options = Omit<NonNullable<Parameters<typeof createClient>[0]>, 'modules' | 'functions' | 'scripts' | 'RESP' | 'commandOptions'>;

export type RedisClient = ReturnType<typeof create>;

interface Shared {
  client: RedisClient;
  healthCheck: ReturnType<typeof setInterval>;
  /** Pending while somebody is waiting for the connection: all who ask wait for the same. */
  opening?: Promise<void> | undefined;
}

// By what they connect to. On globalThis, because development servers evaluate this module anew on each change, which must not open another connection.
const slot = globalThis as unknown as { keyscopeNodeRedisClients?: Map<string, Shared> | undefined };

let lastError = '';

/** The shared client, connected; the first call opens the connection. Rejects where Redis cannot be reached in time. */
export function redis(): Promise<RedisClient> {
  return redisWith({ url: process.env['REDIS_URL'] || 'redis://127.0.0.1:6379' });
}

/**
 * The shared client with other options than redis(), connected: one for each distinct set of them, open until close().
 * So give it options of the program, never of a request: nothing limits how many there are.
 */
export async function redisWith(options: Options): Promise<RedisClient> {
  const clients = (slot.keyscopeNodeRedisClients ??= new Map<string, Shared>());
  const key = keyOf(options);
  const shared = clients.get(key) ?? open(options);
  clients.set(key, shared);
  if (!shared.client.isReady) {
    shared.opening ??= untilReady(shared.client).finally(() => {
      shared.opening = undefined;
    });
    await shared.opening;
  }
  return shared.client;
}

/** Resolves when Redis answers; rejects where it cannot be reached. For a readiness probe, or to fail early at start. */
export async function ready(): Promise<void> {
  await (await redis()).ping();
}

/** A connection of its own, with the same options, for blocking commands and subscriptions. Whoever asks for it closes it. */
export async function duplicate(): Promise<RedisClient> {
  const client = (await redis()).duplicate();
  client.on('error', report);
  await client.connect();
  return client;
}

/** Lets the commands that were sent finish and closes every shared connection. A later redis() opens a new one. */
export async function close(): Promise<void> {
  const all = [...(slot.keyscopeNodeRedisClients?.values() ?? [])];
  slot.keyscopeNodeRedisClients = undefined;
  await Promise.all(all.map(end));
}

async function end({ client, healthCheck }: Shared): Promise<void> {
  clearInterval(healthCheck);
  // Replies come in the order of the commands: with this one, those of all before it are here.
  if (client.isReady) await within(CLOSE_TIMEOUT_MS, client.ping().catch(() => undefined));
  if (client.isOpen) client.destroy();
}

/** Equal for equal options; functions count by their text. */
function keyOf(options: unknown): string {
  return JSON.stringify(options, (_name, value: unknown) => (typeof value === 'function' ? String(value) : value));
}

function create(options: Options) {
  const socket = {
    ...options.socket,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    reconnectStrategy: (attempt: number) => retryDelay(attempt),
  };
  return createClient({ ...options, socket });
}

function open(options: Options): Shared {
  const client = create(options);
  // Without a listener an error would end the process.
  client.on('error', report);
  client.on('ready', () => {
    lastError = '';
  });
  connect(client);
  const healthCheck = setInterval(() => void check(client), HEALTH_CHECK_INTERVAL_MS);
  // The timer alone does not keep the process running.
  healthCheck.unref();
  return { client, healthCheck };
}

function connect(client: RedisClient): void {
  client.connect().catch(() => undefined); // Its errors come to the listener too.
}

function untilReady(client: RedisClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const onReady = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      client.off('ready', onReady);
      reject(new Error(`Redis is not reachable${lastError && `: ${lastError}`}`));
    }, READY_TIMEOUT_MS);
    client.once('ready', onReady);
  });
}

/** Doubles from 50 ms up to the cap; the random half keeps many processes from coming back at the same moment. */
function retryDelay(attempt: number): number {
  const delay = Math.min(50 * 2 ** attempt, MAX_RETRY_DELAY_MS);
  return Math.round(delay / 2 + (Math.random() * delay) / 2);
}

/** Drops a connection whose other end no longer answers and connects anew; commands without a reply reject. */
async function check(client: RedisClient): Promise<void> {
  if (!client.isReady) return;
  // A refusal is an answer too, and a lost connection is noticed by the client itself.
  const answered = await within(PING_TIMEOUT_MS, client.ping().then(() => true, (error: unknown) => error instanceof ErrorReply || !client.isReady));
  if (!answered && client.isReady) {
    report(new Error(`no reply to PING within ${PING_TIMEOUT_MS} ms, connecting anew`));
    client.destroy();
    connect(client);
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
  const text = error.message || error.code || error.name;
  if (!lastError) console.error(`Redis: ${text}`);
  lastError = text;
}
