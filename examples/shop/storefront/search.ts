import { redis } from './redis';

/** Products that have all words of a query; what people look for is counted. */
export async function search(query: string): Promise<string[]> {
  redis.zincrby('search:terms', 1, query);
  const words = query.toLowerCase().split(/\W+/).filter((word) => word.length > 2);
  if (words.length === 0) return [];
  return redis.sinter(...words.map((word) => `search:word:${word}`));
}

/** What the search box proposes. */
export async function popularSearches(): Promise<string[]> {
  return redis.zrange('search:terms', 0, '9', 'REV');
}
