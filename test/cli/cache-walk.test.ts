/** A long walk of random changes to one project: after each, a run with a cache says what a run without one says. Seeded, so that a failure comes again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { randomly } from '../support/randomly.ts';
import { TestProject } from './project.ts';

vi.setConfig({ testTimeout: 300_000 });

const seeds = (process.env['KEYSCOPE_WALK'] ?? '1,2').split(',').map(Number);
const steps = 40;

/** Texts that each file may have; the last is: there is no such file. */
const variants: Record<string, (string | undefined)[]> = {
  'package.json': ['{ "dependencies": { "ioredis": "^5", "express": "^4" } }', '{ "dependencies": { "ioredis": "^4", "express": "^4" }, "imports": { "#db": "./src/db/index.ts" } }', undefined],
  'tsconfig.json': ['{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }', '{ "compilerOptions": { "baseUrl": "src" } }', undefined],
  'keyscope.config.json': [undefined, '{ "rules": { "no-keys": "off" } }', '{ "exclude": ["src/api"], "overrides": [{ "files": ["src/db/**"], "rules": { "no-keys": "error" } }] }'],
  '.gitignore': [undefined, 'src/model.ts\n', 'src/db/\n'],
  'src/db/index.ts': ["import { Redis } from 'ioredis';\nexport const db = new Redis();\n", "export * from './client';\nexport * from './names';\n", undefined],
  'src/db/client.ts': ["import { Redis } from 'ioredis';\nexport const db = new Redis();\n", "import IORedis from 'ioredis';\nexport const make = () => new IORedis();\nexport const db = { keys: (p: string) => [p], set: (..._: string[]) => 0 };\n", undefined],
  'src/db/names.ts': ["export const key = (id: string) => `user:${id}`;\n", "export { key } from '../keys';\n", "// keyscope-disable no-keys\nexport const key = String;\nexport const db = 1;\n", undefined],
  'src/keys.ts': ["export const key = (id: string) => `u:${id}`;\nexport const prefix = 'u:';\n", 'export const prefix = "u:";\nexport function key(id: string) { return prefix + id; }\n', undefined],
  'src/model.ts': ['export interface User { id: string; visits: number }\n', 'export interface User { id: string; deep: Map<string, User> }\n', 'export type User = any;\n', undefined],
  'src/users.ts': [
    "import { db } from './db';\nimport { key } from './db/names';\nimport type { User } from './model';\nexport const save = (user: User) => db.set(key(user.id), JSON.stringify(user));\nexport const all = () => db.keys('user:*');\n",
    "import { db } from '@/db';\nexport async function load(ids: string[]) {\n  for (const id of ids) await db.get(id);\n}\nexport const all = () => db.keys('*');\n",
    "import { db } from '#db';\nexport const save = 1, load = (_: string[]) => db.keys('x');\nexport default load;\n",
    undefined,
  ],
  'src/api/handler.ts': [
    "import express from 'express';\nimport { make } from '../db/client';\nexport const app = express();\napp.get('/', async (_req, res) => res.json(await make().keys('*')));\n",
    "import express from 'express';\nimport * as users from '../users';\nexport const app = express();\napp.get('/', async (_req, res) => res.json(await users.all()));\n",
    "import users from 'users';\nexport const loop = async () => { for (const id of ['a', 'b']) await users([id]); };\n",
  ],
  'src/plain.ts': ['export const one = 1;\n', 'export const one = 2;\n', "export const one = 'keyscope-disable';\n", 'declare global { const redis: import("ioredis").Redis }\nexport const one = redis;\n', undefined],
  'src/other.ts': ["import { one } from './plain';\nexport const two = one;\n", "import { one } from './plain';\nexport const two = [one];\n", 'export const two = 2;\n', undefined],
  'src/global.ts': [undefined, "export const all = () => redis.keys('*');\n"],
  'src/plain.d.ts': [undefined, 'declare const redis: import("ioredis").Redis;\n'],
  'src/db.ts': [undefined, 'export const db = { keys: (p: string) => [p], set: (..._: string[]) => 0, get: String };\n'],
};

it.each(seeds)('walk %i', async (seed) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keyscope-cache-'));
  vi.stubEnv('KEYSCOPE_CACHE', folder);
  const project = new TestProject({ '.git/HEAD': 'ref: refs/heads/main\n' });
  const any = randomly(seed);
  const put = (file: string, text: string | undefined): void => {
    rmSync(path.join(project.root, file), { force: true });
    if (text !== undefined) project.write({ [file]: text });
  };
  const names = Object.keys(variants);
  for (const file of names) put(file, variants[file]?.[0]);
  const log: string[] = [];
  const chosen = new Map<string, number>();
  try {
    for (let step = 0; step < steps; step++) {
      for (let changes = any(2); changes >= 0; changes--) {
        const file = names[any(names.length)] ?? '';
        const choice = any(2) === 0 ? (chosen.get(file) ?? 0) : any(variants[file]?.length ?? 0);
        chosen.set(file, choice);
        const text = variants[file]?.[choice];
        // Moves what is found, without a change of what is imported.
        const above = '\n'.repeat(any(3));
        put(file, text === undefined ? undefined : above + text);
        log.push(`${file} ${choice} ${above.length}`);
      }
      const args = ['check', '--format', 'json', ...(any(4) === 0 ? ['--include-tests'] : [])];
      const [cached, again, fresh] = [await project.run(args), await project.run(args), await project.run([...args, '--no-cache'])].map(({ code, out, err }) => ({ code, err, out: out.replace(/"(programFiles|ms|peakRssMb)": \d+/g, '') }));
      expect(cached, log.join('\n')).toEqual(fresh);
      expect(again, log.join('\n')).toEqual(fresh);
    }
  } finally {
    project.remove();
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  }
});
