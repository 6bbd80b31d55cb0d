import type { Card } from './recommendations';
import { redis } from './redis';

/** Cards of the products that a visitor has looked at, the last one first. */
export async function recentlyViewed(session: string): Promise<Card[]> {
  const skus = await redis.lrange(`viewed:${session}`, 0, 9);
  const cards = await redis.mget(skus.map((sku) => `reco:card:${sku}`));
  return cards.flatMap((raw) => (raw === null ? [] : [JSON.parse(raw) as Card]));
}
