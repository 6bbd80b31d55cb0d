/** `keyscope calls`: which command goes to which client, by whatever spelling. */
import { expect, it } from 'vitest';
import { withProject } from '../support/analyze.ts';

/** What the calls of a file go to, numbered as they come: `SET 1`. */
async function clientsOf(code: string): Promise<string[]> {
  const { calls } = await withProject({ 'a.ts': code }, (analyzer) => analyzer.calls());
  const clients = [...new Set(calls.map(({ client }) => client))];
  return calls.map(({ command, client }) => `${command} ${clients.indexOf(client)}`);
}

it('names a client alike where it is made, used, queued on and destructured', async () => {
  const code = `import { createClient } from 'redis';
import { Redis } from 'ioredis';
const client = await createClient({ url: 'redis://localhost/3' }).on('error', console.error).connect();
await client.get('a');
await client.multi().set('b', '1').exec();
class Store {
  readonly redis = new Redis({ keyPrefix: 'shop:', db: 2 });
  all() { const { redis } = this; const p = redis.pipeline(); p.get('c'); return this.redis.get('d'); }
}
export { Store };`;
  const { calls } = await withProject({ 'a.ts': code }, (analyzer) => analyzer.calls());
  const of = (library: string): typeof calls => calls.filter((call) => call.dialect === library && !/^@(?:on|connect|exec|pipeline|multi)/.test(call.command) && call.command !== 'MULTI' && call.command !== 'EXEC');
  expect(of('node-redis').map((call) => [call.command, call.receiver, call.db])).toEqual([['@construct', 'client', 3], ['GET', 'client', 3], ['SET', 'multi', 3]]);
  expect(of('ioredis').map((call) => [call.command, call.receiver, call.db, call.prefix])).toEqual([['@construct', 'client', 2, 'shop:'], ['GET', 'pipeline', 2, 'shop:'], ['GET', 'client', 2, 'shop:']]);
  expect(new Set(of('node-redis').map((call) => call.client)).size).toBe(1);
  expect(new Set(of('ioredis').map((call) => call.client)).size).toBe(1);
});

it('tells clients apart behind what the library gives of both', async () => {
  const code = `import { createClient } from 'redis';
import Redis from 'ioredis';
declare const a: Redis, b: Redis;
a.duplicate().set('k', 1); b.duplicate().set('k', 1);
declare const c: ReturnType<typeof createClient>, d: typeof c;
c.multi().json.set('k', '$', 1).get('k'); d.multi().json.set('k', '$', 1).get('k'); c.get('k'); d.get('k');`;
  expect((await clientsOf(code)).filter((call) => /^(?:SET|GET)/.test(call))).toEqual(['SET 1', 'SET 3', 'GET 4', 'GET 5', 'GET 4', 'GET 5']);
});

it('takes a client for itself when it is called by its own class', async () => {
  const code = `import Redis from 'ioredis';
class Store extends Redis { put() { super.set('k', 1); this.expire('k', 1); } }
class Other extends Redis { put() { super.set('k', 1); } }
export { Store, Other };`;
  expect(await clientsOf(code)).toEqual(['SET 0', 'EXPIRE 0', 'SET 1']);
});
