import type { Redis } from 'ioredis';

export class Mutex {
  constructor(private readonly redis: Redis) {}

  async acquire(key: string): Promise<boolean> {
    return (await this.redis.set(key, 'locked', 'NX')) === 'OK'; // expect: missing-ttl
  }

  async release(key: string): Promise<void> {
    await this.redis.del(key);
  }
}
