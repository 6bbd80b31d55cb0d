/**
 * One physical connection to one database of one node. The only file that holds an ioredis object, and it lets none out:
 * what is sent comes from ServerConnection, behind the gate.
 */
import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { explainConnect, explainReply, ServerError } from './server-error.ts';
import type { ConnectionSpec } from './connection-spec.ts';
import { describeSpec } from './connection-spec.ts';
import { connectorFor, SocketWatch } from './socket.ts';
import type { ConnectionState, Reply, Timing, Words } from './types.ts';

/** LOADING is asked again after this time. */
const LOADING_POLL_MS = 500;

/** First wait after a loss; doubles with each attempt. */
const FIRST_RETRY_MS = 100;

/** They will not heal by themselves: trying again could only lock the account. */
const FINAL = new Set(['wrong-password', 'auth-required', 'certificate', 'invalid-spec']);

export class Link {
  readonly where: string;
  #redis: Redis;
  #state: ConnectionState = { status: 'connecting' };
  #everReady = false;
  #closed = false;
  #attempts = 0;
  #lastError: ServerError | undefined;
  #notTouching = false;
  #watch = new SocketWatch();
  #onState: (state: ConnectionState) => void;
  /** Ends `open`. */
  #settle: (error?: ServerError) => void = () => undefined;

  constructor(
    readonly spec: ConnectionSpec,
    readonly timing: Timing,
    onState: (state: ConnectionState) => void,
  ) {
    this.where = describeSpec(spec);
    this.#onState = onState;
    this.#redis = new Redis(this.#options());
    this.#redis.on('error', (error: Error) => {
      this.#lastError = this.#explainConnect(error);
    });
    this.#redis.on('connecting', () => {
      if (this.#everReady) this.#setState({ status: 'reconnecting', attempt: this.#attempts, error: this.#lostError() });
    });
    this.#redis.on('ready', () => void this.#setUp());
    // `reconnecting` carries the delay, `end` says that there will be no attempt.
    this.#redis.on('reconnecting', (delay: number) => this.#lost(delay));
    this.#redis.on('end', () => this.#lost(undefined));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The server leaves LRU and LFU data alone when we look (CLIENT NO-TOUCH, Redis 7.2). */
  get notTouching(): boolean {
    return this.#notTouching;
  }

  /** Resolves when commands may be sent; rejects with ServerError at the first failure. LOADING is waited out as long as a connect may take. */
  async open(): Promise<void> {
    const { connectTimeoutMs } = this.timing;
    const deadline = Date.now() + connectTimeoutMs;
    const settled = new Promise<void>((resolve, reject) => {
      this.#settle = (error) => {
        if (error === undefined) resolve();
        else if (error.kind !== 'loading' || Date.now() > deadline) reject(error);
      };
    });
    // ioredis's own limit ends with the TCP or TLS handshake; this one also covers a server that never answers.
    const timer = setTimeout(() => this.#settle(this.#explainConnect(new Error('timed out'))), connectTimeoutMs + LOADING_POLL_MS);
    this.#redis.connect().catch(() => undefined); // its events say more than its rejection
    try {
      await settled;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#settle = () => undefined;
    }
  }

  /** Replies as Buffers. Rejects with ServerError. Names go out in upper case, which ioredis does not transform. */
  async send([name, ...args]: Words): Promise<unknown> {
    this.#assertReady();
    try {
      return await this.#redis.callBuffer(name, ...args);
    } catch (error) {
      throw this.#explain(error, name);
    }
  }

  /** One round trip. */
  async sendMany(lines: readonly Words[]): Promise<Reply[]> {
    this.#assertReady();
    if (lines.length === 0) return [];
    const pipeline = this.#redis.pipeline();
    for (const [name, ...args] of lines) pipeline.callBuffer(name, ...args);
    const results = (await pipeline.exec()) ?? [];
    return lines.map(([name], index) => {
      const [error, value] = results[index] ?? [new Error('Connection is closed.'), undefined];
      return error === null ? { value } : { error: this.#explain(error, name) };
    });
  }

  /** Tries at once again, also where no attempt was planned. */
  reconnect(): void {
    if (this.#closed || !['reconnecting', 'close', 'end'].includes(this.#redis.status)) return;
    this.#redis.connect().catch(() => undefined);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#redis.disconnect();
    this.#setState({ status: 'closed' });
  }

  #options(): RedisOptions {
    const { spec, timing } = this;
    return {
      Connector: connectorFor(spec, this.#watch),
      username: spec.username,
      password: spec.password,
      db: spec.db ?? 0,
      // Ours makes the socket; ioredis has to know which event says that it is open.
      tls: spec.tls === undefined ? undefined : {},
      connectionName: 'keyscope',
      clientInfoTag: 'keyscope',
      // Every server speaks it, and every bulk reply comes as bytes; RESP3 would bring doubles and booleans beside them.
      protocol: 2,
      lazyConnect: true,
      // INFO, which ioredis would ask, may be denied by ACL; #setUp asks PING.
      enableReadyCheck: false,
      // A command either runs now or fails now: nothing waits in a queue to be run when the person has gone on, nothing is sent twice.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: timing.connectTimeoutMs,
      socketTimeout: timing.replyTimeoutMs,
      retryStrategy: (attempt) => this.#retryDelay(attempt),
    };
  }

  #retryDelay(attempt: number): number | null {
    this.#attempts = attempt;
    if (!this.#everReady || this.#closed || (this.#lastError !== undefined && FINAL.has(this.#lastError.kind))) return null;
    return Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), this.timing.maxRetryDelayMs);
  }

  /** PING tells whether the server takes commands from this user: NOAUTH and LOADING come only now. */
  async #setUp(): Promise<void> {
    const redis = this.#redis;
    const db = this.spec.db ?? 0;
    // ioredis has sent SELECT, but goes on in database 0 where it failed.
    const [ping, noTouch, select] = await Promise.allSettled([redis.call('PING'), redis.call('CLIENT', 'NO-TOUCH', 'ON'), db === 0 ? undefined : redis.select(db)]);
    if (this.#closed || redis.status !== 'ready') return;
    const error = ping.status === 'rejected' ? explainReply(ping.reason, 'PING') : undefined;
    if (error?.kind === 'loading') {
      this.#lastError = error;
      this.#setState(this.#everReady ? { status: 'reconnecting', attempt: this.#attempts, error } : { status: 'connecting', error });
      this.#settle(error);
      setTimeout(() => void this.#setUp(), LOADING_POLL_MS).unref();
      return;
    }
    // Any other refusal than that of the user comes from a server that is there.
    if (error?.kind === 'auth-required' || error?.kind === 'wrong-password') {
      this.#lastError = explainConnect(error, this.where, false);
      redis.disconnect();
      return;
    }
    if (error?.kind === 'lost' || error?.kind === 'timeout') return;
    if (select.status === 'rejected') {
      this.#lastError = new ServerError('invalid-spec', `${this.where}: database ${db} cannot be opened (${explainReply(select.reason, 'SELECT').message}).`);
      redis.disconnect();
      return;
    }
    this.#notTouching = noTouch.status === 'fulfilled';
    this.#everReady = true;
    this.#lastError = undefined;
    this.#attempts = 0;
    this.#setState({ status: 'ready' });
    this.#settle();
  }

  #explainConnect(error: unknown): ServerError {
    return this.#watch.explain(error, this.where, this.spec.tls !== undefined);
  }

  #lost(retryInMs: number | undefined): void {
    if (this.#closed) return;
    const error = this.#lostError();
    if (this.#everReady) this.#setState({ status: 'lost', error, retryInMs });
    this.#settle(this.#everReady ? error : (this.#lastError ?? this.#explainConnect(new Error('Connection is closed.'))));
  }

  #lostError(): ServerError {
    return this.#lastError ?? new ServerError('lost', `The connection to ${this.where} was lost.`);
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#onState(state);
  }

  #assertReady(): void {
    if (this.#state.status === 'ready') return;
    if (this.#state.status === 'closed') throw new ServerError('closed', `The connection to ${this.where} is closed.`);
    throw new ServerError('lost', this.#lostError().message);
  }

  #explain(error: unknown, command: string): ServerError {
    return this.#closed ? new ServerError('closed', `The connection to ${this.where} was closed.`) : explainReply(error, command);
  }
}
