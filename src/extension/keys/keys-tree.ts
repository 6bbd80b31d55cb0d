/** The Keys view: connections, their databases, namespaces, keys. Asks for a level when it is opened, inspects the keys that it then shows. */
import * as vscode from 'vscode';
import type { DatabaseSummary, KeyEntry } from '../../keyspace/index.ts';
import { formatCount } from '../../redis/format.ts';
import { literalOfGlob } from '../../redis/glob.ts';
import { toCompact } from '../../redis/key-bytes.ts';
import type { ConnectionManager } from '../connections/connection-manager.ts';
import type { LiveConnection } from '../connections/live-connection.ts';
import { countOfKeys } from './key-facts.ts';
import { KeyListing } from './key-listing.ts';
import type { KeyFilter, Level } from './key-listing.ts';
import { prefixOf } from './nodes.ts';
import type { ConnectionNode, Container, DatabaseNode, KeyNode, MessageNode, NamespaceNode, Node } from './nodes.ts';
import { addTooltip, treeItem } from './tree-items.ts';

/** A level is shown without facts when they take longer than this; they are put in when they come. */
const FACTS_MS = 250;
/** Changes of state come in bursts: closed, connecting, ready. */
const STATE_MS = 30;

export class KeysTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #manager: ConnectionManager;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly #connections = new Map<LiveConnection, { node: ConnectionNode; databases: Map<number, DatabaseNode>; server: string | undefined }>();
  readonly #disposables: vscode.Disposable[];
  readonly #dirty = new Set<LiveConnection>();
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(manager: ConnectionManager, log: vscode.LogOutputChannel) {
    this.#manager = manager;
    this.#log = log;
    this.#disposables = [
      this.#changed,
      manager.onDidChangeList(() => this.#forgetOld()),
      manager.onDidChangeState((live) => this.#stateChanged(live)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('keyscope.keys.delimiter') || event.affectsConfiguration('keyscope.keys.pageSize')) this.refreshAll();
      }),
    ];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    return addTooltip(node, item);
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'connection' ? undefined : node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return this.#manager.list().map((live) => this.connectionNode(live));
    if (node.kind === 'connection') return this.#databases(node);
    if (node.kind === 'database' || node.kind === 'namespace') return this.#level(node);
    return [];
  }

  connectionNode(live: LiveConnection): ConnectionNode {
    return this.#entry(live).node;
  }

  /** The node of one database, shown in the tree or not. Rejects with ServerError. */
  async databaseNode(live: LiveConnection, db: number): Promise<DatabaseNode> {
    const known = this.#entry(live).databases.get(db);
    if (known !== undefined) return known;
    const summaries = await live.open.keyspace.databases();
    return this.#databaseNode(live, summaries.find((summary) => summary.db === db) ?? { db, keys: summaries.some(({ expires }) => expires === undefined) ? undefined : 0, expires: undefined });
  }

  /** The nodes on the way from a database to a key, the key's last; puts it on screen where it was not. */
  pathTo(database: DatabaseNode, key: Buffer): (NamespaceNode | KeyNode)[] {
    const path: (NamespaceNode | KeyNode)[] = [];
    let parent: Container = database;
    for (const entry of database.listing.pin(key)) {
      const node: NamespaceNode | KeyNode =
        entry.kind === 'key' ? { kind: 'key', parent, database, entry, facts: database.listing.factsOf(entry.key) } : this.#namespaceNode(database, parent, entry);
      path.push(node);
      if (node.kind === 'namespace') parent = node;
    }
    return path;
  }

  changed(node: Node | undefined): void {
    this.#changed.fire(node);
  }

  /** Databases that are filtered, of all connections. */
  filtered(): DatabaseNode[] {
    const all = this.#manager.list().flatMap((live) => [...(this.#connections.get(live)?.databases.values() ?? [])]);
    return all.filter(({ listing: { options } }) => options.filter.match !== undefined || options.filter.type !== undefined);
  }

  /** Starts the listing of a database anew, under a filter. */
  setFilter(node: DatabaseNode, filter: KeyFilter): void {
    node.namespaces.clear();
    node.listing = this.#newListing(node.parent.live, node.summary.db, filter);
    this.#changed.fire(node.parent);
  }

  /** Names and facts are read again. Rejects with ServerError. */
  async refresh(node: ConnectionNode | Container | KeyNode): Promise<void> {
    switch (node.kind) {
      case 'connection':
        this.#entry(node.live).databases.forEach((database) => this.#renew(database));
        return this.#changed.fire(node);
      case 'database':
        this.#renew(node);
        return this.#changed.fire(node.parent);
      case 'namespace':
        await node.database.listing.refresh(node.entry.prefix);
        return this.#changed.fire(node.database);
      case 'key':
        node.database.listing.forgetFacts(node.entry.key);
        return this.#changed.fire(node.parent);
    }
  }

  refreshAll(): void {
    for (const { databases } of this.#connections.values()) databases.forEach((database) => this.#renew(database));
    this.#changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #databases(node: ConnectionNode): Promise<Node[]> {
    const { live } = node;
    if (live.state.status === 'connecting' || (live.state.status === 'closed' && !live.closedByPerson)) await live.connect();
    const { state } = live;
    if (state.status === 'closed') {
      return [message(node, 'Not connected', 'select to connect', 'plug', { command: 'keyscope.connect', title: 'Connect', arguments: [node] })];
    }
    if (state.status !== 'ready') {
      const error = 'error' in state ? state.error?.message : undefined;
      const again = { command: 'keyscope.connect', title: 'Try Again', arguments: [node] };
      const edit = { command: 'keyscope.editConnection', title: 'Edit Connection', arguments: [node] };
      if (state.status === 'failed' && state.editable) return [message(node, state.error.message, 'select to edit the connection', 'warning', edit)];
      if (state.status !== 'lost' && state.status !== 'reconnecting') return [message(node, error ?? 'Connecting …', undefined, 'warning', again)];
      // What was seen stays on screen: it may well be there again in a moment.
      const label = state.status === 'lost' && state.retryInMs === undefined ? 'Connection lost' : 'Waiting for the server';
      return [message(node, label, error, 'warning', again), ...this.#entry(live).databases.values()];
    }
    try {
      const summaries = await live.open.keyspace.databases();
      return summaries.map((summary) => this.#databaseNode(live, summary));
    } catch (error) {
      return [this.#failed(node, error)];
    }
  }

  async #level(node: Container): Promise<Node[]> {
    const { listing, parent } = node.kind === 'database' ? node : node.database;
    const ready = parent.live.state.status === 'ready';
    if (!ready && !listing.started) return [message(node, 'Not connected', undefined, 'warning')];
    try {
      const level = await listing.level(prefixOf(node));
      const keys = level.entries.filter((entry): entry is KeyEntry => entry.kind === 'key');
      if (ready) await this.#facts(node, listing, keys);
      const database = node.kind === 'database' ? node : node.database;
      const children: Node[] = level.entries.map((entry) =>
        entry.kind === 'key' ? { kind: 'key', parent: node, database, entry, facts: listing.factsOf(entry.key) } : this.#namespaceNode(database, node, entry),
      );
      if (children.length === 0) children.push(this.#nothing(node, listing, level.more));
      if (level.more !== undefined && ready) children.push({ kind: 'more', parent: node, ...level.more });
      return children;
    } catch (error) {
      return [this.#failed(node, error)];
    }
  }

  /** Waits for the facts of a level, but not for long: then it is shown again when they have come. */
  async #facts(node: Container, listing: KeyListing, keys: readonly KeyEntry[]): Promise<void> {
    let late = false;
    const inspected = listing.inspect(keys).then(
      () => {
        if (late) this.#changed.fire(node);
      },
      (error: unknown) => this.#log.warn(`Facts of ${keys.length} keys: ${String(error)}`),
    );
    await Promise.race([inspected, new Promise((resolve) => setTimeout(resolve, FACTS_MS))]);
    late = true;
  }

  #nothing(node: Container, { options: { filter }, complete }: KeyListing, more: Level['more']): MessageNode {
    if (filter.match === undefined && filter.type === undefined) return message(node, 'No keys', undefined, 'info');
    const searched = more === undefined || complete ? [] : [`in ${more.total === undefined ? '' : `${formatCount(more.examined)} of `}${countOfKeys(more.total ?? more.examined)}`];
    // Who types a part of a name has another search in mind.
    const exact = filter.match === undefined || literalOfGlob(filter.match) === undefined ? [] : [`“${filter.match}” has no *: ${filter.match}* finds what begins with it`];
    return message(node, 'No key matches the filter', [...searched, ...exact].join(' · '), 'info');
  }

  #failed(parent: ConnectionNode | Container, error: unknown): MessageNode {
    const text = error instanceof Error ? error.message : String(error);
    this.#log.error(text);
    return message(parent, text, undefined, 'error', { command: 'keyscope.refresh', title: 'Try Again', arguments: [parent] });
  }

  #entry(live: LiveConnection): { node: ConnectionNode; databases: Map<number, DatabaseNode>; server: string | undefined } {
    let entry = this.#connections.get(live);
    if (entry === undefined) this.#connections.set(live, (entry = { node: { kind: 'connection', live }, databases: new Map(), server: undefined }));
    return entry;
  }

  #databaseNode(live: LiveConnection, summary: DatabaseSummary): DatabaseNode {
    const { node: parent, databases } = this.#entry(live);
    let node = databases.get(summary.db);
    if (node === undefined) {
      databases.set(summary.db, (node = { kind: 'database', parent, summary, listing: this.#newListing(live, summary.db, {}), namespaces: new Map() }));
    }
    node.summary = summary;
    return node;
  }

  #namespaceNode(database: DatabaseNode, parent: Container, entry: NamespaceNode['entry']): NamespaceNode {
    const id = toCompact(entry.prefix);
    let node = database.namespaces.get(id);
    if (node === undefined) database.namespaces.set(id, (node = { kind: 'namespace', parent, database, entry }));
    node.entry = entry;
    return node;
  }

  #renew(database: DatabaseNode): void {
    database.namespaces.clear();
    database.listing = this.#newListing(database.parent.live, database.summary.db, database.listing.options.filter);
  }

  #newListing(live: LiveConnection, db: number, filter: KeyFilter): KeyListing {
    const settings = vscode.workspace.getConfiguration('keyscope.keys');
    const delimiter = settings.get<string>('delimiter', ':');
    const source = {
      scan: (request: object) => live.open.keyspace.openPage({ ...request, db }),
      inspect: (keys: readonly Buffer[]) => live.open.keyspace.inspect(keys, { db }),
      measure: (request: object) => live.open.keyspace.measure({ ...request, db, delimiters: [delimiter] }),
    };
    return new KeyListing(source, () => new live.open.redis.Namespaces({ delimiters: [delimiter] }), { pageSize: settings.get<number>('pageSize', 500), filter });
  }

  #stateChanged(live: LiveConnection): void {
    const entry = this.#connections.get(live);
    if (entry === undefined) return;
    const server = live.info?.fields['run_id'];
    // Another process answers: cursors and names of the one before mean nothing to it.
    if (live.state.status === 'ready' && server !== entry.server) {
      if (entry.server !== undefined) entry.databases.forEach((database) => this.#renew(database));
      entry.server = server;
    }
    this.#dirty.add(live);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const each of this.#dirty) if (this.#connections.has(each)) this.#changed.fire(this.connectionNode(each));
      this.#dirty.clear();
    }, STATE_MS);
  }

  #forgetOld(): void {
    const current = new Set(this.#manager.list());
    for (const live of this.#connections.keys()) if (!current.has(live)) this.#connections.delete(live);
    this.#changed.fire(undefined);
  }
}

function message(
  parent: MessageNode['parent'],
  text: string,
  detail: string | undefined,
  icon: MessageNode['icon'],
  command?: vscode.Command,
): MessageNode {
  return { kind: 'message', parent, text, detail: detail === '' ? undefined : detail, icon, command };
}
