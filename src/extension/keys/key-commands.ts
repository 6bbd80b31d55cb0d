/** Commands of the Keys view on databases, namespaces and keys. */
import * as vscode from 'vscode';
import { formatBytes, formatCount } from '../../redis/format.ts';
import { displayKey } from '../../redis/key-bytes.ts';
import type { ConnectionManager } from '../connections/connection-manager.ts';
import { confirm, showInformation, showStatus, showWarning } from '../ui/notify.ts';
import { pickOne } from '../ui/pick.ts';
import { askText } from '../ui/steps.ts';
import { withoutLinks } from '../ui/untrusted-text.ts';
import { countOfKeys, factsLine, isLarge, lengthOf } from './key-facts.ts';
import type { KeysTree } from './keys-tree.ts';
import { prefixOf } from './nodes.ts';
import type { DatabaseNode, KeyNode, LoadMoreNode, NamespaceNode, Node } from './nodes.ts';
import type { ValueDocuments } from './value-documents.ts';

/** What is typed to delete a large key. */
const DELETE = 'delete';
/** As `CORE_TYPES` of the keyspace, which is loaded with the first connection; a module's type may be typed in. */
const TYPES = ['string', 'hash', 'list', 'set', 'zset', 'stream'];

export class KeyCommands {
  constructor(
    readonly tree: KeysTree,
    readonly view: vscode.TreeView<Node>,
    readonly manager: ConnectionManager,
    readonly values: ValueDocuments,
  ) {}

  async refresh(node?: Node): Promise<void> {
    const target = node ?? this.view.selection[0];
    if (target === undefined) return this.tree.refreshAll();
    await this.#progress(() => this.tree.refresh(target.kind === 'more' || target.kind === 'message' ? target.parent : target));
  }

  async loadMore(node: LoadMoreNode): Promise<void> {
    const { parent } = node;
    const database = parent.kind === 'database' ? parent : parent.database;
    await this.#progress(() => database.listing.loadMore(prefixOf(parent)));
    // What lies around gets other counts with it.
    this.tree.changed(database);
  }

  async filterByPattern(node?: Node): Promise<void> {
    const database = await this.#database(node);
    if (database === undefined) return;
    const { filter } = database.listing.options;
    const match = await vscode.window.showInputBox({
      title: `Filter db${database.summary.db} of “${database.parent.live.name}”`,
      prompt: 'Pattern of the keys to show: * any text, ? one byte, [ab] one of these. Empty shows all.',
      placeHolder: 'user:*:cart',
      value: filter.match ?? '',
      ignoreFocusOut: true,
    });
    if (match !== undefined) await this.#filter(database, { ...filter, match: match.trim() === '' ? undefined : match });
  }

  async filterByType(node?: Node): Promise<void> {
    const database = await this.#database(node);
    if (database === undefined) return;
    const { filter } = database.listing.options;
    const any = { label: 'Any type', type: undefined };
    const items = [any, ...TYPES.map((type) => ({ label: type, type, description: type === filter.type ? 'shown now' : undefined })), { label: 'Another type …', type: '' }];
    const chosen = await pickOne(items, { title: `Filter db${database.summary.db} of “${database.parent.live.name}” by type` });
    if (chosen === undefined) return;
    const typed = chosen.type === '' ? await vscode.window.showInputBox({ prompt: 'Name of the type, as TYPE replies it', placeHolder: 'ReJSON-RL' }) : chosen.type;
    if (chosen.type !== '' || typed) await this.#filter(database, { ...filter, type: typed });
  }

  async clearFilter(node?: Node): Promise<void> {
    const database = await this.#filtered(node);
    if (database !== undefined) await this.#filter(database, {});
  }

  /** @param name asked for where it is not given */
  async goToKey(node?: Node, name?: string): Promise<void> {
    const database = await this.#database(node);
    if (database === undefined) return;
    const { live } = database.parent;
    const { db } = database.summary;
    const typed = name ?? (await vscode.window.showInputBox({
      title: `Go to a key in db${db} of “${live.name}”`,
      prompt: 'The exact name. It is asked for by itself: nothing is scanned. Bytes that are no text are written as \\x00.',
      ignoreFocusOut: true,
    }));
    if (typed === undefined || typed === '') return;
    const facts = await this.#progress(() => live.open.keyspace.find(typed, { db }));
    if (facts === undefined) {
      void showInformation(`There is no key “${typed}” in db${db} of “${live.name}”. A name is matched exactly, upper and lower case included.`);
      return;
    }
    const path = this.tree.pathTo(database, facts.key);
    this.tree.changed(database);
    const last = path.at(-1);
    if (last !== undefined) await this.view.reveal(last, { select: true, focus: true });
  }

  async copyKey(node?: Node): Promise<void> {
    const target = node ?? this.view.selection[0];
    if (target?.kind === 'key') await vscode.env.clipboard.writeText(nameToCopy(target.entry.key));
    if (target?.kind === 'namespace') await vscode.env.clipboard.writeText(nameToCopy(target.entry.prefix));
  }

  async openValue(node?: Node): Promise<void> {
    const target = this.#key(node);
    if (target === undefined) return;
    const { parent, summary } = target.database;
    await this.values.open({ connection: parent.live.name, db: summary.db, key: target.entry.key }, { preserveFocus: node !== undefined });
  }

  /** Inspects every key under a namespace, or in a database. */
  async measureNamespace(node?: Node): Promise<void> {
    const target = node ?? this.view.selection[0];
    if (target?.kind !== 'namespace' && target?.kind !== 'database') return;
    const database = target.kind === 'database' ? target : target.database;
    const name = nameOf(target);
    const total = await this.#work(`Measuring ${name}`, (signal, say) =>
      database.listing.measure(prefixOf(target), { signal, onProgress: (done) => say(`${formatCount(done)} keys`) }),
    );
    this.tree.changed(database.parent);
    if (total === 'stopped') return;
    showStatus('dashboard', total === undefined ? `${name} has no keys` : `${name}: ${countOfKeys(total.keys)}${total.bytes === undefined ? '' : `, ${formatBytes(total.bytes)}`}`);
  }

  /** Counts first, shows what it found, and asks, always. */
  async deleteNamespace(node?: Node): Promise<void> {
    const target = node ?? this.view.selection[0];
    if (target?.kind !== 'namespace') return;
    const { entry: { prefix }, database } = target;
    const { live } = database.parent;
    if (!live.writable) return this.#refuseToDelete(database);
    const { db } = database.summary;
    const { keyspace } = live.open;
    const name = nameOf(target);
    const found = await this.#work(`Counting ${name}`, (signal, say) => keyspace.countNamespace(prefix, { db, signal, onProgress: (done) => say(`${formatCount(done)} keys`) }));
    if (found === 'stopped') return;
    if (found.keys === 0) return void showInformation(`${name} has no keys any more.`);
    const examples = `${found.examples.map((key) => displayKey(key, 60)).join(', ')}${found.keys > found.examples.length ? ', …' : ''}`;
    const filtered = database.listing.options.filter.match !== undefined || database.listing.options.filter.type !== undefined ? ' Those that the filter hides are among them.' : '';
    const sure = await this.#confirmByTyping(`Delete ${countOfKeys(found.keys)} of ${name}?`, `${examples} in db${db} of “${live.name}” (${keyspace.connection.where}).${filtered}`);
    if (sure) await this.removeNamespace(target, found.keys);
  }

  /** What follows the confirmation. @param counted keys that there were Rejects with ServerError. */
  async removeNamespace(target: NamespaceNode, counted: number): Promise<void> {
    const { entry: { prefix }, database } = target;
    const name = nameOf(target);
    let removed = 0;
    try {
      await this.#work(`Deleting ${name}`, async (signal, say) => {
        const result = await database.parent.live.open.keyspace.deleteNamespace(prefix, {
          db: database.summary.db,
          signal,
          onProgress: (done) => {
            removed = done;
            say(`${formatCount(done)} of ${countOfKeys(counted)}`);
          },
        });
        if (!result.complete) void showInformation(`Stopped. ${countOfKeys(removed)} of ${name} are deleted, some ${formatCount(Math.max(0, counted - removed))} are left.`);
        else showStatus('trash', `Deleted ${countOfKeys(removed)} of ${name}`);
      });
    } catch (error) {
      if (removed > 0) void showWarning(`${countOfKeys(removed)} of ${name} are deleted; then the server refused.`);
      throw error;
    } finally {
      database.listing.forget(prefix);
      this.tree.changed(database.parent);
    }
  }

  /** Asks first, always. */
  async deleteKey(node?: Node): Promise<void> {
    const target = this.#key(node);
    if (target === undefined) return;
    const { entry, database } = target;
    const { live } = database.parent;
    if (!live.writable) return this.#refuseToDelete(database);
    const { db } = database.summary;
    // As it is now: a collection may have grown since it was listed.
    const [now] = await live.open.keyspace.inspect([entry.key], { db }).catch(() => []);
    const facts = now ?? target.facts;
    const detail = [facts === undefined ? '' : factsLine(facts), facts && lengthOf(facts), `db${db} of “${live.name}” (${live.open.keyspace.connection.where})`].filter(Boolean);
    const question = `Delete the key “${displayKey(entry.key, 200)}”?`;
    const sure = facts !== undefined && isLarge(facts) ? this.#confirmByTyping(question, detail.join(', ')) : confirm(question, [...detail, 'This cannot be undone.'].join('\n'), 'Delete');
    if (await sure) await this.removeKey(target);
  }

  /** What follows the confirmation. Rejects with ServerError. */
  async removeKey({ entry, database }: KeyNode): Promise<void> {
    const { db } = database.summary;
    const removed = await this.#progress(() => database.parent.live.open.keyspace.deleteKeys([entry.key], { db }));
    database.listing.remove(entry.key);
    this.tree.changed(database.parent);
    showStatus('trash', removed > 0 ? `Deleted ${displayKey(entry.key, 60)}` : `${displayKey(entry.key, 60)} was gone already`);
  }

  async #refuseToDelete({ parent }: DatabaseNode): Promise<void> {
    const { live } = parent;
    if (live.saved.config.readOnly === true) {
      void showWarning(`“${live.name}” has "readOnly": true in the settings. Nothing was deleted.`);
      return;
    }
    const allow = 'Allow Writes …';
    const chosen = await showWarning(`“${live.name}” is read-only. Nothing was deleted.`, allow);
    if (chosen === allow) await vscode.commands.executeCommand('keyscope.allowWrites', parent);
  }

  /** Work that may take long, with a notification that says how far it is and can stop it. @returns `stopped` where the person did so before there was a result */
  async #work<T>(title: string, work: (signal: AbortSignal, say: (message: string) => void) => Promise<T>): Promise<T | 'stopped'> {
    const controller = new AbortController();
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true }, async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      try {
        return await work(controller.signal, (message) => progress.report({ message }));
      } catch (error) {
        if (controller.signal.aborted && error === controller.signal.reason) return 'stopped' as const;
        throw error;
      }
    });
  }

  /** VS Code's dialogs have the button that deletes under Enter: too near for what is large. */
  async #confirmByTyping(question: string, detail: string): Promise<boolean> {
    const prompt = `${detail}. This cannot be undone. Type “${DELETE}” to delete it.`;
    const validate = (text: string): string | undefined => (text.trim() === DELETE ? undefined : `Type “${DELETE}”, or press Escape to delete nothing.`);
    return (await askText({ title: question }, { prompt, placeholder: DELETE, validate })) === DELETE;
  }

  async #filter(database: DatabaseNode, filter: { match?: string; type?: string }): Promise<void> {
    this.tree.setFilter(database, filter);
    await this.view.reveal(database, { expand: true, select: true });
  }

  #key(node: Node | undefined): KeyNode | undefined {
    const target = node ?? this.view.selection[0];
    return target?.kind === 'key' ? target : undefined;
  }

  /** The database that is meant: of the node or the selection, the only one there is, or the one the person chooses. */
  async #database(node: Node | undefined): Promise<DatabaseNode | undefined> {
    const meant = databaseAround(node ?? this.view.selection[0]);
    if (meant !== undefined) return meant;
    const [first, ...others] = this.manager.list();
    const live =
      others.length === 0 ? first : (await pickOne(this.manager.list().map((each) => ({ label: each.name, live: each })), { title: 'Connection' }))?.live;
    if (live === undefined) return undefined;
    if (live.state.status !== 'ready') await live.connect();
    const summaries = await live.open.keyspace.databases();
    const [only, ...more] = summaries;
    const items = summaries.map(({ db, keys }) => ({ label: `db${db}`, description: keys === undefined ? undefined : countOfKeys(keys), db }));
    const db = more.length === 0 ? only?.db : (await pickOne(items, { title: `Database of “${live.name}”` }))?.db;
    return db === undefined ? undefined : this.tree.databaseNode(live, db);
  }

  /** A database with a filter: of the node or the selection, the only one there is, or the one the person chooses. */
  async #filtered(node: Node | undefined): Promise<DatabaseNode | undefined> {
    const all = this.tree.filtered();
    const meant = databaseAround(node ?? this.view.selection[0]);
    if (meant !== undefined && all.includes(meant)) return meant;
    if (all.length === 0) void showInformation('No database has a filter.');
    if (all.length < 2) return all[0];
    const items = all.map((database) => {
      const { match, type } = database.listing.options.filter;
      return { label: `db${database.summary.db} of “${database.parent.live.name}”`, description: [match, type].filter((part) => part !== undefined).join(', '), database };
    });
    return (await pickOne(items, { title: 'Clear the filter of' }))?.database;
  }

  #progress<T>(work: () => Promise<T>): Thenable<T> {
    return vscode.window.withProgress({ location: { viewId: 'keyscope.keys' } }, work);
  }
}

function databaseAround(node: Node | undefined): DatabaseNode | undefined {
  if (node === undefined || node.kind === 'connection') return undefined;
  if (node.kind === 'database') return node;
  if (node.kind === 'namespace' || node.kind === 'key') return (node as NamespaceNode | KeyNode).database;
  return databaseAround(node.parent);
}

/** As the tree has it, with all that is around it: `user:*`. */
function nameOf(node: NamespaceNode | DatabaseNode): string {
  return node.kind === 'database' ? `db${node.summary.db}` : `${displayKey(node.entry.prefix, 60)}*`;
}

/** As it is where it is text, else with escapes that “Go to Key” understands. */
function nameToCopy(key: Buffer): string {
  const text = key.toString('utf8');
  return Buffer.from(text, 'utf8').equals(key) ? text : displayKey(key);
}
