import { Redis } from 'ioredis';

export interface Preferences {
  theme?: string;
  fontSize?: number;
  compact?: boolean;
}

class Store {
  constructor(protected readonly redis: Redis) {}

  protected key(user: string) {
    return `preferences:${user}`;
  }
}

export class PreferenceStore extends Store {
  async save(user: string, preferences: Preferences) {
    await this.redis.set(this.key(user), JSON.stringify(preferences), 'EX', 600);
  }

  /** An object without fields is kept as it is: a hash has at least one. */
  async load(user: string): Promise<Preferences> {
    const raw = await this.redis.get(this.key(user));
    if (!raw) return { theme: 'none' };
    return JSON.parse(raw);
  }
}

const store = new PreferenceStore(new Redis(process.env.REDIS_URL ?? ''));
export const save = (user: string, preferences: Preferences) => store.save(user, preferences);
export const load = (user: string) => store.load(user);
export const forget = async (user: string) => {
  await store.save(user, {});
  const kept = JSON.stringify(await store.load(user));
  await store.save(user, { theme: kept });
};
