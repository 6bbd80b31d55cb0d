/** Executes cases in one child process for each version of a client library. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Job, Outcomes } from './execution.ts';

const child = fileURLToPath(new URL('./execute-child.ts', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Rejects where the child itself ends badly; what goes wrong in a case is in its outcome. */
export async function execute(job: Job): Promise<Outcomes> {
  const folder = mkdtempSync(join(tmpdir(), 'keyscope-fixes-'));
  try {
    const jobFile = join(folder, 'job.json');
    const outFile = join(folder, 'out.json');
    writeFileSync(jobFile, JSON.stringify(job));
    // tsx reads the cases as they are, whatever their extension.
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const log = await run(process.execPath, ['--import', tsx, child, jobFile, outFile]);
    try {
      return JSON.parse(readFileSync(outFile, 'utf8')) as Outcomes;
    } catch {
      throw new Error(`executing the cases ended early:\n${log.slice(-4_000)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const process = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    const keep = (chunk: Buffer): void => {
      log += chunk.toString('utf8');
    };
    process.stdout.on('data', keep);
    process.stderr.on('data', keep);
    process.once('error', reject);
    process.once('close', () => resolve(log));
  });
}
