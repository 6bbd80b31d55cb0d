/** The example is a service that runs: it type-checks with the real packages, and answers over HTTP from a real Redis. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedShop } from '../../examples/shop/seed/seed.ts';
import { BINARY_KEY, UNPLEASANT_KEY } from '../../examples/shop/seed/oddities.ts';
import { exampleShop, installExampleShop } from '../../scripts/lib/example-shop.ts';
import { startRedis } from '../../scripts/lib/redis-server.ts';
import type { RunningRedis } from '../../scripts/lib/redis-server.ts';
import { startService } from '../support/service.ts';
import type { Service } from '../support/service.ts';

const repository = resolve(import.meta.dirname, '../..');
const tsx = resolve(repository, 'node_modules/tsx/dist/cli.mjs');
let redis: RunningRedis;
let client: Redis;
const services: Service[] = [];

beforeAll(async () => {
  installExampleShop();
  redis = await startRedis();
  await seedShop(redis.url);
  client = new Redis(redis.url);
}, 300_000);

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  client?.disconnect();
  await redis?.stop();
});

async function start(args: string[]): Promise<{ service: Service; url: string }> {
  const service = startService(args, { cwd: exampleShop, env: { REDIS_URL: redis.url, PORT: '0' } });
  services.push(service);
  const [, url] = await service.waitFor(/on (http:\/\/\S+)/);
  return { service, url: url ?? '' };
}

async function send(method: string, url: string, body?: unknown): Promise<{ status: number; text: string; json: never }> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  const text = await response.text();
  return { status: response.status, text, json: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null) as never };
}

describe('the seed', () => {
  it('holds every type, on both sides of the compact encodings', async () => {
    const encodings = async (...keys: (string | Buffer)[]): Promise<unknown[]> => Promise.all(keys.map(async (key) => `${await client.type(key)} ${String(await client.object('ENCODING', key))}`));
    expect(await encodings('stock:br-1000', 'fragment:roses:head', 'page:roses', 'visitors:2026-11-20', 'active:2026-11-20')).toEqual([
      'string int', 'string embstr', 'string raw', 'string raw', 'string raw',
    ]);
    expect(await encodings('product:br-1001', 'product:br-1000', 'warehouse:bins')).toEqual(['hash listpack', 'hash hashtable', 'hash hashtable']);
    expect(await encodings('promo:redeemed:SPRING', 'promo:redeemed:MOSS25', 'newsletter:subscribers')).toEqual(['set intset', 'set hashtable', 'set hashtable']);
    expect(await encodings('catalogue:trending', 'search:terms', 'customers:places', 'orders:events', 'emails:sent')).toEqual([
      'zset listpack', 'zset skiplist', 'zset skiplist', 'stream stream', 'list quicklist',
    ]);
    expect(await client.exists(BINARY_KEY, UNPLEASANT_KEY)).toBe(2);
    expect(await client.ttl('page:roses')).toBeGreaterThan(0);
    expect(await client.ttl('customer:1')).toBe(-1);
  });

  it('is the same at each run, and refuses a database that holds something', async () => {
    const other = await startRedis();
    try {
      expect((await seedShop(other.url)).keys).toBe(await client.dbsize());
      const copy = new Redis(other.url);
      expect(await copy.get('customer:7')).toBe(await client.get('customer:7'));
      expect(await copy.xlen('orders:events')).toBe(await client.xlen('orders:events'));
      copy.disconnect();
      await expect(seedShop(other.url)).rejects.toThrow('only put into an empty one');
    } finally {
      await other.stop();
    }
  });
});

describe('examples/shop', () => {
  it('type-checks with the real packages', async () => {
    const tsc = resolve(repository, 'node_modules/typescript/bin/tsc');
    await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', exampleShop]);
  });

  it('sells plants: storefront, worker and back office together', async () => {
    const [storefront, backoffice] = await Promise.all([start([tsx, 'storefront/server.ts']), start([tsx, 'backoffice/server.ts'])]);
    const worker = startService(['worker/worker.js'], { cwd: exampleShop, env: { REDIS_URL: redis.url } });
    services.push(worker);
    await worker.waitFor(/worker ready/);

    const product = await send('GET', `${storefront.url}/products/br-1000`);
    expect(product.json).toMatchObject({ sku: 'br-1000', category: 'roses' });
    expect((await send('GET', `${storefront.url}/products/nothing`)).status).toBe(404);
    expect(await send('GET', `${storefront.url}/categories/roses`)).toMatchObject({ json: { size: 30 } });
    expect((await send('GET', `${storefront.url}/sitemap.txt`)).text.split('\n')).toHaveLength(240);
    expect((await send('GET', `${storefront.url}/pages/new-page`)).text).toContain('<h1>new-page</h1>');
    expect(await client.ttl('page:new-page')).toBeGreaterThan(590);
    expect(await send('GET', `${storefront.url}/home`)).toMatchObject({ status: 200, json: { online: 150 } });

    const session = await send('POST', `${storefront.url}/sessions`, { customer: '7' });
    const { id } = session.json as { id: string };
    expect(await send('GET', `${storefront.url}/sessions/${id}`)).toMatchObject({ json: { customer: '7', pages: 1 } });
    await send('PUT', `${storefront.url}/cart/${id}/br-1001`, { quantity: 2 });
    await send('PUT', `${storefront.url}/cart/${id}/br-1002`, { quantity: 1 });
    await send('DELETE', `${storefront.url}/cart/${id}`, { skus: ['br-1002'] });
    expect(await send('GET', `${storefront.url}/cart/${id}`)).toMatchObject({ json: { size: 1, lines: [{ sku: 'br-1001', quantity: 2 }] } });
    const placed = await send('POST', `${storefront.url}/cart/${id}/checkout`);
    const { order, total } = placed.json as { order: string; total: number };
    expect(placed.status).toBe(201);
    await worker.waitFor(new RegExp(`order ${order} booked, 3 mails waiting`));
    await worker.waitFor(new RegExp(`mail thanks for order ${order}`));

    const day = new Date().toISOString().slice(0, 10);
    const orders = await send('GET', `${backoffice.url}/orders?day=${day}`);
    expect(orders.json).toMatchObject({ waiting: 0, orders: expect.arrayContaining([{ id: order, status: 'booked', total }]) as unknown });

    expect((await send('POST', `${storefront.url}/newsletter`, { email: 'new@post.example' })).status).toBe(201);
    expect((await send('POST', `${storefront.url}/newsletter`, { email: 'new@post.example' })).status).toBe(200);
    expect(await send('POST', `${storefront.url}/customers/7/share`)).toMatchObject({ status: 201 });
    expect(await send('POST', `${storefront.url}/admin/clear`, {})).toMatchObject({ json: { pages: 9, fragments: 9 } });

    expect((await send('PATCH', `${backoffice.url}/customers/7`, { email: 'seven@post.example' })).status).toBe(204);
    expect(await send('GET', `${backoffice.url}/customers/7`)).toMatchObject({ json: { email: 'seven@post.example' } });
    expect(await send('GET', `${backoffice.url}/stock?skus=br-1000,br-1001,none`)).toMatchObject({ json: { levels: [{ sku: 'br-1000' }, { sku: 'br-1001' }] } });
    expect(await send('POST', `${backoffice.url}/drafts/d9`, { clerk: 'Ivo', total: 5, note: 'ring twice' })).toMatchObject({ json: { drafts: ['draft:d0', 'draft:d1', 'draft:d2', 'draft:d9'] } });
    expect((await send('POST', `${backoffice.url}/campaigns`, { code: 'FERN', subject: 'Ferns', percent: 10 })).status).toBe(201);
    expect(await send('GET', `${backoffice.url}/campaigns/SPRING`)).toMatchObject({ json: { redeemed: 200 } });
    const reports = await send('GET', `${backoffice.url}/reports?day=2026-11-20`);
    expect(reports).toMatchObject({ status: 200, json: { orders: 601, sessions: 151, bestSellers: expect.any(Array) as unknown } });
    expect((reports.json as { cancelled: string[] }).cancelled.length).toBeGreaterThan(100);
  });

  it('ends by itself when asked to', async () => {
    expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0]);
  });
});
