/** The suites inside VS Code: each is a folder of test/vscode and the workspace that it runs in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Suite {
  /** Folder in test/vscode. */
  name: string;
  what: string;
  /** Path in the scratch folder that the window opens → text. */
  files: Readonly<Record<string, string>>;
  /** The .code-workspace among the files that is opened instead of the folder. */
  workspaceFile?: string;
  settings?: Readonly<Record<string, unknown>>;
  limitMs?: number;
}

export const suites: readonly Suite[] = [
  {
    name: 'no-redis',
    what: 'a folder whose package.json names no Redis client',
    files: {
      'package.json': JSON.stringify({ name: 'plain', dependencies: { express: '5' } }),
      'plain.ts': 'export const answer: number = 42;\n',
      'cache.mjs': "import Redis from 'ioredis';\nexport const redis = new Redis();\n",
    },
  },
  {
    name: 'keys',
    what: 'the Keys view on a real Redis',
    files: { '.env': 'PORT=3000\nREDIS_URL="redis://shop:hunter2@127.0.0.1:1/2"\n' },
  },
  {
    name: 'million',
    what: 'a keyspace of 1,000,000 keys, in an extension host of its own',
    files: { 'notes.txt': 'nothing to analyse\n' },
  },
  {
    name: 'code',
    what: 'findings and fixes in a workspace of two folders',
    workspaceFile: 'both.code-workspace',
    files: {
      'both.code-workspace': JSON.stringify({ folders: [{ path: 'shop' }, { path: 'jobs' }] }),
      'shop/package.json': JSON.stringify({ name: 'shop', dependencies: { ioredis: '^6.0.0' } }),
      'shop/tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext' } }),
      'shop/src/redis.ts': "import { Redis } from 'ioredis';\n\nexport const redis = new Redis();\nredis.on('error', console.error);\n",
      'shop/src/clean.ts': "import { redis } from './redis';\n\nexport const one = () => redis.get('user:1');\n",
      'shop/src/report.ts': "import { redis } from './redis';\n\nexport async function report(): Promise<string[]> {\n  const keys = await redis.keys('order:*');\n  return keys.sort();\n}\n",
      'shop/src/sessions.ts': [
        "import { redis } from './redis';",
        '',
        'export async function open(id: string, data: string): Promise<void> {',
        '  await redis.set(`session:${id}`, data);',
        '  await redis.expire(`session:${id}`, 3600);',
        '}',
        '',
        'export async function remember(id: string, data: string): Promise<void> {',
        '  await redis.set(`remember:${id}`, data);',
        '  await redis.expire(`remember:${id}`, 86400);',
        '}',
        '',
      ].join('\n'),
      'jobs/package.json': JSON.stringify({ name: 'jobs', dependencies: { redis: '^6.0.0' } }),
      'jobs/worker.js': [
        "const { createClient } = require('redis');",
        '',
        'const client = createClient();',
        "client.on('error', console.error);",
        '',
        'async function lock(id) {',
        "  await client.set(`lock:${id}`, '1');",
        '  await client.expire(`lock:${id}`, 30);',
        '}',
        '',
        'module.exports = { lock };',
        '',
      ].join('\n'),
    },
  },
];

/** Writes the files of a suite into a folder of their own. Returns what the window opens. */
export function layOutWorkspace({ name, files, workspaceFile }: Suite, scratch: string): string {
  const folder = join(scratch, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return workspaceFile === undefined ? folder : join(folder, workspaceFile);
}
