/**
 * A connection to a server or a cluster, as the rest of Keyscope sees it: commands in, bytes out, everything through the gate.
 */
import { hashSlot } from '../redis/hash-slot.ts';
import { keyPositions } from '../redis/key-positions.ts';
import { CommandInfoCache } from './command-info.ts';
import type { ConnectionSpec } from './connection-spec.ts';
import { checkSpec } from './connection-spec.ts';
import { judge, parseCommand } from './gate.ts';
import type { ParsedCommand } from './gate.ts';
import type { Link } from './link.ts';
import { NodeLinks } from './node-links.ts';
import { OWN_SCRIPTS } from './own-scripts.ts';
import type { OwnScript } from './own-scripts.ts';
import { withoutSecrets } from './reply-secrets.ts';
import { ServerError } from './server-error.ts';
import { parseRedirect } from './topology.ts';
import type { ConnectionState, Reply, ServerNode, Target, Timing, Words } from './types.ts';

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

const DEFAULT_TIMING: Timing = { connectTimeoutMs: 10_000, replyTimeoutMs: 30_000, maxRetryDelayMs: 5_000 };

/** MOVED and ASK are followed so many times: a slot may move again while we follow. */
const MAX_REDIRECTS = 5;

/** Opens a connection; rejects with ServerError, whose message says what to do. */
export async function connect(spec: ConnectionSpec, options: ConnectOptions = {}): Promise<ServerConnection> {
  checkSpec(spec);
  const listeners = new Set<(state: ConnectionState) => void>();
  const links = new NodeLinks(spec, { ...DEFAULT_TIMING, ...options.timing }, (state) => {
    for (const listener of listeners) listener(state);
  });
  await links.open();
  return new ServerConnection(links, listeners, options);
}

export class ServerConnection {
  readonly readOnly: boolean;
  readonly #links: NodeLinks;
  readonly #listeners: Set<(state: ConnectionState) => void>;
  readonly #confirm: ConnectOptions['confirm'];
  readonly #commandInfo: CommandInfoCache;
  /** Known once a server before 7.0 has refused it. */
  #withoutEvalRo = false;

  /** Use `connect`. */
  constructor(links: NodeLinks, listeners: Set<(state: ConnectionState) => void>, options: ConnectOptions) {
    this.#links = links;
    this.#listeners = listeners;
    this.readOnly = options.readOnly ?? true;
    this.#confirm = options.confirm;
    this.#commandInfo = new CommandInfoCache(async (words) => (await links.link({})).send(words));
    this.onState(({ status }) => {
      if (status !== 'lost') return;
      this.#commandInfo.clear();
      this.#withoutEvalRo = false;
    });
  }

  /** The address without its password. */
  get where(): string {
    return this.#links.where;
  }

  get state(): ConnectionState {
    return this.#links.state;
  }

  /** The database that commands go to by default. */
  get db(): number {
    return this.#links.db;
  }

  get isCluster(): boolean {
    return this.#links.isCluster;
  }

  /** The server itself, or the masters of the cluster in the order of their slots. */
  get nodes(): readonly ServerNode[] {
    return this.#links.nodes;
  }

  /** Looking at keys leaves their idle time and access counters alone (CLIENT NO-TOUCH, Redis 7.2 and later). */
  get notTouching(): boolean {
    return this.#links.notTouching;
  }

  /** Calls back with every change; returns the way to stop it. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The node that holds a key. */
  nodeOf(key: Buffer | string): ServerNode {
    return this.#links.nodeOf(key);
  }

  /**
   * Runs one command; bulk replies are Buffers, integers numbers, nil null.
   * @param name with a subcommand either as its first argument or after a space
   * Rejects with ServerError: `not-allowed` by the gate (nothing was sent), else what the server or the network said.
   */
  async command(name: string, args: readonly (string | Buffer)[] = [], target: Target = {}): Promise<unknown> {
    const parsed = parseCommand(name, args);
    await this.#pass(parsed);
    const link = await this.#linkFor(parsed, target);
    try {
      return withoutSecrets(parsed, await link.send(toWords(parsed)));
    } catch (error) {
      if (!isRedirect(error)) throw error;
      const reply = await this.#follow(parsed, error);
      if (reply.error !== undefined) throw reply.error;
      return withoutSecrets(parsed, reply.value);
    }
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
        const results = await sendAll(link, batch);
        for (const [at, { index, parsed }] of batch.entries()) {
          const reply = results[at] ?? { error: new ServerError('lost', 'No reply came.') };
          const last = isRedirect(reply.error) ? await this.#follow(parsed, reply.error) : reply;
          replies[index] = last.error === undefined ? { value: withoutSecrets(parsed, last.value) } : last;
        }
      }),
    );
    return replies;
  }

  /** Runs one of our own scripts: EVAL_RO, or EVAL before Redis 7.0. Rejects with ServerError. */
  async script(script: OwnScript, args: readonly (string | Buffer)[], target: Target = {}): Promise<unknown> {
    const link = await this.#links.link(target);
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

  /** Tries to reconnect now. */
  reconnect(): void {
    this.#links.reconnect();
  }

  close(): void {
    this.#links.close();
  }

  async #pass(parsed: ParsedCommand): Promise<void> {
    const { name } = parsed;
    const verdict = judge(parsed, this.readOnly, isWord(name) ? await this.#commandInfo.get(name) : null);
    if (verdict.allow === true) return;
    if (verdict.allow === 'ask') {
      if (this.#confirm === undefined) throw new ServerError('not-allowed', `${verdict.reason}; nobody is here to confirm it. Nothing was sent.`);
      if (await this.#confirm({ command: name, reason: verdict.reason })) return;
      throw new ServerError('not-allowed', `${name} was not confirmed. Nothing was sent.`);
    }
    const mode = this.readOnly ? 'This connection is read-only' : 'This is not possible here';
    throw new ServerError('not-allowed', `${mode}: ${verdict.reason}. Nothing was sent.`);
  }

  /** In a cluster: that of the node which holds the keys. */
  async #linkFor(parsed: ParsedCommand, target: Target): Promise<Link> {
    if (!this.isCluster || target.node !== undefined) return this.#links.link(target);
    const { keys } = keyPositions(parsed.name, parsed.args.length, (index) => parsed.args[index]?.toString());
    const names = keys.map(({ index }) => parsed.args[index] ?? '');
    const [first] = names;
    if (first === undefined) return this.#links.link(target);
    if (new Set(names.map(hashSlot)).size > 1) {
      throw new ServerError('reply', `${parsed.name} names keys of several slots, which a cluster refuses. Send it per key.`, 'CROSSSLOT');
    }
    return this.#links.link({ ...target, node: this.nodeOf(first).id });
  }

  /** To where a cluster node said that the slot is (MOVED), or is going (ASK). */
  async #follow(parsed: ParsedCommand, redirect: ServerError): Promise<Reply> {
    let error = redirect;
    for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
      const to = parseRedirect(error.message);
      if (to === undefined) break;
      const ask = error.code === 'ASK';
      if (!ask) await this.#links.refreshTopology().catch(() => undefined);
      const host = to.host === '' ? (this.nodes[0]?.host ?? '') : to.host;
      const link = await this.#links.openNode({ id: `${host}:${to.port}`, host, port: to.port });
      const words = toWords(parsed);
      const reply = (await link.sendMany(ask ? [['ASKING'], words] : [words])).at(-1) ?? { error };
      if (!isRedirect(reply.error)) return reply;
      error = reply.error;
    }
    return { error };
  }
}

async function sendAll(link: Link, batch: readonly { words: Words }[]): Promise<Reply[]> {
  try {
    return await link.sendMany(batch.map(({ words }) => words));
  } catch (error) {
    return batch.map(() => ({ error: asServerError(error) }));
  }
}

function toWords({ name, args }: ParsedCommand): Words {
  const [first = '', ...rest] = name.split(' ');
  return [first, ...rest, ...args];
}

/** What is no word is refused in any case; the server need not be asked. */
function isWord(name: string): boolean {
  return /^[A-Z0-9._| -]+$/.test(name);
}

function isRedirect(error: unknown): error is ServerError {
  return error instanceof ServerError && (error.code === 'MOVED' || error.code === 'ASK');
}

function asServerError(error: unknown): ServerError {
  return error instanceof ServerError ? error : new ServerError('protocol', error instanceof Error ? error.message : String(error));
}
