import { bargains, countInCategory } from './catalogue';
import { redis } from './redis';

const PAGE_SECONDS = 600;

async function render(slug: string): Promise<string> {
  const products = await bargains(8);
  const items = products.map((product) => `<li>${product.name} ${(product.price / 100).toFixed(2)} €</li>`).join('');
  return `<h1>${slug}</h1><p>${await countInCategory(slug)} plants</p><ul>${items}</ul>`;
}

export async function getPage(slug: string): Promise<string> {
  const cached = await redis.get(`page:${slug}`);
  if (cached !== null) return cached;
  const html = await render(slug);
  await redis.set(`page:${slug}`, html);
  await redis.expire(`page:${slug}`, 600);
  return html;
}

/** A page that is known beforehand: written with its time to live at once. */
export async function putPage(slug: string, html: string): Promise<void> {
  await redis.set(`page:${slug}`, html, 'EX', PAGE_SECONDS);
}

export async function clearPages(prefix: string): Promise<number> {
  const keys = await redis.keys(`page:${prefix}*`);
  if (keys.length === 0) return 0;
  return redis.del(...keys);
}

/** The same for a whole namespace, in steps that do not hold the server up. */
export async function clearFragments(): Promise<number> {
  let removed = 0;
  for await (const batch of redis.scanStream({ match: 'fragment:*', count: 500 })) {
    const keys = batch as string[];
    if (keys.length > 0) removed += await redis.unlink(...keys);
  }
  return removed;
}
