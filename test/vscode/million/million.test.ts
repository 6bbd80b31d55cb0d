import { ok, strictEqual } from 'node:assert';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Redis } from 'ioredis';
import { startRedis } from '../../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../../scripts/lib/redis-server.ts';
import type { Internals } from '../../../src/extension/extension.ts';
import { activated } from '../support/internals.ts';
import { note } from '../support/note.ts';
import { find, rows, setConnections } from '../support/tree.ts';

/** A keyspace of a million keys: the first page in under a second after the click, under 50 MB more in the extension host (issue 2). */
describe('a million keys', () => {
  const KEYS = 1_000_000;
  let server: RunningRedis;
  let internals: Internals;
  /** Before a connection, and ioredis with it. */
  let memoryBefore: number;

  before(async function () {
    this.timeout(60_000);
    internals = await activated();
    memoryBefore = memory();
    server = await startRedis({ args: ['--enable-debug-command', 'yes'] });
    const redis = new Redis(server.url);
    await redis.call('DEBUG', 'POPULATE', KEYS, 'user', 40);
    strictEqual(await redis.dbsize(), KEYS);
    redis.disconnect();
    await setConnections(internals, [{ name: 'million', url: server.url }]);
    await rows(internals, (await find(internals, 'million')).node);
  });

  after(async () => {
    await setConnections(internals, []);
    await server.stop();
  });

  it('shows the first page of keys, inspected, in under a second', async () => {
    const { node: database } = await find(internals, 'million', 'db0');
    const started = performance.now();
    const [user] = await rows(internals, database);
    const page = await rows(internals, user?.node);
    const took = performance.now() - started;
    strictEqual(user?.label, 'user');
    ok(page.length >= 400, `${page.length} rows`);
    strictEqual(page.at(-1)?.label, 'Load more');
    ok(page.slice(0, -1).every(({ description }) => /^string · \w+ · \d+ B$/.test(description)), page[0]?.description);
    note(`A million keys: first page of ${page.length} rows in ${took.toFixed(0)} ms.`);
    ok(took < 1000, `${took} ms`);
    const first = memory() - memoryBefore;
    note(`A million keys: ${megabytes(first)} added to the extension host by connection and first page.`);
    ok(first < 50 * 1024 * 1024, `${first} bytes`);

    // On to 20,000 names, as a patient person might.
    let more = page.at(-1);
    for (let click = 0; click < 40 && more?.node.kind === 'more'; click++) {
      await internals.keys.loadMore(more.node);
      more = (await rows(internals, user.node)).at(-1);
    }
    const added = memory() - memoryBefore;
    note(`A million keys: ${megabytes(added)} after 40 pages more.`);
    ok(added < 50 * 1024 * 1024, `${added} bytes`);
  }).timeout(60_000);
});

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** What is held after a collection. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
