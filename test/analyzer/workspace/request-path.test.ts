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

const keys = "await redis.keys('user:*')";

/** File → code that runs KEYS per request, event or job; all in one project. */
const frameworks: Record<string, string> = {
  'express.ts': `app.get('/users', async (req: any, res: any) => res.json(${keys}));`,
  'express-router.ts': `async function list(this: void, req: any, res: any) { res.json(${keys}); }\nconst router: any = app.Router();\nrouter.route('/users').get(list);`,
  'express-middleware.ts': `export const limit = async (req: any, res: any, next: any) => { ${keys}; next(); };`,
  'fastify.ts': `app.route({ method: 'GET', url: '/', handler: async () => ${keys} });`,
  'fastify-hook.ts': `app.addHook('preHandler', async () => { ${keys}; });`,
  'koa.ts': `app.use(async (ctx: any, next: any) => { ctx.body = ${keys}; await next(); });`,
  'hapi.ts': `app.route({ method: 'GET', path: '/', options: { handler: async () => ${keys} } });`,
  'hapi-ext.ts': `app.ext('onPreHandler', async () => { ${keys}; });`,
  'hono.ts': `app.get('/users/:id', async (c: any) => c.json(${keys}));`,
  'pages/api/users.ts': `export default async function handler(a: unknown, b: any) { b.json(${keys}); }`,
  'pages/users.tsx': `export async function getServerSideProps() { return { props: { users: ${keys} } }; }`,
  'app/users/route.ts': `export async function GET() { return Response.json(${keys}); }`,
  'app/users/page.tsx': `export default async function Page() { const users = ${keys}; return users.join(); }`,
  'app/actions.ts': `'use server';\nexport async function save() { ${keys}; }`,
  'inline-action.ts': `export function form() { async function submit() { 'use server'; ${keys}; } return submit; }`,
  'middleware.ts': `export async function middleware() { ${keys}; }`,
  'nest.ts': `declare const Controller: any, Get: any;\n@Controller('users') export class Users { @Get() async list() { return ${keys}; } }`,
  'trpc.ts': `declare const publicProcedure: any;\nexport const router = { list: publicProcedure.input({}).query(async () => ${keys}) };`,
  'graphql.ts': `export const resolvers = { Query: { users: async () => ${keys} }, User: { async friends() { return ${keys}; } } };`,
  'lambda.ts': `export const handler = async (event: unknown) => ${keys};`,
  'middy.ts': `declare const middy: any;\nexport const handler = middy(async () => ${keys});`,
  'worker.ts': `export default { async fetch(request: Request) { return Response.json(${keys}); } } satisfies object;`,
  'service-worker.ts': `addEventListener('fetch', (event: any) => event.respondWith((async () => ${keys})()));`,
  'socket-io.ts': `app.io.on('connection', async (socket: any) => { ${keys}; socket.on('list', async () => { ${keys}; }); });`,
  'bullmq.ts': `declare const Worker: any;\nnew Worker('mail', async () => { ${keys}; });`,
  'src/routes/+server.ts': `export const GET = async () => Response.json(${keys});`,
  'nitro.ts': `declare const defineEventHandler: any;\nexport default defineEventHandler(async () => ${keys});`,
};

/** The same file, reached by none. */
const elsewhere: Record<string, string> = {
  'start.ts': `app.get('setting');\nexport const warm = async () => ${keys};`,
  'plugin.ts': `app.register(async (instance: any) => { ${keys}; instance.ready(); });`,
  'db.ts': `declare const db: any;\ndb.query(async () => ${keys});`,
  'shapes.ts': `export const jobs = { Cleanup: { run: async () => ${keys} } };`,
};

it('knows how frameworks are given what they run', async () => {
  const texts = Object.fromEntries(Object.entries({ ...frameworks, ...elsewhere }).map(([file, code]) => {
    const imports = `import { redis } from '@/redis';\nimport { app } from '@/app';\n`;
    return [file, code.startsWith("'use server'") ? code.replace('\n', `\n${imports}`) : `${imports}${code}\n`];
  }));
  const project = {
    ...texts,
    'redis.ts': "import Redis from 'ioredis';\nexport const redis = new Redis();\n",
    'app.ts': 'export const app: any = {};\n',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] }, "experimentalDecorators": true, "jsx": "preserve" } }',
  };
  const severities = await withProject(project, async (analyzer, root) =>
    Object.fromEntries((await analyzer.check()).findings.filter(({ rule }) => rule === 'no-keys').map(({ file, severity: found }) => [file.slice(root.length + 1), found])));
  const expected = { ...Object.fromEntries(Object.keys(frameworks).map((file) => [file, 'error'])), ...Object.fromEntries(Object.keys(elsewhere).map((file) => [file, 'warning'])) };
  expect(severities).toEqual(expected);
});
