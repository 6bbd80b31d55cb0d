/** Running a program to its end with its output kept, so that it can be shown only when it matters. */
import { spawn } from 'node:child_process';
import { dieWithParent } from './die-with-parent.ts';

export interface ProcessResult {
  /** The exit code; undefined when it was ended by a signal, by us at the time limit, or never started. */
  code: number | undefined;
  timedOut: boolean;
  /** stdout and stderr as they came. */
  output: string;
  stdout: string;
}

export interface RunOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  limitMs: number;
}

/** Never rejects: a program that cannot be started is a result without a code. Its children are ended with it. */
export function runProcess(file: string, args: readonly string[], options: RunOptions): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it started can be ended together.
      detached: process.platform !== 'win32',
    });
    const { pid } = child;
    let output = '';
    let stdout = '';
    let timedOut = false;
    const endGroup = (): void => {
      if (pid === undefined) return;
      try {
        process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
      } catch {
        // All of them have ended.
      }
    };
    const callOff = pid === undefined ? () => undefined : dieWithParent(pid, { group: true });
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup();
    }, options.limitMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    let settled = false;
    const finish = (code: number | undefined): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      callOff();
      endGroup();
      resolve({ code: timedOut ? undefined : code, timedOut, output, stdout });
    };
    child.once('error', (error) => {
      output += `${file}: ${error.message}\n`;
      finish(undefined);
    });
    child.once('close', (code) => finish(code ?? undefined));
    // A grandchild may keep the pipes open: its group is ended shortly after the program itself.
    child.once('exit', () => setTimeout(endGroup, 2_000).unref());
  });
}
