/** The editor's own settings (section `keyscope`); rules are configured in keyscope.config.json, so that editor and CI agree. */
import type { Connection } from 'vscode-languageserver';
import type { Folder } from './folder.ts';
import { uriOf } from './uri.ts';

export interface Settings {
  /** Check all files in the background, not the open ones alone. */
  checkWorkspace?: boolean;
  /** Folder for the shared Redis client, relative to the workspace folder; empty for none. */
  sharedClientFolder?: string;
}

/** What is said of the settings, in initialization options or pushed; what is not said, or of another type, is left out. */
export function readSettings(options: unknown): Settings {
  if (typeof options !== 'object' || options === null) return {};
  const { checkWorkspace, sharedClient } = options as Record<string, unknown>;
  const folder: unknown = typeof sharedClient === 'object' && sharedClient !== null && 'folder' in sharedClient ? sharedClient.folder : undefined;
  return { ...(checkWorkspace === undefined ? {} : { checkWorkspace: checkWorkspace !== false }), ...(typeof folder === 'string' ? { sharedClientFolder: folder } : {}) };
}

/** Asks the client: what is set for all, and by folder. */
export async function pullSettings(connection: Connection, folders: readonly Folder[]): Promise<{ all: Settings; byFolder: Map<Folder, string> }> {
  const items = [{ section: 'keyscope.checkWorkspace' }, ...folders.map(({ root }) => ({ scopeUri: uriOf(root), section: 'keyscope.sharedClient.folder' }))];
  const answer: unknown = await connection.workspace.getConfiguration(items);
  const [checkWorkspace, ...values] = Array.isArray(answer) ? (answer as unknown[]) : [];
  const byFolder = folders.flatMap((folder, index): [Folder, string][] => {
    const value = values[index];
    return typeof value === 'string' ? [[folder, value]] : [];
  });
  return { all: typeof checkWorkspace === 'boolean' ? { checkWorkspace } : {}, byFolder: new Map(byFolder) };
}
