/** “Create Shared Redis Client”: writes the shared client into the project, in its library, language and modules. Overwrites nothing. A bundle of its own. */
import * as vscode from 'vscode';
import { ConfigLoader } from '../../config/load-config.ts';
import { hasTemplate, renderTemplate, versionOf } from '../../client-template/render.ts';
import { showInformation, showWarning } from '../ui/notify.ts';
import { pickOne } from '../ui/pick.ts';
import { withoutLinks } from '../ui/untrusted-text.ts';
import { clientsOf, styleOf } from './project.ts';
import type { Client, ReadFile } from './project.ts';

const NAME = 'redis-client';
const NOT_SEARCHED = '**/{node_modules,dist,build,out}/**';

/** @param target a folder of the workspace; asked for, or taken from the settings, where it is not given. Resolves to the file that was written. */
export async function createSharedClient(target?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const root = await askWorkspaceFolder(target);
  if (root === undefined) return undefined;
  const present = await findPresent(root);
  if (present !== undefined) {
    const open = 'Open It';
    const chosen = await showInformation(`There is a shared client already: ${vscode.workspace.asRelativePath(present)}. Nothing was written.`, open);
    if (chosen === open) await vscode.window.showTextDocument(present);
    return undefined;
  }
  const folder = target ?? (await askFolder(root));
  if (folder === undefined) return undefined;
  const read = readerOf(await projectOf(folder, root), root.uri);
  const client = await chooseClient(await clientsOf(read));
  if (client === undefined) return undefined;
  const style = await styleOf(read);
  const file = vscode.Uri.joinPath(folder, `${NAME}.${style.language}`);
  if (await exists(file)) {
    void showWarning(`${vscode.workspace.asRelativePath(file)} exists and is no shared client of Keyscope. Nothing was written: choose another folder.`);
    return undefined;
  }
  const text = renderTemplate({ library: client.library, major: client.major, ...style });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(file);
  return file;
}

async function askWorkspaceFolder(target: vscode.Uri | undefined): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void showInformation('Open the folder of your project first: the shared client is a file in it.');
    return undefined;
  }
  if (target !== undefined) return vscode.workspace.getWorkspaceFolder(target);
  return folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Project that gets the shared Redis client' });
}

/** What the configuration says, else the setting, else the person's answer; inside the workspace folder. */
async function askFolder(root: vscode.WorkspaceFolder): Promise<vscode.Uri | undefined> {
  const ofProject = configuredFolder(root.uri);
  if (ofProject !== undefined) return ofProject;
  const configured = vscode.workspace.getConfiguration('keyscope', root).get<string>('sharedClient.folder', '').trim();
  const answer =
    configured !== ''
      ? configured
      : await vscode.window.showInputBox({
          title: 'Create Shared Redis Client',
          prompt: `Folder of ${withoutLinks(root.name)} for ${NAME}.ts or .js, relative to it. It is made where it does not exist.`,
          value: (await exists(vscode.Uri.joinPath(root.uri, 'src'))) ? 'src' : '.',
          validateInput: (value) => (isInside(root.uri, value) ? undefined : 'A folder inside the workspace folder, for instance src/redis.'),
        });
  if (answer === undefined) return undefined;
  if (!isInside(root.uri, answer)) throw new Error(`keyscope.sharedClient.folder is “${answer}”, which lies outside ${root.name}. Give a folder inside it.`);
  return vscode.Uri.joinPath(root.uri, answer);
}

/** `sharedClient.folder` of the keyscope.config.json that counts in the workspace folder: the fix of no-client-per-request writes there too. */
function configuredFolder(root: vscode.Uri): vscode.Uri | undefined {
  const folder = root.scheme === 'file' ? new ConfigLoader({ rules: [] }).configFor(`${root.fsPath}/index.ts`).sharedClientFolder : undefined;
  const uri = folder === undefined ? undefined : vscode.Uri.file(folder);
  // One of a configuration above the workspace folder may lie beside it.
  return uri && `${uri.path}/`.startsWith(`${root.path}/`) ? uri : undefined;
}

function isInside(root: vscode.Uri, folder: string): boolean {
  const { path } = vscode.Uri.joinPath(root, folder);
  return !folder.startsWith('/') && (path === root.path || path.replace(/\/$/, '') === root.path || path.startsWith(`${root.path}/`));
}

/** Asks where a project has several clients, or none yet. */
async function chooseClient(clients: readonly Client[]): Promise<{ library: Client['library']; major: number } | undefined> {
  const usable = clients.flatMap(({ library, major }) => (major === undefined || hasTemplate(library, major) ? [{ library, major: major ?? 6 }] : []));
  const [first, ...others] = usable;
  if (first !== undefined && others.length === 0) return first;
  const old = clients[0];
  if (first === undefined && old !== undefined) throw new Error(`The shared client needs a newer ${old.library} than the ${old.major} of this project. Upgrade it first.`);
  const choices = first === undefined ? [{ library: 'ioredis' as const, major: 6 }, { library: 'redis' as const, major: 6 }] : usable;
  const placeHolder = first === undefined ? 'package.json names no Redis client. Which will you install?' : 'This project has several Redis clients. Which is shared?';
  const chosen = await pickOne(
    choices.map((choice) => ({ label: choice.library, description: choice.library === 'redis' ? 'node-redis' : '', choice })),
    { title: 'Create Shared Redis Client', placeHolder },
  );
  return chosen?.choice;
}

/** The nearest folder with a package.json, from the target up to the workspace folder. */
async function projectOf(folder: vscode.Uri, { uri: root }: vscode.WorkspaceFolder): Promise<vscode.Uri> {
  for (let at = folder; at.path.length > root.path.length; at = vscode.Uri.joinPath(at, '..')) if (await exists(vscode.Uri.joinPath(at, 'package.json'))) return at;
  return root;
}

/** Packages may be hoisted to the workspace folder. */
function readerOf(project: vscode.Uri, root: vscode.Uri): ReadFile {
  return async (path) => {
    const own = await readText(vscode.Uri.joinPath(project, path));
    return own ?? (path.startsWith('node_modules/') ? await readText(vscode.Uri.joinPath(root, path)) : undefined);
  };
}

/** It may have been renamed or moved: any file counts that names Redis in its path and begins as the template does. */
async function findPresent(root: vscode.WorkspaceFolder): Promise<vscode.Uri | undefined> {
  const extensions = '{ts,mts,cts,js,mjs,cjs}';
  const pattern = `{**/*[rR]edis*.${extensions},**/*[rR]edis*/**/*.${extensions}}`;
  const files = await vscode.workspace.findFiles(new vscode.RelativePattern(root, pattern), NOT_SEARCHED, 200);
  for (const file of files) if (versionOf((await readText(file)) ?? '') !== undefined) return file;
  return undefined;
}

async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
