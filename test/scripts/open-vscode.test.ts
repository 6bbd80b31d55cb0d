/** The desktop's way, with a program named `code` in place of VS Code, which cannot be had here; the browser's way is in test/start. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDesktopCode, openVSCode } from '../../scripts/lib/open-vscode.ts';

/** Notes its arguments; the window is a process of its own whose id stands in code.lock, as VS Code's does. */
const CODE = `#!${process.execPath}
const fs = require('fs'), path = require('path'), { spawn } = require('child_process');
const args = process.argv.slice(2), data = args[args.indexOf('--user-data-dir') + 1];
fs.appendFileSync(path.join(__dirname, 'calls.jsonl'), JSON.stringify({ args, password: process.env.KEYSCOPE_START_PASSWORD, settings: fs.readFileSync(path.join(data, 'User/settings.json'), 'utf8') }) + '\\n');
if (args.includes('--install-extension')) process.exit(process.env.REFUSE ? 1 : 0);
const window = spawn(process.execPath, ['-e', 'setTimeout(() => {}, +process.env.WINDOW_MS)'], { detached: true, stdio: 'ignore' });
fs.writeFileSync(path.join(data, 'code.lock'), String(window.pid));
window.on('exit', () => process.exit(0));
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyscope-code-test-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/code'), CODE);
  chmodSync(join(folder, 'bin/code'), 0o755);
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`);
  vi.stubEnv('VSCODE_IPC_HOOK_CLI', undefined);
  vi.stubEnv('WINDOW_MS', '60000');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

interface Call {
  args: string[];
  password?: string;
  settings: string;
}

const calls = (): Call[] => readFileSync(join(folder, 'bin/calls.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Call);
const open = () => openVSCode({ vsix: '/x/keyscope.vsix', folder: '/x/shop', file: '/x/shop/a.ts', settings: { 'keyscope.connections': [] }, env: { KEYSCOPE_START_PASSWORD: 'secret' } });
const valueOf = (call: Call | undefined, option: string): string => call?.args[call.args.indexOf(option) + 1] ?? '';

describe.skipIf(process.platform === 'win32')('openVSCode with code on PATH', () => {
  it('installs the extension into a profile of its own, opens the folder, and closes the window at the end', async () => {
    const opened = await open();
    await expect.poll(() => calls().length).toBe(2);
    const [install, window] = calls();
    expect(valueOf(install, '--install-extension')).toBe('/x/keyscope.vsix');
    expect(window?.args.slice(-4)).toEqual(['--new-window', '--wait', '/x/shop', '/x/shop/a.ts']);
    expect(window?.password).toBe('secret');
    const data = valueOf(window, '--user-data-dir');
    expect(data.startsWith(tmpdir())).toBe(true);
    expect(valueOf(install, '--user-data-dir')).toBe(data);
    expect(valueOf(install, '--extensions-dir')).toBe(valueOf(window, '--extensions-dir'));
    expect(JSON.parse(window?.settings ?? '')).toMatchObject({ 'keyscope.connections': [], 'security.workspace.trust.enabled': false });
    expect(window?.settings).not.toContain('secret');

    await expect.poll(() => existsSync(join(data, 'code.lock'))).toBe(true);
    const pid = Number(readFileSync(join(data, 'code.lock'), 'utf8'));
    await opened.stop();
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
    expect(existsSync(data)).toBe(false);
  });

  it('says when the person has closed the window', async () => {
    vi.stubEnv('WINDOW_MS', '100');
    const opened = await open();
    await opened.closed;
    await opened.stop();
  });

  it('says what to do when the extension cannot be installed', async () => {
    vi.stubEnv('REFUSE', '1');
    await expect(open()).rejects.toThrow('Install that file by hand');
  });

  it('leaves the code of a remote window alone', () => {
    expect(findDesktopCode()).toBe(join(folder, 'bin/code'));
    vi.stubEnv('VSCODE_IPC_HOOK_CLI', '/run/vscode-ipc.sock');
    expect(findDesktopCode()).toBeUndefined();
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
