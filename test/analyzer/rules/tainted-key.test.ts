import { expect, it } from 'vitest';
import { clients, linesOf, withProject } from '../../support/analyze.ts';

/** The lines of `code` that end with `// !`. */
const expected = (code: string): string[] => code.split('\n').filter((line) => line.endsWith('// !')).map((line) => line.trim());

const typed = `${clients}
declare const app: any;
declare const schema: { parse(value: unknown): any };
const prefixed = new Redis({ keyPrefix: 'app:' });
const known: Record<string, string> = {};
app.get('/a', async ({ query, params: { id }, body }: any, res: any) => {
  await redis.get(id); // !
  await redis.hgetall(String(query.key).trim()); // !
  await redis.keys(\`user:\${query.name ?? '*'}:*\`); // !
  await redis.eval(\`return redis.call('GET', '\${body.name}')\`, 0); // !
  await client.del([query.a, 'b']); // !
  await prefixed.get(id);
  await redis.get(\`user:\${id}\`);
  await redis.get(known[query.key]!);
  await redis.get(encodeURIComponent(query.key));
  const { page } = schema.parse(query);
  await redis.get(page);
  await redis.keys(\`user:\${query.name.replace(/[*?]/g, '')}:*\`);
  res.json(await redis.hget('users', id));
});
app.get('/b', async (c: any) => {
  const key = c.req.query('key');
  if (!key || typeof key !== 'string') return c.text('no', 400);
  await redis.get(key); // !
  const other = c.req.query('other');
  if (!known[other]) return c.text('no', 404);
  await redis.get(other);
  const third = c.req.query('third');
  if (!isKey(third)) return c.text('no', 400);
  return c.json(await redis.get(third));
});
const isKey = (text: string) => text.startsWith('own:');
class Controller {
  @Get(':key') read(@Param('key') key: string, @Query('page', ParseIntPipe) page: string, @Param('n') n: number) {
    return [
      redis.get(key), // !
      redis.get(page),
      redis.get(n as unknown as string),
    ];
  }
}
declare const Get: any, Param: any, Query: any, ParseIntPipe: any;
export const job = async (message: { body: { key: string } }) => redis.get(message.body.key);
export const handler = async (event: any) => redis.get(event.queryStringParameters.key); // !
export default Controller;
`;

it('follows request input to patterns, keys and scripts, and to what checks it', async () => {
  expect(await linesOf('tainted-key', typed)).toEqual(expected(typed));
});

it('stands where a wrapper is called, in a file that has no client', async () => {
  const found = await linesOf('tainted-key', {
    'store.ts': `${clients}export const read = (key: string) => redis.get(key);\nexport const find = (match: string) => redis.keys(match);\nexport const named = (name: string) => redis.keys('user:' + name);\n`,
    'app.ts': "import { find, named, read } from './store';\ndeclare const app: any;\napp.get('/x', async (req: any) => [\n  read(req.query.key),\n  read('a:' + req.query.key),\n  find(`a:${req.query.q}*`),\n  named(req.query.name),\n]);\n",
  });
  expect(found).toEqual(['read(req.query.key),', 'find(`a:${req.query.q}*`),', "export const named = (name: string) => redis.keys('user:' + name);"]);
});

it('says where the request is read, where that is elsewhere', async () => {
  const files = {
    'store.ts': `${clients}export const named = (name: string) => redis.keys('user:' + name);\n`,
    'app.ts': "import { named } from './store';\ndeclare const app: any;\napp.get('/x', async (req: any) => named(req.query.name));\n",
  };
  const related = await withProject(files, async (analyzer) => (await analyzer.check()).findings.filter(({ rule }) => rule === 'tainted-key').flatMap((finding) => finding.related ?? []).map(({ file, start, end }) => analyzer.text(file)?.slice(start, end)));
  expect(related).toEqual(['req.query.name']);
});
