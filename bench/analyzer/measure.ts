/** A command run as people run it: wall time from start to end, and the most memory that it and its children held at once. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  /** Seconds, the process's own start included. */
  seconds: number;
  /** Resident memory of all its processes together, sampled (Linux); undefined elsewhere. */
  peakMb: number | undefined;
  code: number | null;
  output: string;
}

const sampleMs = 10;

export function measure(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const [file = '', ...args] = command;
    const started = performance.now();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let peak = 0;
    const sample = (): void => {
      if (child.pid !== undefined) peak = Math.max(peak, residentOf(child.pid));
    };
    const timer = setInterval(sample, sampleMs);
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-200_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(timer);
      resolve({ seconds: (performance.now() - started) / 1_000, peakMb: peak === 0 ? undefined : Math.round(peak / 1_048_576), code, output });
    });
  });
}

/** Bytes, of a process and all below it; 0 where /proc does not tell. */
function residentOf(pid: number): number {
  try {
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const below = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter((one) => one !== '').map(Number));
    return kilobytes * 1_024 + below.reduce((sum, one) => sum + residentOf(one), 0);
  } catch {
    return 0;
  }
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
