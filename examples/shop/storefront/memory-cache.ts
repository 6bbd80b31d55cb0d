/** A small cache in this process, for what may be a minute old. */
export class MemoryCache<V> {
  private readonly entries = new Map<string, { value: V; until: number }>();

  constructor(private readonly seconds: number) {}

  async get(key: string): Promise<V | undefined> {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  async set(key: string, value: V): Promise<void> {
    this.entries.set(key, { value, until: Date.now() + this.seconds * 1000 });
  }

  async keys(pattern: string): Promise<string[]> {
    const prefix = pattern.replace(/\*$/, '');
    return [...this.entries.keys()].filter((key) => key.startsWith(prefix));
  }

  async del(key: string): Promise<void> {
    this.entries.delete(key);
  }
}

export const sizes = new MemoryCache<number>(60);

export async function forgetSizes(): Promise<number> {
  const keys = await sizes.keys('category:*');
  for (const key of keys) {
    await sizes.del(key);
  }
  return keys.length;
}
