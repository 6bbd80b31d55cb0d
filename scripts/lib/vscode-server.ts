/**
 * Runs VS Code's server build: the real extension host, shown by any browser. Used by `npm start`, by the suites
 * inside VS Code and by the UI tests.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { atExit } from './at-exit.ts';
import { dieWithParent } from './die-with-parent.ts';
import { ensureVSCodeServer } from './vscode-server-install.ts';

export { ensureVSCodeServer, hasVSCodeServerBuild, installExtension } from './vscode-server-install.ts';
export type { InstalledVSCodeServer } from './vscode-server-install.ts';

/** A cold start takes half a second; the rest is for a loaded machine. */
const START_LIMIT_MS = 60_000;
/** After SIGTERM; then the whole group is killed. */
const STOP_LIMIT_MS = 3_000;

/** User settings for a window that shows the folder and nothing else: no welcome page, no assistant, no update checks. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  // As on a desktop; in the browser it is on by default.
  'files.autoSave': 'off',
  'extensions.autoCheckUpdates': false,
  'remote.autoForwardPorts': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
};

export interface StartOptions {
  /** Where the server keeps settings, extensions and state; default a new temporary folder, removed by `stop()`. */
  serverDataDir?: string;
  /** User settings of the window, e.g. `{ ...quietSettings, 'keyscope.connections': [{ name, url }] }`; replaces what the folder holds. */
  settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server and so of its extension hosts. */
  env?: Readonly<Record<string, string>>;
  /** 0 or absent: a free one. */
  port?: number;
  /** Needed to run a suite inside VS Code; suppresses toasts. */
  smokeTestDriver?: boolean;
  /** True: folders start untrusted, as on a desktop. Default: every folder is trusted. */
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
  /** The address that opens a folder; it holds the server's token, so it is for this user's browser alone. */
  urlOf(open: OpenOptions): string;
  /** The last lines the server printed. */
  log(): string;
  /** Ends the server and its extension hosts. May be called twice. */
  stop(): Promise<void>;
}

/** Starts a server for this machine alone (127.0.0.1, random token). @throws Error with the server's output when it does not come up. */
export async function startVSCodeServer(options: StartOptions = {}): Promise<RunningVSCodeServer> {
  const { node, main } = await ensureVSCodeServer();
  const serverDataDir = options.serverDataDir ?? mkdtempSync(join(tmpdir(), 'keyscope-vscode-'));
  const temporary = options.serverDataDir === undefined ? serverDataDir : undefined;
  const remove = (): void => {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  if (options.settings !== undefined) writeSettings(serverDataDir, options.settings);
  const token = randomBytes(16).toString('hex');
  const args = [
    ...[main, '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token],
    ...['--accept-server-license-terms', '--disable-telemetry', '--server-data-dir', serverDataDir],
    ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
  // A group of its own: the extension hosts are its children and go with it, and Ctrl-C in the terminal goes to us alone.
  const server = spawn(node, args, { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const callOff = server.pid === undefined ? (): void => undefined : dieWithParent(server.pid, { group: true, dir: temporary });
  const forgetDir = atExit(remove);
  const output: string[] = [];
  const log = (): string => output.join('').slice(-4_000);
  const stop = async (): Promise<void> => {
    await endGroup(server);
    callOff();
    forgetDir();
    remove();
  };
  try {
    const port = await portOf(server, output);
    const url = `http://127.0.0.1:${port}/?tkn=${token}`;
    return { url, port, serverDataDir, log, stop, urlOf: (open) => addressOf(url, open) };
  } catch (error) {
    await stop();
    throw new Error(`VS Code's server did not start: ${error instanceof Error ? error.message : String(error)}\n${log()}`, { cause: error });
  }
}

/** Writes the user settings that windows of this server read. */
export function writeSettings(serverDataDir: string, settings: Readonly<Record<string, unknown>>): void {
  const user = join(serverDataDir, 'data/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

function addressOf(base: string, open: OpenOptions): string {
  const url = new URL(base);
  const remote = (path: string): string => `vscode-remote://${url.host}${pathToFileURL(resolve(path)).pathname}`;
  const payload: [string, string][] = [];
  if (open.extensionDevelopmentPath !== undefined) payload.push(['extensionDevelopmentPath', remote(open.extensionDevelopmentPath)]);
  if (open.extensionTestsPath !== undefined) payload.push(['extensionTestsPath', remote(open.extensionTestsPath)]);
  if (open.openFile !== undefined) payload.push(['openFile', remote(open.openFile)]);
  url.searchParams.set(open.folder.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(open.folder));
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function portOf(server: ChildProcess, output: string[]): Promise<number> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no answer within ${START_LIMIT_MS / 1000} s`)), START_LIMIT_MS);
    const onData = (chunk: Buffer): void => {
      output.push(chunk.toString());
      if (output.length > 500) output.splice(0, 250);
      const port = /agent listening on (\d+)/.exec(output.join(''))?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      done(Number(port));
    };
    const end = (error: Error): void => {
      clearTimeout(timer);
      fail(error);
    };
    server.stdout?.on('data', onData);
    server.stderr?.on('data', onData);
    server.once('error', end);
    server.once('exit', (code) => end(new Error(`it ended with code ${code}`)));
  });
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once('exit', done));
    signalGroup(child.pid, 'SIGTERM');
    const pid = child.pid;
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
    // The extension hosts may outlive the server for a moment.
    signalGroup(pid, 'SIGKILL');
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}
