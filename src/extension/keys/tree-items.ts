/** How each node of the Keys view looks, and what a screen reader says of it. */
import * as vscode from 'vscode';
import { formatBytes, formatCount } from '../../redis/format.ts';
import { displayKey } from '../../redis/key-bytes.ts';
import { withoutCredentials } from '../connections/connection-address.ts';
import { opensByItself } from '../connections/connection-store.ts';
import type { LiveConnection } from '../connections/live-connection.ts';
import { countOfKeys, factsLine, keyTooltip, measuredLine, measuredRows, spokenFacts } from './key-facts.ts';
import { databaseOf, idOf } from './nodes.ts';
import type { ConnectionNode, DatabaseNode, KeyNode, LoadMoreNode, MessageNode, NamespaceNode, Node } from './nodes.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function treeItem(node: Node): vscode.TreeItem {
  const item = itemOf(node);
  item.id = idOf(node);
  return item;
}

/** What costs more and is asked for when a person hovers. */
export async function addTooltip(node: Node, item: vscode.TreeItem): Promise<vscode.TreeItem> {
  if (node.kind === 'key' && node.facts !== undefined) {
    const { facts } = node;
    item.tooltip = keyTooltip(facts, await databaseOf(node).parent.live.encodingReason(facts));
  }
  return item;
}

function itemOf(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'connection':
      return connectionItem(node);
    case 'database':
      return databaseItem(node);
    case 'namespace':
      return namespaceItem(node);
    case 'key':
      return keyItem(node);
    case 'more':
      return loadMoreItem(node);
    case 'message':
      return messageItem(node);
  }
}

function connectionItem({ live }: ConnectionNode): vscode.TreeItem {
  const item = new vscode.TreeItem(live.name, opensByItself(live.saved) ? Expanded : Collapsed);
  const { words, icon } = connectionState(live);
  const access = live.writable ? 'writable' : 'read-only';
  // What a narrow side bar cuts off is the end.
  item.description = live.state.status === 'ready' ? `${access} · ${words}` : words;
  item.iconPath = icon;
  // `locked`: by the settings, so that allowing writes can only be refused.
  item.contextValue = `connection ${live.state.status} ${live.writable ? 'writable' : live.saved.config.readOnly === true ? 'locked' : 'readonly'}`;
  item.tooltip = connectionTooltip(live, words, access);
  item.accessibilityInformation = { label: `Connection ${live.name}, ${words}, ${access}` };
  return item;
}

function connectionState(live: LiveConnection): { words: string; icon: vscode.ThemeIcon } {
  const { state } = live;
  switch (state.status) {
    case 'closed':
      return { words: 'not connected', icon: new vscode.ThemeIcon('debug-disconnect') };
    case 'connecting':
      return { words: 'connecting …', icon: new vscode.ThemeIcon('loading~spin') };
    case 'ready':
      return { words: serverName(live), icon: new vscode.ThemeIcon('server', new vscode.ThemeColor(live.writable ? 'charts.orange' : 'charts.green')) };
    case 'lost':
      return { words: state.retryInMs === undefined ? 'connection lost' : 'connection lost, trying again', icon: troubled() };
    case 'reconnecting':
      return { words: 'connection lost, trying again', icon: troubled() };
    case 'failed':
      return { words: state.retryInMs === undefined ? 'cannot connect' : 'cannot connect, trying again', icon: troubled() };
  }
}

function troubled(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('list.errorForeground'));
}

function serverName({ info }: LiveConnection): string {
  if (info?.version === undefined) return 'connected';
  return `${info.server === 'valkey' ? 'Valkey' : 'Redis'} ${info.version}${info.role === 'replica' ? ' replica' : ''}`;
}

function connectionTooltip(live: LiveConnection, words: string, access: string): vscode.MarkdownString {
  const lines = [withoutCredentials(live.saved.config.url), `${words}, ${access}`];
  const { state, info } = live;
  if ('error' in state && state.error !== undefined) lines.push(state.error.message);
  if (state.status === 'ready' && info?.usedMemoryBytes !== undefined) {
    const limit = info.maxmemoryBytes ? ` of ${formatBytes(info.maxmemoryBytes)}` : ', no maxmemory';
    lines.push(`Memory: ${formatBytes(info.usedMemoryBytes)}${limit}${info.maxmemoryPolicy === undefined ? '' : `, ${info.maxmemoryPolicy}`}`);
  }
  lines.push(...live.notes);
  lines.push(live.saved.scope === 'user' ? 'From your settings' : 'From the settings of this workspace');
  return escaped(lines);
}

function databaseItem({ summary, listing, parent }: DatabaseNode): vscode.TreeItem {
  const { live } = parent;
  const first = opensByItself(live.saved) && summary.db === live.db;
  const item = new vscode.TreeItem(`db${summary.db}`, first ? Expanded : Collapsed);
  const { match, type } = listing.options.filter;
  const filters = [match, type].filter((part) => part !== undefined);
  const count = summary.keys === undefined ? [] : [countOfKeys(summary.keys)];
  const measured = listing.measuredOf(Buffer.alloc(0));
  const bytes = measured?.total.bytes === undefined ? [] : [formatBytes(measured.total.bytes)];
  item.description = [...count, ...bytes, ...(filters.length > 0 ? [`filter: ${filters.join(', ')}`] : [])].join(' · ');
  item.iconPath = new vscode.ThemeIcon('database');
  item.contextValue = `database ${filters.length > 0 ? 'filtered' : 'whole'} ${live.writable ? 'writable' : 'readonly'}`;
  const withTtl = summary.expires === undefined ? [] : [`${formatCount(summary.expires)} of them with a TTL`];
  const filter = filters.length === 0 ? [] : [`Filter: ${filters.join(', ')}`];
  item.tooltip = escaped([`Database ${summary.db}: ${count[0] ?? 'this user may not ask how many keys it has'}`, ...withTtl, ...filter, ...(measured ? measuredRows(measured.total, measured.at) : [])]);
  item.accessibilityInformation = { label: [`Database ${summary.db}`, ...count, ...(filters.length > 0 ? [`filtered by ${filters.join(' and ')}`] : [])].join(', ') };
  return item;
}

function namespaceItem({ entry, database }: NamespaceNode): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.name === '' ? '(empty)' : entry.name, Collapsed);
  const open = entry.approximate || !database.listing.complete;
  const measured = database.listing.measuredOf(entry.prefix);
  const sums = measured && measuredLine(measured.total);
  item.description = sums ?? `${formatCount(entry.keys)}${open ? '+' : ''}`;
  item.iconPath = new vscode.ThemeIcon('folder');
  item.contextValue = `namespace ${database.parent.live.writable ? 'writable' : 'readonly'}`;
  const counted = `${countOfKeys(entry.keys)}${open ? ' so far; the database is not searched to its end' : ''}`;
  item.tooltip = escaped([`${displayKey(entry.prefix)}*`, ...(measured ? measuredRows(measured.total, measured.at) : [counted])]);
  item.accessibilityInformation = { label: `Namespace ${entry.name}, ${sums === undefined ? `${countOfKeys(entry.keys)}${open ? ' so far' : ''}` : `measured: ${sums.replace(' · ', ' keys, ')}`}` };
  return item;
}

function keyItem(node: KeyNode): vscode.TreeItem {
  const { entry, facts, database } = node;
  const item = new vscode.TreeItem(entry.name === '' ? '(empty name)' : entry.name, None);
  item.description = facts === undefined ? '' : factsLine(facts);
  item.iconPath = keyIcon(facts?.exists === false ? undefined : facts?.type);
  item.contextValue = `key ${database.parent.live.writable ? 'writable' : 'readonly'}`;
  item.command = { command: 'keyscope.openValue', title: 'Open Value', arguments: [node] };
  item.accessibilityInformation = { label: `Key ${displayKey(entry.key)}${facts === undefined ? '' : `, ${spokenFacts(facts)}`}` };
  return item;
}

const ICONS: Readonly<Record<string, readonly [icon: string, colour: string]>> = {
  string: ['symbol-string', 'charts.green'],
  hash: ['symbol-struct', 'charts.blue'],
  list: ['list-unordered', 'charts.purple'],
  set: ['symbol-array', 'charts.orange'],
  zset: ['list-ordered', 'charts.red'],
  stream: ['pulse', 'charts.yellow'],
  'ReJSON-RL': ['json', 'charts.blue'],
};

function keyIcon(type: string | undefined): vscode.ThemeIcon {
  const [icon, colour] = ICONS[type ?? ''] ?? ['key', undefined];
  return new vscode.ThemeIcon(icon, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}

function loadMoreItem(node: LoadMoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem('Load more', None);
  const { examined, total } = node;
  // Both are approximate, and a namespace whose own scan has not begun has looked at nothing.
  const share = total !== undefined && total > 0 && examined > 0 ? Math.min(99, Math.floor((100 * examined) / total)) : undefined;
  item.description = share === undefined ? '' : `${share} % searched`;
  item.iconPath = new vscode.ThemeIcon('more');
  item.contextValue = 'more';
  item.command = { command: 'keyscope.loadMore', title: 'Load More', arguments: [node] };
  item.accessibilityInformation = { label: `Load more keys${share === undefined ? '' : `, ${share} percent searched`}`, role: 'button' };
  return item;
}

function messageItem({ text, detail, icon, command }: MessageNode): vscode.TreeItem {
  const item = new vscode.TreeItem(text, None);
  const colour = icon === 'error' ? 'list.errorForeground' : icon === 'warning' ? 'list.warningForeground' : undefined;
  item.iconPath = new vscode.ThemeIcon(icon, colour === undefined ? undefined : new vscode.ThemeColor(colour));
  item.description = detail;
  item.tooltip = escaped([text, ...(detail === undefined ? [] : [detail])]);
  item.command = command;
  item.contextValue = 'message';
  item.accessibilityInformation = { label: [text, detail].join('. ') };
  return item;
}

/** Names and messages come from elsewhere: none of it is taken as Markdown. */
function escaped(lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  lines.forEach((line, index) => {
    if (index > 0) markdown.appendMarkdown('\n\n');
    markdown.appendText(line);
  });
  return markdown;
}

