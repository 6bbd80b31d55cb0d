import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export class Cache {
  constructor(private readonly seconds: number) {}

  async read<T>(key: string): Promise<T | null> {
    const text = await redis.getex(key, 'EX', this.seconds);
    if (text === null) return null;
    return JSON.parse(text) as T;
  }

  async bytes(key: string) {
    const bytes = await redis.getexBuffer(key, 'EXAT', 4_000_000_000);
    if (bytes) {
      return bytes.length;
    }
    return 0;
  }
}

export const read = (key: string) => new Cache(70).read(key);
export const bytes = (key: string) => new Cache(70).bytes(key);
