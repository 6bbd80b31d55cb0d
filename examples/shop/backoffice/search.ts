import { client } from './redis';

/** Which products a word of the search finds, from now on. */
export async function indexWord(word: string, skus: string[]): Promise<void> {
  await client.del(`search:word:${word}`);
  if (skus.length > 0) await client.sAdd(`search:word:${word}`, skus);
}
