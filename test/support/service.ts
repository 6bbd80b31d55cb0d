/** A service of the example run as its own process, ended with the test. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { dieWithParent } from '../../scripts/lib/die-with-parent.ts';

export interface Service {
  /** Everything printed so far. */
  log(): string;
  /** Resolves with the match once the output has it; rejects at the limit, or when the process ends first. */
  waitFor(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  /** The exit code, when it ends by itself. */
  ended: Promise<number | null>;
  /** Ends it by the signal (default SIGTERM) and resolves with the exit code, null when it had to be killed after ten seconds. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function startService(args: readonly string[], options: { cwd: string; env: Record<string, string> }): Service {
  const child: ChildProcess = spawn(process.execPath, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) child.once('exit', dieWithParent(child.pid));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    log: () => log,
    async waitFor(pattern, limitMs = 20_000) {
      const end = Date.now() + limitMs;
      for (;;) {
        const match = pattern.exec(log);
        if (match) return match;
        if (!running() || Date.now() > end) throw new Error(`${args.join(' ')} did not print ${String(pattern)}:\n${log}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    ended,
    async stop(signal = 'SIGTERM') {
      if (!running()) return child.exitCode;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      const code = await ended;
      clearTimeout(timer);
      return code;
    },
  };
}
