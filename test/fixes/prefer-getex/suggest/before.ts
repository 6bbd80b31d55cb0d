import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export class Cache {
  constructor(private readonly seconds: number) {}

  async read<T>(key: string): Promise<T | null> {
    const text = await redis.get(key);
    if (text === null) return null;
    await redis.expire(key, this.seconds);
    return JSON.parse(text) as T;
  }

  async bytes(key: string) {
    const bytes = await redis.getBuffer(key);
    if (bytes) {
      await redis.expireat(key, 4_000_000_000);
      return bytes.length;
    }
    return 0;
  }
}

export const read = (key: string) => new Cache(70).read(key);
export const bytes = (key: string) => new Cache(70).bytes(key);
