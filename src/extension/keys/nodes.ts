/** The nodes of the Keys view. Connections, databases and namespaces are one object each as long as they are shown: VS Code refreshes by identity. */
import type { DatabaseSummary, KeyEntry, KeyFacts, NamespaceEntry } from '../../keyspace/index.ts';
import { toCompact } from '../../redis/key-bytes.ts';
import type { LiveConnection } from '../connections/live-connection.ts';
import type { KeyListing } from './key-listing.ts';

export interface ConnectionNode {
  kind: 'connection';
  live: LiveConnection;
}

export interface DatabaseNode {
  kind: 'database';
  parent: ConnectionNode;
  summary: DatabaseSummary;
  listing: KeyListing;
  /** By prefix, in compact form. */
  namespaces: Map<string, NamespaceNode>;
}

export interface NamespaceNode {
  kind: 'namespace';
  parent: DatabaseNode | NamespaceNode;
  database: DatabaseNode;
  entry: NamespaceEntry;
}

export interface KeyNode {
  kind: 'key';
  parent: DatabaseNode | NamespaceNode;
  database: DatabaseNode;
  entry: KeyEntry;
  facts: KeyFacts | undefined;
}

export interface LoadMoreNode {
  kind: 'more';
  parent: DatabaseNode | NamespaceNode;
  examined: number;
  /** Undefined where the user may not ask. */
  total: number | undefined;
}

/** A line that says why there is nothing else, and what to do. */
export interface MessageNode {
  kind: 'message';
  parent: ConnectionNode | DatabaseNode | NamespaceNode;
  text: string;
  detail?: string;
  /** Id of a codicon. */
  icon: 'info' | 'error' | 'warning' | 'plug';
  command?: { command: string; title: string; arguments?: unknown[] };
}

export type Node = ConnectionNode | DatabaseNode | NamespaceNode | KeyNode | LoadMoreNode | MessageNode;
/** A node that has a level of keys below it. */
export type Container = DatabaseNode | NamespaceNode;

export function databaseOf(node: Container | KeyNode | LoadMoreNode): DatabaseNode {
  switch (node.kind) {
    case 'database':
      return node;
    case 'more':
      return databaseOf(node.parent);
    default:
      return node.database;
  }
}

export function prefixOf(node: Container): Buffer {
  return node.kind === 'database' ? Buffer.alloc(0) : node.entry.prefix;
}

/** One of a kind in the tree and the same after a refresh, so that VS Code keeps what is expanded and selected. */
export function idOf(node: Node): string {
  switch (node.kind) {
    case 'connection':
      return `connection/${node.live.name}`;
    case 'database':
      return `${idOf(node.parent)}/db${node.summary.db}`;
    case 'namespace':
      return `${idOf(node.database)}/namespace/${toCompact(node.entry.prefix)}`;
    case 'key':
      return `${idOf(node.database)}/key/${toCompact(node.entry.key)}`;
    case 'more':
      return `${idOf(node.parent)}/more`;
    case 'message':
      return `${idOf(node.parent)}/message/${node.text}`;
  }
}
