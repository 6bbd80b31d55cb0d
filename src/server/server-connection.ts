/**
 * A connection to a server or a cluster, as the rest of Keyscope sees it: commands in, bytes out, everything through the gate.
 * One physical link per database that is looked at (SELECT on a shared one would race), or per master of a cluster.
 */
import { hashSlot } from '../redis/hash-slot.ts';
import { keyPositions } from '../redis/key-positions.ts';
import type { ConnectionSpec } from './connection-spec.ts';
import { checkSpec, describeSpec } from './connection-spec.ts';
import { judge, parseCommand } from './gate.ts';
import type { ParsedCommand, ServerCommand } from './gate.ts';
import { Link } from './link.ts';
import { OWN_SCRIPTS } from './own-scripts.ts';
import type { OwnScript } from './own-scripts.ts';
import { ServerError } from './server-error.ts';
import { nodeOfSlot, parseClusterSlots, parseRedirect } from './topology.ts';
import type { ConnectionState, Reply, ServerNode, Timing, Words } from './types.ts';

export interface Question {
  /** `CONFIG SET`. */
  command: string;
  /** A sentence without its full stop: what is to be considered. */
  reason: string;
}

export interface ConnectOptions {
  /** Default true. */
  readOnly?: boolean;
  /** Asked before a dangerous command on a writable connection; without it such commands are refused. */
  confirm?: (question: Question) => Promise<boolean>;
  timing?: Partial<Timing>;
}

export interface Target {
  /** Database; default that of the connection. A cluster has only 0. */
  db?: number;
  /** Id of a node; default: the one that holds the command's keys. */
  node?: string;
}

const DEFAULT_TIMING: Timing = { connectTimeoutMs: 10_000, replyTimeoutMs: 30_000, maxRetryDelayMs: 5_000 };

/** MOVED and ASK are followed so many times: a slot may move again while we follow. */
const MAX_REDIRECTS = 5;

/** Masters are asked for again in this rhythm while one of them is lost: a replica may have taken its place. */
const TOPOLOGY_POLL_MS = 1_000;

/** Opens a connection; rejects with ServerError, whose message says what to do. */
export async function connect(spec: ConnectionSpec, options: ConnectOptions = {}): Promise<ServerConnection> {
  checkSpec(spec);
  const connection = new ServerConnection(spec, options);
  await connection.open();
  return connection;
}

export class ServerConnection {
  readonly readOnly: boolean;
  /** The address without its password. */
  readonly where: string;
  readonly #spec: ConnectionSpec;
  readonly #confirm: ConnectOptions['confirm'];
  readonly #timing: Timing;
  /** By database, or by node id in a cluster. */
  readonly #links = new Map<string, { link: Link; opened: Promise<void> }>();
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  readonly #commandInfo = new Map<string, Promise<ServerCommand | null | undefined>>();
  #state: ConnectionState = { status: 'connecting' };
  #cluster = false;
  #nodes: readonly ServerNode[] = [];
  #topologyTimer: NodeJS.Timeout | undefined;

  /** Use `connect`. */
  constructor(spec: ConnectionSpec, options: ConnectOptions) {
    this.#spec = spec;
    this.readOnly = options.readOnly ?? true;
    this.where = describeSpec(spec);
    this.#confirm = options.confirm;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The database that commands go to by default. */
  get db(): number {
    return this.#spec.db ?? 0;
  }

  get isCluster(): boolean {
    return this.#cluster;
  }

  /** The server itself, or the masters of the cluster in the order of their slots. */
  get nodes(): readonly ServerNode[] {
    return this.#nodes;
  }

  /** Looking at keys leaves their idle time and access counters alone (Redis 7.2 and later). */
  get notTouching(): boolean {
    return [...this.#links.values()].every(({ link }) => link.notTouching);
  }

  /** Calls back with every change; returns the way to stop it. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The node that holds a key. */
  nodeOf(key: Buffer | string): ServerNode {
    const node = this.#cluster ? nodeOfSlot(this.#nodes, hashSlot(key)) : this.#nodes[0];
    if (node === undefined) throw new ServerError('reply', `No master of the cluster serves slot ${hashSlot(key)}.`, 'CLUSTERDOWN');
    return node;
  }

  /**
   * Runs one command; bulk replies are Buffers, integers numbers, nil null.
   * @param name with a subcommand either as its first argument or after a space
   * Rejects with ServerError: `not-allowed` by the gate (nothing was sent), else what the server or the network said.
   */
  async command(name: string, args: readonly (string | Buffer)[] = [], target: Target = {}): Promise<unknown> {
    const parsed = parseCommand(name, args);
    await this.#pass(parsed);
    return this.#route(parsed, target);
  }

  /** Runs commands in one round trip (one per node); each has its own reply or error, the gate's included. Not atomic. */
  async pipeline(commands: readonly (readonly [name: string, ...args: (string | Buffer)[]])[], target: Target = {}): Promise<Reply[]> {
    const replies = new Array<Reply>(commands.length);
    const batches = new Map<Link, { index: number; parsed: ParsedCommand; words: Words }[]>();
    for (const [index, [name, ...args]] of commands.entries()) {
      try {
        const parsed = parseCommand(name, args);
        await this.#pass(parsed);
        const link = await this.#linkFor(parsed, target);
        const batch = batches.get(link) ?? [];
        batch.push({ index, parsed, words: toWords(parsed) });
        batches.set(link, batch);
      } catch (error) {
        replies[index] = { error: asServerError(error) };
      }
    }
    await Promise.all(
      [...batches].map(async ([link, batch]) => {
        const results = await link.sendMany(batch.map(({ words }) => words)).catch((error: unknown) => batch.map(() => ({ error: asServerError(error) })));
        for (const [at, { index, parsed }] of batch.entries()) {
          const reply = results[at] ?? { error: new ServerError('lost', 'No reply came.') };
          replies[index] = isRedirect(reply.error) ? await this.#follow(parsed, reply.error) : reply;
        }
      }),
    );
    return replies;
  }

  /** Runs one of our own scripts: EVAL_RO, or EVAL before Redis 7.0. Rejects with ServerError. */
  async script(script: OwnScript, args: readonly (string | Buffer)[], target: Target = {}): Promise<unknown> {
    const link = await this.#link(target);
    const text = OWN_SCRIPTS[script];
    if (!this.#withoutEvalRo) {
      try {
        return await link.send(['EVAL_RO', text, '0', ...args]);
      } catch (error) {
        if (!(error instanceof ServerError && error.kind === 'reply' && /unknown command/i.test(error.message))) throw error;
        this.#withoutEvalRo = true;
      }
    }
    return link.send(['EVAL', text, '0', ...args]);
  }
  #withoutEvalRo = false;

  /** Tries to reconnect now. */
  reconnect(): void {
    for (const { link } of this.#links.values()) link.reconnect();
  }

  close(): void {
    clearTimeout(this.#topologyTimer);
    for (const { link } of this.#links.values()) link.close();
    this.#setState({ status: 'closed' });
  }

  /** Part of `connect`. */
  async open(): Promise<void> {
    const seed = await this.#openLink(String(this.db), this.#spec);
    try {
      await this.#discover(seed);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#updateState();
  }

  async #discover(seed: Link): Promise<void> {
    const mode = await clusterMode(seed);
    if (mode === 'sentinel') {
      throw new ServerError('invalid-spec', `${this.where} is a Sentinel and holds no keys. Connect to the primary that it watches.`);
    }
    const { host = '127.0.0.1', port = 6379, path } = this.#spec;
    if (mode === 'standalone') {
      this.#nodes = [{ id: path ?? `${host}:${port}`, host, port, slots: [] }];
      return;
    }
    if (this.db !== 0) throw new ServerError('invalid-spec', `${this.where} is a cluster, which has only database 0. Leave the database out.`);
    this.#cluster = true;
    this.#nodes = parseClusterSlots(await seed.send(['CLUSTER', 'SLOTS']), host);
    if (this.#nodes.length === 0) {
      throw new ServerError('reply', `${this.where} is a cluster node, but no slots are assigned to any node yet (redis-cli --cluster create).`, 'CLUSTERDOWN');
    }
    await Promise.all(this.#nodes.map((node) => this.#openNode(node)));
    // The seed may be a replica, or a master under another name; from here on the masters do.
    this.#links.delete(String(this.db));
    seed.close();
  }

  async #pass(parsed: ParsedCommand): Promise<void> {
    const { name } = parsed;
    const verdict = judge(parsed, this.readOnly, await this.#serverCommand(name));
    if (verdict.allow === true) return;
    if (verdict.allow === 'ask') {
      if (this.#confirm === undefined) throw new ServerError('not-allowed', `${verdict.reason}; nobody is here to confirm it. Nothing was sent.`);
      if (await this.#confirm({ command: name, reason: verdict.reason })) return;
      throw new ServerError('not-allowed', `${name} was not confirmed. Nothing was sent.`);
    }
    const mode = this.readOnly ? 'This connection is read-only' : 'This is not possible here';
    throw new ServerError('not-allowed', `${mode}: ${verdict.reason}. Nothing was sent.`);
  }

  /** What the server says of a command: null where it knows none, undefined where it may not be asked. Asked once per name. */
  #serverCommand(name: string): Promise<ServerCommand | null | undefined> {
    const known = this.#commandInfo.get(name);
    if (known !== undefined) return known;
    const asked = this.#askCommandInfo(name);
    this.#commandInfo.set(name, asked);
    // A connection lost in between says nothing of the command.
    asked.catch(() => this.#commandInfo.delete(name));
    return asked;
  }

  async #askCommandInfo(name: string): Promise<ServerCommand | null | undefined> {
    // Names that are no words are refused in any case.
    if (!/^[A-Z0-9._| -]+$/.test(name)) return null;
    const link = await this.#link({});
    try {
      return parseCommandInfo(await link.send(['COMMAND', 'INFO', name.replace(' ', '|')]));
    } catch (error) {
      if (error instanceof ServerError && (error.kind === 'no-permission' || error.kind === 'reply')) return undefined;
      throw error;
    }
  }

  async #route(parsed: ParsedCommand, target: Target): Promise<unknown> {
    const link = await this.#linkFor(parsed, target);
    try {
      return await link.send(toWords(parsed));
    } catch (error) {
      if (!isRedirect(error)) throw error;
      const reply = await this.#follow(parsed, error);
      if (reply.error !== undefined) throw reply.error;
      return reply.value;
    }
  }

  /** To where a cluster node said that the slot is, or is going. */
  async #follow(parsed: ParsedCommand, redirect: ServerError): Promise<Reply> {
    let error = redirect;
    for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
      const to = parseRedirect(error.message);
      if (to === undefined) break;
      const host = to.host === '' ? (this.#spec.host ?? '127.0.0.1') : to.host;
      const ask = error.code === 'ASK';
      if (!ask) await this.#refreshTopology().catch(() => undefined);
      const link = await this.#openNode({ id: `${host}:${to.port}`, host, port: to.port, slots: [] });
      const words = toWords(parsed);
      const replies = await link.sendMany(ask ? [['ASKING'], words] : [words]);
      const reply = replies[replies.length - 1] ?? { error };
      if (!isRedirect(reply.error)) return reply;
      error = reply.error;
    }
    return { error };
  }

  async #linkFor(parsed: ParsedCommand, target: Target): Promise<Link> {
    if (!this.#cluster || target.node !== undefined) return this.#link(target);
    const { keys } = keyPositions(parsed.name, parsed.args.length, (index) => parsed.args[index]?.toString());
    const owners = new Set(keys.map(({ index }) => this.nodeOf(parsed.args[index] ?? '').id));
    const slots = new Set(keys.map(({ index }) => hashSlot(parsed.args[index] ?? '')));
    if (slots.size > 1) throw new ServerError('reply', `${parsed.name} names keys of several slots, which a cluster refuses. Send it per key.`, 'CROSSSLOT');
    const [owner] = owners;
    return this.#link({ node: owner });
  }

  async #link({ db = this.db, node }: Target): Promise<Link> {
    if (this.#state.status === 'closed') throw new ServerError('closed', `The connection to ${this.where} is closed.`);
    if (!this.#cluster) return this.#openLink(String(db), { ...this.#spec, db });
    if (db !== 0) throw new ServerError('invalid-spec', 'A cluster has only database 0.');
    const ready = this.#nodes.find(({ id }) => this.#links.get(id)?.link.state.status === 'ready');
    const chosen = node === undefined ? (ready ?? this.#nodes[0]) : this.#nodes.find(({ id }) => id === node);
    if (chosen === undefined) throw new ServerError('lost', `${node} is no master of the cluster any more. Refresh the view.`);
    return this.#openNode(chosen);
  }

  #openNode(node: ServerNode): Promise<Link> {
    return this.#openLink(node.id, { ...this.#spec, path: undefined, host: node.host, port: node.port, db: 0 });
  }

  async #openLink(id: string, spec: ConnectionSpec): Promise<Link> {
    const present = this.#links.get(id);
    if (present !== undefined) {
      await present.opened;
      return present.link;
    }
    const link = new Link(spec, this.#timing, () => this.#updateState());
    const opened = link.open();
    this.#links.set(id, { link, opened });
    try {
      await opened;
    } catch (error) {
      if (this.#links.get(id)?.link === link) this.#links.delete(id);
      throw error;
    }
    return link;
  }

  /** Standalone: the state of the first link, since all lead to one server. Cluster: the worst of its masters. */
  #updateState(): void {
    if (this.#state.status === 'closed' || this.#nodes.length === 0) return;
    const ids = this.#cluster ? this.#nodes.map(({ id }) => id) : [String(this.db)];
    const states = ids.map((id) => this.#links.get(id)?.link.state).filter((state) => state !== undefined);
    const worst = ['lost', 'reconnecting', 'connecting', 'ready'].map((status) => states.find((state) => state.status === status)).find((state) => state);
    if (worst !== undefined) this.#setState(worst);
    if (this.#cluster && worst !== undefined && worst.status !== 'ready') this.#watchTopology();
  }

  #setState(state: ConnectionState): void {
    if (this.#state.status === state.status && state.status !== 'lost' && state.status !== 'reconnecting') return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #watchTopology(): void {
    if (this.#topologyTimer !== undefined) return;
    this.#topologyTimer = setTimeout(() => {
      this.#topologyTimer = undefined;
      void this.#refreshTopology()
        .catch(() => undefined)
        .then(() => this.#updateState());
    }, TOPOLOGY_POLL_MS);
    this.#topologyTimer.unref();
  }

  async #refreshTopology(): Promise<void> {
    const link = [...this.#links.values()].find((entry) => entry.link.state.status === 'ready')?.link;
    if (link === undefined) return;
    const nodes = parseClusterSlots(await link.send(['CLUSTER', 'SLOTS']), this.#spec.host ?? '127.0.0.1');
    if (nodes.length === 0) return;
    const gone = this.#nodes.filter(({ id }) => !nodes.some((node) => node.id === id));
    this.#nodes = nodes;
    await Promise.allSettled(nodes.map((node) => this.#openNode(node)));
    for (const { id } of gone) {
      this.#links.get(id)?.link.close();
      this.#links.delete(id);
    }
  }
}

async function clusterMode(link: Link): Promise<'standalone' | 'cluster' | 'sentinel'> {
  try {
    const info = String(await link.send(['INFO', 'server']));
    const mode = /^redis_mode:(\w+)/m.exec(info)?.[1] ?? /^server_mode:(\w+)/m.exec(info)?.[1];
    return mode === 'cluster' || mode === 'sentinel' ? mode : 'standalone';
  } catch (error) {
    if (!(error instanceof ServerError) || error.kind === 'lost' || error.kind === 'timeout') throw error;
    // INFO is denied: only a cluster node answers this.
    return link.send(['CLUSTER', 'SLOTS']).then(
      () => 'cluster' as const,
      () => 'standalone' as const,
    );
  }
}

function toWords({ name, args }: ParsedCommand): Words {
  const [first = '', ...rest] = name.split(' ');
  return [first, ...rest, ...args];
}

/** One entry: [name, arity, flags, first, last, step, ACL categories (6.0), …]. */
function parseCommandInfo(reply: unknown): ServerCommand | null {
  const entry: unknown = Array.isArray(reply) ? reply[0] : null;
  if (!Array.isArray(entry)) return null;
  const words = (list: unknown): string[] => (Array.isArray(list) ? list.map((word) => String(word).toLowerCase()) : []);
  return { flags: words(entry[2]), acl: words(entry[6]) };
}

function isRedirect(error: unknown): error is ServerError {
  return error instanceof ServerError && (error.code === 'MOVED' || error.code === 'ASK');
}

function asServerError(error: unknown): ServerError {
  return error instanceof ServerError ? error : new ServerError('protocol', error instanceof Error ? error.message : String(error));
}
