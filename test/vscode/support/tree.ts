/** Reads the Keys view as VS Code does: children of a node, and how each is shown. */
import * as vscode from 'vscode';
import type { Internals } from '../../../src/extension/extension.ts';
import type { Node } from '../../../src/extension/keys/nodes.ts';

export interface Row {
  node: Node;
  label: string;
  description: string;
  context: string;
}

export async function rows({ tree }: Internals, parent?: Node): Promise<Row[]> {
  return (await tree.getChildren(parent)).map((node) => {
    const { label, description, contextValue } = tree.getTreeItem(node);
    return { node, label: String(label), description: String(description ?? ''), context: contextValue ?? '' };
  });
}

/** Goes down by labels. @throws Error that names what is there instead. */
export async function find(internals: Internals, ...labels: string[]): Promise<Row> {
  let found: Row | undefined;
  for (const label of labels) {
    const here = await rows(internals, found?.node);
    const next = here.find((row) => row.label === label);
    if (next === undefined) throw new Error(`No “${label}” among: ${here.map((row) => `${row.label} (${row.description})`).join(', ')}`);
    found = next;
  }
  if (found === undefined) throw new Error('No label given.');
  return found;
}

export async function tooltip({ tree }: Internals, node: Node): Promise<string> {
  const item = await tree.resolveTreeItem(tree.getTreeItem(node), node);
  return item.tooltip instanceof vscode.MarkdownString ? item.tooltip.value : String(item.tooltip);
}

/** Saves connections to the user's settings and waits until the view has them. */
export async function setConnections({ manager }: Internals, connections: readonly object[]): Promise<void> {
  await vscode.workspace.getConfiguration('keyscope').update('connections', connections, vscode.ConfigurationTarget.Global);
  const end = Date.now() + 5_000;
  while (manager.list().length !== connections.length) {
    if (Date.now() > end) throw new Error(`The view has ${manager.list().length} connections, not ${connections.length}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
