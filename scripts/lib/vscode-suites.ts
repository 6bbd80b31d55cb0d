/** The suites inside VS Code: each is a folder of test/vscode and the workspace that it runs in. */

export interface Suite {
  /** Folder in test/vscode. */
  name: string;
  what: string;
  /** Path in the workspace → text. */
  files: Readonly<Record<string, string>>;
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
    files: { 'notes.txt': 'nothing to analyse\n' },
    limitMs: 180_000,
  },
];
