/** One saved connection as it lives: closed, being opened, ready, lost and coming back, or refused with a reason. */
import type { KeyFacts, Keyspace } from '../../keyspace/index.ts';
import type { ConnectionState, InfoSnapshot, Question, ServerConnection, ServerError, ServerErrorKind } from '../../server/index.ts';
import type * as RedisBundle from '../../keyspace/live.ts';
import { resolveSpec } from './connection-config.ts';
import type { SavedConnection, StoredCredentials } from './connection-store.ts';

/** ioredis and the layers over it: loaded when the first connection opens. */
type Redis = typeof RedisBundle;

/** `failed`: it could not be opened; the next attempt comes in `retryInMs` (undefined: none by itself). `editable`: a change of its settings would help. */
export type LiveState = ConnectionState | { status: 'failed'; error: Error; retryInMs: number | undefined; editable: boolean };

/** What may be different in a moment: the server starts, the network comes back. Others need a person. */
const PASSING: ReadonlySet<ServerErrorKind> = new Set(['refused', 'unreachable', 'timeout', 'loading', 'unknown-host', 'lost']);
/** What the person has typed is wrong, or not enough; as with a variable or a file that is missing, which are no ServerErrors. */
const EDITABLE: ReadonlySet<ServerErrorKind> = new Set(['invalid-spec', 'auth-required', 'wrong-password', 'tls-required', 'tls-unexpected', 'certificate']);
/** Between attempts to open a connection that has never been ready. */
const RETRY_MS = 3_000;

export interface LiveConnectionOptions {
  saved: SavedConnection;
  writable: boolean;
  /** Why it is not writable though it once was. */
  whyReadOnly?: string;
  credentials(): Promise<StoredCredentials>;
  confirm(question: Question): Promise<boolean>;
  onChange(): void;
}

export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  #state: LiveState = { status: 'closed' };
  #open: { connection: ServerConnection; keyspace: Keyspace; redis: Redis } | undefined;
  #opening: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #epoch = 0;
  #closedByPerson = false;
  #info: InfoSnapshot | undefined;
  #withheld: string | undefined;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.saved.config.name;
  }

  get saved(): SavedConnection {
    return this.#options.saved;
  }

  get writable(): boolean {
    return this.#options.writable;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** What was not done though the person once said so, because its settings have changed: stored secrets were not sent, writes are refused. */
  get notes(): string[] {
    return [this.#withheld, this.#options.whyReadOnly].filter((note) => note !== undefined);
  }

  /** The server's INFO when it was last ready. */
  get info(): InfoSnapshot | undefined {
    return this.#info;
  }

  /** The database of its address; undefined while it is not open. */
  get db(): number | undefined {
    return this.#open?.connection.db;
  }

  /** Why a key is encoded as it is; undefined where it is not known, or the connection is gone. */
  async encodingReason(facts: KeyFacts): Promise<string | undefined> {
    return await this.#open?.keyspace.encodingReason(facts).catch(() => undefined);
  }

  /** What commands go through. @throws Error while it is not open, which says why. */
  get open(): { keyspace: Keyspace; redis: Redis } {
    const why = this.#state.status === 'failed' ? this.#state.error.message : 'Connect it in the Keys view.';
    if (this.#open === undefined) throw new Error(`“${this.name}” is not connected. ${why}`);
    return this.#open;
  }

  /** Closed on purpose: opening it again waits for the person, too. */
  get closedByPerson(): boolean {
    return this.#closedByPerson;
  }

  /** Opens it if it is not open; never rejects: the outcome is the state. */
  connect(): Promise<void> {
    this.#closedByPerson = false;
    if (this.#open !== undefined) {
      this.#open.connection.reconnect();
      return Promise.resolve();
    }
    if (this.#opening === undefined) {
      const opening = this.#connect(++this.#epoch).finally(() => {
        if (this.#opening === opening) this.#opening = undefined;
      });
      this.#opening = opening;
    }
    return this.#opening;
  }

  disconnect(): void {
    this.#closedByPerson = true;
    this.close();
  }

  close(): void {
    this.#epoch++;
    // What is under way comes to nothing: who connects again waits for another.
    this.#opening = undefined;
    clearTimeout(this.#retry);
    this.#open?.connection.close();
    this.#open = undefined;
    this.#setState({ status: 'closed' });
  }

  async #connect(epoch: number): Promise<void> {
    clearTimeout(this.#retry);
    this.#setState({ status: 'connecting' });
    try {
      const redis = await import('../../keyspace/live.ts');
      const { credentials, withheld } = await this.#options.credentials();
      if (epoch === this.#epoch) this.#withheld = withheld;
      const spec = resolveSpec(this.saved.config, credentials);
      const connection = await redis.connect(spec, { readOnly: !this.writable, confirm: (question) => this.#options.confirm(question) });
      if (epoch !== this.#epoch) return connection.close();
      // The keyspace first: it forgets what it knows of a lost server before anybody asks it again.
      this.#open = { connection, keyspace: new redis.Keyspace(connection), redis };
      connection.onState((state) => void this.#follow(connection, state));
      await this.#follow(connection, connection.state);
    } catch (error) {
      if (epoch === this.#epoch) this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const kind = isServerError(error) ? error.kind : undefined;
    const retryInMs = kind !== undefined && PASSING.has(kind) ? RETRY_MS : undefined;
    if (retryInMs !== undefined) this.#retry = setTimeout(() => void this.connect(), retryInMs);
    const message = error instanceof Error ? error.message : String(error);
    const wanted = this.#withheld !== undefined && (kind === 'auth-required' || kind === 'wrong-password' || kind === 'no-permission');
    const said = wanted ? new Error(`${this.#withheld} Edit the connection to give them again. (${message})`) : error instanceof Error ? error : new Error(message);
    this.#setState({ status: 'failed', error: said, retryInMs, editable: kind === undefined || EDITABLE.has(kind) });
  }

  /** After a loss the server may be another one: it is asked who it is before the state says ready. */
  async #follow(connection: ServerConnection, state: ConnectionState): Promise<void> {
    if (state.status === 'ready') this.#info = await this.#open?.keyspace.server().catch(() => undefined);
    if (this.#open?.connection === connection) this.#setState(connection.state);
  }

  #setState(state: LiveState): void {
    this.#state = state;
    this.#options.onChange();
  }
}

/** By shape: the class lives in another bundle. */
export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && error.name === 'ServerError' && 'kind' in error;
}
