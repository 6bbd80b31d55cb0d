import { redis } from './redis';

export interface Card {
  sku: string;
  title: string;
  tags: string[];
}

/** Cards beside a product, as the nightly job has left them. */
export async function recommendationsFor(sku: string): Promise<Card[]> {
  const related = await redis.lrange(`reco:${sku}`, 0, 5);
  const cards: Card[] = [];
  for (const other of related) {
    const raw = await redis.get(`reco:card:${other}`);
    if (raw) cards.push(JSON.parse(raw) as Card);
  }
  return cards;
}

/** What others search for, with the cards of the matching products. */
export async function trending(): Promise<Card[]> {
  const skus = await redis.zrange('catalogue:trending', 0, '5', 'REV');
  if (skus.length === 0) return [];
  const cards = await redis.mget(skus.map((sku) => `reco:card:${sku}`));
  return cards.filter((raw) => raw !== null).map((raw) => JSON.parse(raw) as Card);
}

/** One burst of writes; the slowest of them is the cost. */
export async function rememberViewed(session: string, skus: string[]): Promise<void> {
  if (skus.length === 0) return;
  await Promise.all(skus.map((sku) => redis.zincrby('catalogue:trending', 1, sku)));
  const replies = await redis.multi().lpush(`viewed:${session}`, ...skus).ltrim(`viewed:${session}`, 0, 49).expire(`viewed:${session}`, 86_400).exec();
  for (const [error] of replies ?? []) if (error) throw error;
}
