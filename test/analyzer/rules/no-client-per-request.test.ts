import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/analyze.ts';

const reports = (body: string): Promise<string[]> => linesOf('no-client-per-request', `import Redis from 'ioredis';\nimport express from 'express';\nimport { Worker } from 'bullmq';\nconst app = express();\n${body}`);

describe('reports a client made in', () => {
  it.each([
    ['a job', "new Worker('mail', async (job) => {\n const r = new Redis();\n await r.incr('x');\n await r.quit();\n});"],
    ['a middleware', "app.use(async (req, res, next) => {\n const r = new Redis();\n await r.incr('x');\n next();\n});"],
    ['a named handler', "app.get('/x', show);\nasync function show() {\n const r = new Redis();\n await r.quit();\n}"],
    ['a handler exported for another file', 'export async function show(req: express.Request, res: express.Response) {\n const r = new Redis();\n await r.quit();\n}'],
    ['a factory that the handler calls each time', "const open = () => new Redis();\napp.get('/x', async (req, res) => {\n const r = open();\n res.json(await r.get('x'));\n});"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([expect.stringContaining('new Redis()')]);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a memoised client', "let r: Redis | undefined;\nconst get = () => (r ??= new Redis());\napp.get('/x', async (req, res) => res.json(await get().get('x')));"],
    ['one kept after a check', "let r: Redis | undefined;\nfunction get() {\n if (!r) {\n  r = new Redis();\n }\n return r;\n}\napp.get('/x', async (req, res) => res.json(await get().get('x')));"],
    ['one per tenant, kept in a map', "const all = new Map<string, Redis>();\napp.get('/x', async (req, res) => {\n let r = all.get('t');\n if (!r) {\n  r = new Redis();\n  all.set('t', r);\n }\n res.json(await r.get('x'));\n});"],
    ['a script', "async function main() {\n const r = new Redis();\n await r.flushall();\n await r.quit();\n}\nmain();"],
    ['a class made once', 'class Store {\n r = new Redis();\n}\nexport const store = new Store();'],
    ['a list of nodes', "const nodes = ['a', 'b'].map((host) => new Redis({ host }));\nexport { nodes };"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
