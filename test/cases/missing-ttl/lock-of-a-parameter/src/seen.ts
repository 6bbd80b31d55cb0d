import type { Redis } from 'ioredis';

export class Seen {
  constructor(private readonly redis: Redis) {}

  async mark(key: string): Promise<boolean> {
    return (await this.redis.set(key, '1', 'NX')) === 'OK'; // quiet: missing-ttl -- no lock
  }

  async forget(key: string): Promise<void> {
    await this.redis.del(key);
  }
}
