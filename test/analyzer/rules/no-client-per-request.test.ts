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
    ['a handler, for a server that it looks up', "const hosts: Record<string, string> = {};\napp.get('/x/:t', async (req, res) => {\n const r = new Redis({ host: hosts[req.params.t] }); // new Redis()\n await r.quit();\n});"],
    ['a handler, for what an id stands for', "declare function tenantOf(id: string): Promise<{ url: string }>;\napp.get('/x/:t', async (req, res) => {\n const tenant = await tenantOf(req.params.t);\n const r = new Redis(tenant.url); // new Redis()\n await r.quit();\n});"],
    ['a handler, for a database of its own', "app.get('/x/:db', async (req, res) => {\n const r = new Redis({ host: 'redis.internal', db: Number(req.params.db) }); // new Redis()\n await r.quit();\n});"],
    ['a helper that is given a prefix by the request', "const open = (keyPrefix: string) => new Redis({ host: 'redis.internal', keyPrefix }); // new Redis()\napp.get('/x/:t', async (req, res) => {\n const r = open(req.params.t);\n res.json(await r.get('x'));\n});"],
    ['a helper that tries a server which is always the same', "async function isUp() {\n const r = new Redis('redis.internal'); // new Redis()\n try {\n  await r.ping();\n  return true;\n } catch {\n  return false;\n } finally {\n  r.disconnect();\n }\n}\napp.get('/health', async (req, res) => res.json(await isUp()));"],
    ['a helper that only one of two handlers tells the server', "const open = (host: string) => new Redis({ host }); // new Redis()\napp.post('/x', async (req, res) => {\n const r = open(req.body.host);\n res.json(await r.get('x'));\n});\napp.get('/x', async (req, res) => {\n const r = open('redis.internal');\n res.json(await r.get('x'));\n});"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([expect.stringContaining('new Redis()')]);
  });
});

describe('keeps quiet about', () => {
  it.each([
    ['a memoised client', "let r: Redis | undefined;\nconst get = () => (r ??= new Redis());\napp.get('/x', async (req, res) => res.json(await get().get('x')));"],
    ['one kept after a check', "let r: Redis | undefined;\nfunction get() {\n if (!r) {\n  r = new Redis();\n }\n return r;\n}\napp.get('/x', async (req, res) => res.json(await get().get('x')));"],
    ['one per tenant, kept in a map', "const all = new Map<string, Redis>();\napp.get('/x', async (req, res) => {\n let r = all.get('t');\n if (!r) {\n  r = new Redis();\n  all.set('t', r);\n }\n res.json(await r.get('x'));\n});"],
    ['one for the server that a form names', "app.post('/test', async (req, res) => {\n const { host, port } = req.body;\n const r = new Redis({ host, port: Number(port), password: req.body.password });\n res.json(await r.ping());\n await r.quit();\n});"],
    ['one for an address that the request brings', "app.post('/test', async (req, res) => {\n const r = new Redis(`redis://${req.query.host}:6379`);\n res.json(await r.ping());\n await r.quit();\n});"],
    ['one that a helper tries for whoever says where', "declare function sourceOf(id: string): Promise<{ config: { host: string; password?: string } }>;\nasync function reaches(config: { host: string; password?: string }) {\n const options: { host: string; password?: string } = { host: config.host };\n if (config.password) options.password = config.password;\n const r = new Redis(options);\n try {\n  await r.ping();\n  return true;\n } catch {\n  return false;\n } finally {\n  r.disconnect();\n }\n}\napp.post('/test/:id', async (req, res) => res.json(await reaches((await sourceOf(req.params.id)).config)));"],
    ['one that a helper makes for what a form says', "function open(config: { host: string; db: number }) {\n const options: { db: number; host?: string } = { db: config.db };\n Object.assign(options, { host: config.host });\n let r = null;\n r = new Redis(options);\n return r;\n}\nconst read = (body: { host: string }) => ({ host: body.host, db: 0 });\napp.post('/login', (req, res) => {\n let config = { host: '', db: 0 };\n try {\n  config = read(req.body);\n } catch {\n  return res.end();\n }\n const r = open(config);\n r.on('ready', () => res.end());\n});"],
    ['a script', "async function main() {\n const r = new Redis();\n await r.flushall();\n await r.quit();\n}\nmain();"],
    ['a class made once', 'class Store {\n r = new Redis();\n}\nexport const store = new Store();'],
    ['a list of nodes', "const nodes = ['a', 'b'].map((host) => new Redis({ host }));\nexport { nodes };"],
  ])('%s', async (_, body) => {
    expect(await reports(body)).toEqual([]);
  });
});
