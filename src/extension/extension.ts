/** Activation: puts the parts together and nothing else. What is not needed at once (language client, ioredis) is loaded by import(). */
import * as vscode from 'vscode';
import { ConnectionCommands } from './connections/connection-commands.ts';
import { ConnectionManager } from './connections/connection-manager.ts';
import { ConnectionStore } from './connections/connection-store.ts';
import { watchDotEnv } from './connections/dot-env.ts';
import { KeyCommands } from './keys/key-commands.ts';
import { KeysTree } from './keys/keys-tree.ts';
import type { Node } from './keys/nodes.ts';
import { ValueDocuments } from './keys/value-documents.ts';
import { LanguageCommands } from './language/language-commands.ts';
import { LanguageFeatures } from './language/language-features.ts';
import { registerCommands } from './ui/register-commands.ts';

/** What the suites inside VS Code look at; other extensions get nothing. */
export interface Internals {
  store: ConnectionStore;
  manager: ConnectionManager;
  tree: KeysTree;
  view: vscode.TreeView<Node>;
  keys: KeyCommands;
  connections: ConnectionCommands;
  language: LanguageFeatures;
}

export function activate(context: vscode.ExtensionContext): Internals | undefined {
  const output = vscode.window.createOutputChannel('Keyscope', { log: true });
  const store = new ConnectionStore(context);
  const manager = new ConnectionManager(store, output);
  const tree = new KeysTree(manager, output);
  const view = vscode.window.createTreeView('keyscope.keys', { treeDataProvider: tree, showCollapseAll: true });
  const values = new ValueDocuments(manager);
  const keys = new KeyCommands(tree, view, manager, values);
  const connections = new ConnectionCommands(
    store,
    manager,
    async (live) => await view.reveal(tree.connectionNode(live), { select: true, expand: true }),
    () => connectionAround(view.selection[0]),
  );
  const language = new LanguageFeatures(context.asAbsolutePath('dist/lsp.js'), output);
  const code = new LanguageCommands(language, output);
  const countConnections = (): unknown => vscode.commands.executeCommand('setContext', 'keyscope.connectionCount', manager.list().length);

  context.subscriptions.push(
    ...[output, store, manager, tree, view, values, language],
    manager.onDidChangeList(countConnections),
    manager.onDidChangeList(() => void connections.offerToHidePasswords()),
    view.onDidChangeSelection(({ selection: [selected] }) => {
      void vscode.commands.executeCommand('setContext', 'keyscope.keySelected', selected?.kind === 'key');
      void vscode.commands.executeCommand('setContext', 'keyscope.namespaceSelected', selected?.kind === 'namespace');
    }),
    watchDotEnv((found) => void vscode.commands.executeCommand('setContext', 'keyscope.hasDotEnvUrl', found)),
    registerCommands(output, {
      addConnection: () => connections.add(),
      addConnectionFromDotEnv: () => connections.addFromDotEnv(),
      editConnection: (node) => connections.edit(connectionAround(node)),
      removeConnection: (node) => connections.remove(connectionAround(node)),
      connect: (node) => connections.connect(connectionAround(node)),
      disconnect: (node) => connections.disconnect(connectionAround(node)),
      allowWrites: (node) => connections.allowWrites(connectionAround(node)),
      makeReadOnly: (node) => connections.makeReadOnly(connectionAround(node)),
      refresh: (node) => keys.refresh(node),
      loadMore: (node) => keys.loadMore(node),
      filterKeys: (node) => keys.filterByPattern(node),
      filterKeysByType: (node) => keys.filterByType(node),
      clearFilter: (node) => keys.clearFilter(node),
      goToKey: (node) => keys.goToKey(node),
      copyKey: (node) => keys.copyKey(node),
      openValue: (node) => keys.openValue(node),
      measureNamespace: (node) => keys.measureNamespace(node),
      deleteKey: (node) => keys.deleteKey(node),
      deleteNamespace: (node) => keys.deleteNamespace(node),
      createSharedClient: async (folder) => await (await import('./shared-client/create-shared-client.ts')).createSharedClient(folder instanceof vscode.Uri ? folder : undefined),
      fixAllInFile: () => code.fixAllInFile(),
      checkWorkspace: () => code.checkWorkspace(),
      restartLanguageServer: () => language.restart(),
      showOutput: () => output.show(),
    }),
  );
  countConnections();
  void connections.offerToHidePasswords();
  language.watch();
  if (process.env['KEYSCOPE_SHOW'] === 'keys') void vscode.commands.executeCommand('keyscope.keys.focus');
  return context.extensionMode === vscode.ExtensionMode.Test ? { store, manager, tree, view, keys, connections, language } : undefined;
}

/** The connection that a node belongs to. */
function connectionAround(node: Node | undefined): (Node & { kind: 'connection' }) | undefined {
  if (node === undefined || node.kind === 'connection') return node;
  return connectionAround(node.parent);
}
