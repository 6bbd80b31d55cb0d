/**
 * The physical links behind one connection: one per database that is looked at (SELECT on a shared one would race),
 * or one per master of a cluster. Knows which node holds which key, and what state the whole is in.
 */
import { hashSlot } from '../redis/hash-slot.ts';
import type { ConnectionSpec } from './connection-spec.ts';
import { describeSpec } from './connection-spec.ts';
import { Link } from './link.ts';
import { ServerError } from './server-error.ts';
import { nodeOfSlot, parseClusterSlots } from './topology.ts';
import type { ConnectionState, ServerNode, Target, Timing } from './types.ts';

/** Masters are asked for again in this rhythm while one of them is lost: a replica may have taken its place. */
const TOPOLOGY_POLL_MS = 1_000;

export class NodeLinks {
  readonly where: string;
  readonly db: number;
  state: ConnectionState = { status: 'connecting' };
  isCluster = false;
  /** The server itself, or the masters in the order of their slots. */
  nodes: readonly ServerNode[] = [];
  /** By database, or by node id in a cluster. */
  readonly #links = new Map<string, { link: Link; opened: Promise<void> }>();
  #topologyTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly spec: ConnectionSpec,
    private readonly timing: Timing,
    private readonly onState: (state: ConnectionState) => void,
  ) {
    this.where = describeSpec(spec);
    this.db = spec.db ?? 0;
  }

  /** Rejects with ServerError; everything is closed again then. */
  async open(): Promise<void> {
    const seed = await this.#open(String(this.db), this.spec);
    try {
      await this.#discover(seed);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#updateState();
  }

  /** The link to a database or node, opened where it is not yet. Without a node: any that is ready. */
  async link({ db = this.db, node }: Target): Promise<Link> {
    if (this.state.status === 'closed') throw new ServerError('closed', `The connection to ${this.where} is closed.`);
    if (!this.isCluster) return this.#open(String(db), { ...this.spec, db });
    if (db !== 0) throw new ServerError('invalid-spec', 'A cluster has only database 0.');
    const ready = this.nodes.find(({ id }) => this.#links.get(id)?.link.state.status === 'ready');
    const chosen = node === undefined ? (ready ?? this.nodes[0]) : this.nodes.find(({ id }) => id === node);
    if (chosen === undefined) throw new ServerError('lost', `${node} is no master of the cluster any more. Refresh the view.`);
    return this.openNode(chosen);
  }

  openNode(node: Pick<ServerNode, 'id' | 'host' | 'port'>): Promise<Link> {
    return this.#open(node.id, { ...this.spec, path: undefined, host: node.host, port: node.port, db: 0 });
  }

  nodeOf(key: Buffer | string): ServerNode {
    const node = this.isCluster ? nodeOfSlot(this.nodes, hashSlot(key)) : this.nodes[0];
    if (node === undefined) throw new ServerError('reply', `No master of the cluster serves slot ${hashSlot(key)}.`, 'CLUSTERDOWN');
    return node;
  }

  get notTouching(): boolean {
    return [...this.#links.values()].every(({ link }) => link.notTouching);
  }

  /** A cluster's masters and slots may have changed. */
  async refreshTopology(): Promise<void> {
    const link = [...this.#links.values()].find((entry) => entry.link.state.status === 'ready')?.link;
    if (link === undefined) return;
    const nodes = parseClusterSlots(await link.send(['CLUSTER', 'SLOTS']), this.#host);
    if (nodes.length === 0) return;
    const gone = this.nodes.filter(({ id }) => !nodes.some((node) => node.id === id));
    this.nodes = nodes;
    await Promise.allSettled(nodes.map((node) => this.openNode(node)));
    for (const { id } of gone) {
      this.#links.get(id)?.link.close();
      this.#links.delete(id);
    }
  }

  reconnect(): void {
    for (const { link } of this.#links.values()) link.reconnect();
  }

  close(): void {
    clearTimeout(this.#topologyTimer);
    for (const { link } of this.#links.values()) link.close();
    this.#setState({ status: 'closed' });
  }

  get #host(): string {
    return this.spec.host ?? '127.0.0.1';
  }

  async #discover(seed: Link): Promise<void> {
    const mode = await serverMode(seed);
    if (mode === 'sentinel') {
      throw new ServerError('invalid-spec', `${this.where} is a Sentinel and holds no keys. Connect to the primary that it watches.`);
    }
    const { port = 6379, path } = this.spec;
    if (mode === 'standalone') {
      this.nodes = [{ id: path ?? `${this.#host}:${port}`, host: this.#host, port, slots: [] }];
      return;
    }
    if (this.db !== 0) throw new ServerError('invalid-spec', `${this.where} is a cluster, which has only database 0. Leave the database out.`);
    const nodes = parseClusterSlots(await seed.send(['CLUSTER', 'SLOTS']), this.#host);
    if (nodes.length === 0) {
      throw new ServerError('reply', `${this.where} is a cluster node, but no node has slots yet. Make the cluster with: redis-cli --cluster create`, 'CLUSTERDOWN');
    }
    this.isCluster = true;
    this.nodes = nodes;
    await Promise.all(nodes.map((node) => this.openNode(node)));
    // The seed may be a replica, or a master under another name; from here on the masters do.
    this.#links.delete(String(this.db));
    seed.close();
  }

  async #open(id: string, spec: ConnectionSpec): Promise<Link> {
    for (let present = this.#links.get(id); present !== undefined; present = this.#links.get(id)) {
      await present.opened;
      if (this.#links.get(id) !== present) continue; // replaced meanwhile
      if (!this.#isLeftBehind(present.link)) return present.link;
      present.link.close();
      break;
    }
    const link = new Link(spec, this.timing, () => this.#updateState());
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

  /** The server is back, but this link of another database still waits for its own next attempt. */
  #isLeftBehind({ state }: Link): boolean {
    return !this.isCluster && this.state.status === 'ready' && (state.status === 'lost' || state.status === 'reconnecting');
  }

  /** Standalone: the state of the first link, since all lead to one server. Cluster: the worst of its masters. */
  #updateState(): void {
    if (this.state.status === 'closed' || this.nodes.length === 0) return;
    const ids = this.isCluster ? this.nodes.map(({ id }) => id) : [String(this.db)];
    const states = ids.map((id) => this.#links.get(id)?.link.state).filter((state) => state !== undefined);
    const worst = ['lost', 'reconnecting', 'connecting', 'ready'].map((status) => states.find((state) => state.status === status)).find((state) => state);
    if (worst === undefined) return;
    this.#setState(worst);
    if (this.isCluster && worst.status !== 'ready') this.#watchTopology();
  }

  #setState(state: ConnectionState): void {
    const told = this.state === state || (this.state.status === state.status && (state.status === 'ready' || state.status === 'closed'));
    if (told) return;
    this.state = state;
    this.onState(state);
  }

  #watchTopology(): void {
    if (this.#topologyTimer !== undefined) return;
    this.#topologyTimer = setTimeout(() => {
      this.#topologyTimer = undefined;
      void this.refreshTopology()
        .catch(() => undefined)
        .then(() => this.#updateState());
    }, TOPOLOGY_POLL_MS);
    this.#topologyTimer.unref();
  }
}

async function serverMode(link: Link): Promise<'standalone' | 'cluster' | 'sentinel'> {
  try {
    const info = String(await link.send(['INFO', 'server']));
    const mode = /^(?:redis|server)_mode:(\w+)/m.exec(info)?.[1];
    return mode === 'cluster' || mode === 'sentinel' ? mode : 'standalone';
  } catch (error) {
    if (!(error instanceof ServerError) || (error.kind !== 'no-permission' && error.kind !== 'reply')) throw error;
    // INFO is denied: only a cluster node answers this.
    return link.send(['CLUSTER', 'SLOTS']).then(
      () => 'cluster' as const,
      () => 'standalone' as const,
    );
  }
}
