/** An afternoon in the example shop: storefront, worker and back office as processes on one Redis, spoken to over HTTP. */
import { resolve } from 'node:path';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { startService } from './service.ts';
import type { Service } from './service.ts';

const tsx = resolve(import.meta.dirname, '../../node_modules/tsx/dist/cli.mjs');

/**
 * Starts the services of `folder` (the example, or a copy of it) on a seeded Redis and goes through what customers and clerks do.
 * Throws where an answer is not the one expected. Resolves with the services, still running.
 */
export async function shopAfternoon(folder: string, redisUrl: string): Promise<Service[]> {
  const services: Service[] = [];
  const client = new Redis(redisUrl);
  const start = async (args: string[]): Promise<{ url: string }> => {
    const service = startService(args, { cwd: folder, env: { REDIS_URL: redisUrl, PORT: '0' } });
    services.push(service);
    const [, url] = await service.waitFor(/on (http:\/\/\S+)/);
    return { url: url ?? '' };
  };
  try {
    const [storefront, backoffice] = await Promise.all([start([tsx, 'storefront/server.ts']), start([tsx, 'backoffice/server.ts'])]);
    const worker = startService(['worker/worker.js'], { cwd: folder, env: { REDIS_URL: redisUrl } });
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
    expect(await send('GET', `${storefront.url}/cart/${id}/viewed`)).toMatchObject({ json: { cards: [{ sku: 'br-1002' }, { sku: 'br-1001' }] } });
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

    expect((await send('PUT', `${backoffice.url}/search/fern`, { skus: ['br-1003'] })).status).toBe(204);
    expect(await send('GET', `${storefront.url}/search?q=a+fern`)).toMatchObject({ json: { skus: ['br-1003'] } });
    await send('PUT', `${storefront.url}/customers/7/currency`, { currency: 'CHF' });
    const { link } = (await send('POST', `${storefront.url}/customers/7/sign-in`)).json as { link: string };
    const signIn = `${storefront.url}/sign-in/${link.slice(link.lastIndexOf('/') + 1)}`;
    expect(await send('GET', signIn)).toMatchObject({ json: { customer: '7', currency: 'CHF' } });
    expect((await send('GET', signIn)).status).toBe(410);
    for (const status of [201, 409]) {
      expect((await send('POST', `${storefront.url}/customers/7/vouchers/SPRING-7`)).status).toBe(status);
      expect((await send('POST', `${storefront.url}/customers/7/gift-cards/5101`)).status).toBe(status);
    }
    expect((await send('POST', `${storefront.url}/customers/7/points`, { to: '8', points: 30 })).status).toBe(204);
    expect(await client.mget('points:7', 'points:8')).toEqual(['-30', '30']);

    expect((await send('PATCH', `${backoffice.url}/customers/7`, { email: 'seven@post.example' })).status).toBe(204);
    expect(await send('GET', `${backoffice.url}/customers/7`)).toMatchObject({ json: { email: 'seven@post.example' } });
    expect(await send('GET', `${backoffice.url}/stock?skus=br-1000,br-1001,none`)).toMatchObject({ json: { levels: [{ sku: 'br-1000' }, { sku: 'br-1001' }] } });
    expect(await send('POST', `${backoffice.url}/drafts/d9`, { clerk: 'Ivo', total: 5, note: 'ring twice' })).toMatchObject({ json: { drafts: ['draft:d0', 'draft:d1', 'draft:d2', 'draft:d9'] } });
    expect((await send('POST', `${backoffice.url}/campaigns`, { code: 'FERN', subject: 'Ferns', percent: 10 })).status).toBe(201);
    expect(await send('GET', `${backoffice.url}/campaigns/SPRING`)).toMatchObject({ json: { redeemed: 200 } });
    expect(await send('GET', `${backoffice.url}/dashboard`)).toMatchObject({ json: { subscribers: 1501, days: 80 } });
    const reports = await send('GET', `${backoffice.url}/reports?day=2026-11-20`);
    expect(reports).toMatchObject({ status: 200, json: { orders: 601, sessions: 151, bestSellers: expect.any(Array) as unknown } });
    expect((reports.json as { cancelled: string[] }).cancelled.length).toBeGreaterThan(100);
    return services;
  } catch (error) {
    await Promise.all(services.map((service) => service.stop()));
    throw error;
  } finally {
    client.disconnect();
  }
}

async function send(method: string, url: string, body?: unknown): Promise<{ status: number; text: string; json: never }> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  const text = await response.text();
  return { status: response.status, text, json: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null) as never };
}
