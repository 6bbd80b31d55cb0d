/** `REDIS_URL` in the workspace's `.env`: offered as a connection, never used by itself, and looked for in a trusted workspace alone. */
import { parse } from 'dotenv';
import * as vscode from 'vscode';
import { complaintAboutUrl } from './connection-address.ts';
import { hasPlaceholder } from './env-placeholders.ts';

export interface DotEnvUrl {
  url: string;
  folder: vscode.WorkspaceFolder;
}

/** The address in a `.env` text, or undefined where there is none that makes sense. */
export function redisUrlIn(text: string): string | undefined {
  const url = parse(text)['REDIS_URL']?.trim();
  // A file of the workspace has no say over the environment of VS Code.
  if (url === undefined || url === '' || hasPlaceholder(url)) return undefined;
  return complaintAboutUrl(url) === undefined ? url : undefined;
}

/** In the roots of the workspace's folders. */
export async function findDotEnvUrls(): Promise<DotEnvUrl[]> {
  if (!vscode.workspace.isTrusted) return [];
  const found = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(async (folder) => {
      try {
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, '.env')));
        const url = redisUrlIn(text);
        return url === undefined ? [] : [{ url, folder }];
      } catch {
        // No such file.
        return [];
      }
    }),
  );
  return found.flat();
}

/** Says now, and whenever it changes, whether there is one. */
export function watchDotEnv(say: (found: boolean) => void): vscode.Disposable {
  const look = (): void => void findDotEnvUrls().then((found) => say(found.length > 0));
  const watcher = vscode.workspace.createFileSystemWatcher('**/.env');
  look();
  return vscode.Disposable.from(
    ...[watcher, watcher.onDidCreate(look), watcher.onDidChange(look), watcher.onDidDelete(look)],
    ...[vscode.workspace.onDidGrantWorkspaceTrust(look), vscode.workspace.onDidChangeWorkspaceFolders(look)],
  );
}
