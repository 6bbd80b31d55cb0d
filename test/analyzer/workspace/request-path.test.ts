import { expect, it } from 'vitest';
import { withProject } from '../../support/analyze.ts';

const list = "import { redis } from './redis';\n";
const body = "(req: unknown, res: { json(value: unknown): void }) {\n  res.json(await redis.keys('user:*'));\n}\n";

/** Severity of KEYS, which is an error on a request path, in list.ts. */
async function severity(files: Record<string, string>): Promise<string | undefined> {
  const all = { 'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();\n", ...files };
  return withProject(all, async (analyzer) => (await analyzer.check()).findings.find(({ rule }) => rule === 'no-keys')?.severity);
}

it.each([
  ['by its name', `${list}export async function listUsers${body.replace('req: unknown', 'a: unknown')}`, "import { app } from './app';\nimport { listUsers } from './list';\napp.get('/users', listUsers);\n"],
  ['by another name, as the default export', `${list}export default async function listUsers${body.replace('req: unknown', 'a: unknown')}`, "import { app } from './app';\nimport show from './list';\napp.get('/users', show);\n"],
  ['by a default export at the end', `${list}async function listUsers${body.replace('req: unknown', 'a: unknown')}export default listUsers;\n`, "import { app } from './app';\nimport show from './list';\napp.get('/users', show);\n"],
  ['called in a handler of another file', `${list}export const names = () => redis.keys('user:*');\n`, "import { app } from './app';\nimport { names } from './list';\napp.get('/users', async (req, res) => res.json(await names()));\n"],
  ['through a barrel', `${list}export const names = () => redis.keys('user:*');\n`, "import { app } from './app';\nimport { names } from './index';\napp.get('/users', async (req, res) => res.json(await names()));\n"],
])('a handler is found %s', async (_, listText, routes) => {
  expect(await severity({ 'list.ts': listText, 'routes.ts': routes, 'index.ts': "export * from './list';\nexport * from './other';\n", 'other.ts': 'export const other = 1;\n', 'app.ts': 'export const app: any = {};\n' })).toBe('error');
});

it('code that no handler runs is none', async () => {
  expect(await severity({ 'list.ts': `${list}export const names = () => redis.keys('user:*');\n`, 'start.ts': "import { names } from './list';\nawait names();\n" })).toBe('warning');
});
