/** `keyscope calls`: which command goes to which client, by whatever spelling. */
import { expect, it } from 'vitest';
import { withProject } from '../support/analyze.ts';

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
