/** A child process must not outlive us, even when we are killed with SIGKILL and run no handler. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { atExit } from './at-exit.ts';

/**
 * Starts a small shell that waits for the end of a pipe which only we hold open. When we die, for whatever reason,
 * the system closes the pipe and the shell ends the process `pid`, or its whole group, and removes `dir`.
 * On Windows there is no such shell: an `exit` handler has to do. Returns a function that calls the watch off; call it
 * once the process has ended, since its id may be given to another one.
 */
export function dieWithParent(pid: number, options: { group?: boolean; dir?: string } = {}): () => void {
  const target = options.group ? -pid : pid;
  const onExit = (): void => {
    try {
      process.kill(process.platform === 'win32' ? pid : target, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  const forget = atExit(onExit);
  const watcher = process.platform === 'win32' ? undefined : startWatcher(target, options.dir);
  return () => {
    forget();
    watcher?.kill('SIGKILL');
  };
}

function startWatcher(target: number, dir: string | undefined): ChildProcess {
  const script = 'read -r _; kill -s KILL -- "$1" 2>/dev/null; if [ -n "$2" ]; then rm -rf -- "$2"; fi';
  const watcher = spawn('/bin/sh', ['-c', script, 'die-with-parent', String(target), dir ?? ''], {
    // Its own session: Ctrl-C in the terminal must not end the watch before us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined);
  watcher.unref();
  // A pipe is a net.Socket, which the type of ChildProcess.stdin does not say.
  (watcher.stdin as unknown as { unref(): void } | null)?.unref();
  watcher.stdin?.on('error', () => undefined);
  return watcher;
}
