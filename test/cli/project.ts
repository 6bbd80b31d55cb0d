/** Small projects on disk, and the command line run over them in this process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pc from 'picocolors';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

export interface CliResult {
  code: number | undefined;
  out: string;
  err: string;
}

/** Without colours, into a pipe, unless `terminal` says otherwise. */
export async function runCli(args: readonly string[], terminal: Partial<Terminal> = {}): Promise<CliResult> {
  const result: CliResult = { code: undefined, out: '', err: '' };
  result.code = await run(args, {
    out: (text) => void (result.out += text),
    err: (text) => void (result.err += text),
    colors: pc.createColors(false),
    columns: undefined,
    showsProgress: false,
    env: {},
    ...terminal,
  });
  return result;
}

export class TestProject {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyscope-cli-'))).replaceAll('\\', '/');

  constructor(files: Record<string, string>) {
    this.write(files);
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.root, name)), { recursive: true });
      writeFileSync(path.join(this.root, name), text);
    }
  }

  /** Runs with `--cwd` at the project. */
  run(args: readonly string[], terminal: Partial<Terminal> = {}): Promise<CliResult> {
    return runCli([...args, ...(args.includes('--cwd') ? [] : ['--cwd', this.root])], terminal);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A service with a `no-keys` error in a handler, one `range-for-count` warning with a safe fix, and a hint in a test. */
export const service: Record<string, string> = {
  'package.json': '{ "name": "service", "dependencies": { "ioredis": "^5", "express": "^4" } }',
  'src/redis.ts': "import { Redis } from 'ioredis';\n\nexport const redis = new Redis();\nredis.on('error', console.error);\n",
  'src/sessions.ts': [
    "import express from 'express';",
    "import { redis } from './redis';",
    '',
    'export const app = express();',
    '',
    "app.get('/sessions', async (_req, res) => {",
    "\tconst keys = await redis.keys('session:*');",
    '\tres.json(keys);',
    '});',
    '',
  ].join('\n'),
  'src/visits.ts': "import { redis } from './redis';\n\nexport async function visitors(day: string): Promise<number> {\n  return (await redis.smembers(`visitors:${day}`)).length;\n}\n",
  'test/sessions.test.ts': "import { redis } from '../src/redis';\n\nexport async function clean(): Promise<void> {\n  await redis.keys('session:*');\n}\n",
};
