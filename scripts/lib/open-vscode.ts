/** Opens a folder in VS Code with a .vsix installed, in a profile of its own, so that the person's setup is not touched. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';
import { findOnPath } from './on-path.ts';
import { runProcess } from './run-process.ts';
import { installExtension, quietSettings, startVSCodeServer } from './vscode-server.ts';

export interface OpenVSCodeOptions {
  vsix: string;
  folder: string;
  /** Opened in an editor beside the folder. */
  file: string;
  settings: Readonly<Record<string, unknown>>;
  env: Readonly<Record<string, string>>;
}

export interface OpenedVSCode {
  /** What to tell the person. */
  where: string;
  /** Resolves when the person closes the window; never, for a browser. */
  closed: Promise<void>;
  stop(): Promise<void>;
}

const INSTALL_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;

/** `code` on PATH; not the one in a terminal of a remote window, which opens files in that window and knows no other profile. */
export function findDesktopCode(): string | undefined {
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  return findOnPath('code');
}

/** Desktop where there is one, else the browser. Throws with what to do when it cannot be opened. */
export function openVSCode(options: OpenVSCodeOptions): Promise<OpenedVSCode> {
  const code = findDesktopCode();
  return code === undefined ? openInBrowser(options) : openOnDesktop(code, options);
}

async function openInBrowser(options: OpenVSCodeOptions): Promise<OpenedVSCode> {
  const serverDataDir = mkdtempSync(join(tmpdir(), 'keyscope-vscode-'));
  const remove = (): void => rmSync(serverDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forget = atExit(remove);
  try {
    await installExtension(options.vsix, { serverDataDir });
    const server = await startVSCodeServer({ serverDataDir, settings: { ...quietSettings, ...options.settings }, env: options.env });
    return {
      where: server.urlOf({ folder: options.folder, openFile: options.file }),
      closed: new Promise(() => undefined),
      async stop() {
        await server.stop();
        forget();
        remove();
      },
    };
  } catch (error) {
    forget();
    remove();
    throw error;
  }
}

async function openOnDesktop(code: string, options: OpenVSCodeOptions): Promise<OpenedVSCode> {
  const dir = mkdtempSync(join(tmpdir(), 'keyscope-code-'));
  const userData = join(dir, 'user-data');
  const profile = ['--user-data-dir', userData, '--extensions-dir', join(dir, 'extensions')];
  // Electron refuses its sandbox to root.
  if (process.platform === 'linux' && process.getuid?.() === 0) profile.push('--no-sandbox');
  const remove = (): void => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forget = atExit(remove);
  mkdirSync(join(userData, 'User'), { recursive: true });
  const settings = { ...quietSettings, 'security.workspace.trust.enabled': false, ...options.settings };
  writeFileSync(join(userData, 'User', 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
  const installed = await runProcess(code, [...profile, '--install-extension', options.vsix], { cwd: dir, limitMs: INSTALL_LIMIT_MS });
  if (installed.code !== 0) {
    forget();
    remove();
    throw new Error(`${code} could not install ${options.vsix}:\n${installed.output.trim()}\nInstall that file by hand in VS Code (Extensions: Install from VSIX…).`);
  }
  // With --wait the command lasts as long as the window.
  const window = spawn(code, [...profile, '--new-window', '--wait', options.folder, options.file], {
    env: { ...process.env, ...options.env },
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  const closed = new Promise<void>((resolve, reject) => {
    window.once('error', reject);
    window.once('exit', () => resolve());
  });
  return {
    where: `the window of ${code}`,
    closed,
    async stop() {
      // Closed by the person: the ids may belong to others by now.
      const open = window.exitCode === null && window.signalCode === null;
      if (open) end(window.pid);
      // The window is no child of that command: VS Code writes its id into its own data folder.
      const lock = join(userData, 'code.lock');
      const main = open && existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (main > 1) await endAndWait(main);
      forget();
      remove();
    },
  };
}

function end(pid: number | undefined, signal: NodeJS.Signals = 'SIGTERM'): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function endAndWait(pid: number): Promise<void> {
  const limit = Date.now() + STOP_LIMIT_MS;
  if (!end(pid)) return;
  while (isAlive(pid) && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 50));
  if (isAlive(pid)) end(pid, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
