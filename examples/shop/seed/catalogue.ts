import type { ChainableCommander } from 'ioredis';
import type { Random } from './random';
import { adjectives, categories, nouns } from './words';

export const PRODUCTS = 240;

export function sku(index: number): string {
  return `br-${String(1000 + index)}`;
}

/** Products, their stock, their indexes and the cards of the recommendations. */
export function seedCatalogue(queue: ChainableCommander, random: Random): void {
  for (let i = 0; i < PRODUCTS; i++) {
    const id = sku(i);
    const category = categories[i % categories.length] ?? 'other';
    const name = `${random.pick(adjectives)} ${random.pick(nouns)}`;
    const price = random.int(199, 8999);
    const fields = { name, category, price, height: `${random.int(10, 300)} cm`, hardy: random.int(0, 1) };
    // Every tenth has a long description: a value over 64 bytes takes its hash past the listpack.
    queue.hset(`product:${id}`, i % 10 === 0 ? { ...fields, description: `${name}. ${'Thrives in half shade and forgives a dry week. '.repeat(4)}` } : fields);
    queue.set(`stock:${id}`, random.int(0, 120));
    queue.sadd(`catalogue:category:${category}`, id);
    queue.zadd('catalogue:by-price', price, id);
    queue.zadd('catalogue:sold', random.int(0, 900), id);
    if (i < 60) queue.zadd('catalogue:trending', random.int(1, 500), id);
    if (i >= PRODUCTS - 12) queue.lpush('catalogue:new', id);
    queue.rpush(`reco:${id}`, ...Array.from({ length: 6 }, () => sku(random.int(0, PRODUCTS - 1))));
    if (i < 120) queue.set(`reco:card:${id}`, JSON.stringify({ sku: id, title: name, tags: [category, price < 2000 ? 'bargain' : 'fine'] }), 'EX', 6 * 3600 + i);
  }
  for (const slug of categories) {
    // Past 44 bytes a string is no longer embstr but raw.
    queue.set(`page:${slug}`, `<h1>${slug}</h1>${'<p>Everything for the garden, and the patience too.</p>'.repeat(30)}`, 'EX', 600);
    queue.set(`fragment:${slug}:head`, `<title>${slug}</title>`, 'EX', 3600);
  }
  // Search terms: past 128 entries a sorted set becomes a skiplist.
  for (let i = 0; i < 400; i++) queue.zadd('search:terms', random.int(1, 5000), `${random.pick(adjectives)} ${random.pick(nouns)} ${i}`.toLowerCase());
}
