import type { Redis } from 'ioredis';

/** Products that a customer has marked with a heart. */
export class Favourites {
  constructor(private readonly redis: Redis) {}

  private key(customer: string): string {
    return `customer:${customer}:favourites`;
  }

  async add(customer: string, ...skus: [string, ...string[]]): Promise<void> {
    await this.redis.sadd(this.key(customer), ...skus);
  }

  async remove(customer: string, sku: string): Promise<void> {
    await this.redis.srem(this.key(customer), sku);
  }

  async has(customer: string, sku: string): Promise<boolean> {
    return (await this.redis.sismember(this.key(customer), sku)) === 1;
  }

  async count(customer: string): Promise<number> {
    const all = await this.redis.smembers(this.key(customer));
    return all.length;
  }

  /** A list that can be shared by its link for a week. */
  async share(customer: string, link: string): Promise<string[]> {
    const all = await this.redis.smembers(this.key(customer));
    if (all.length === 0) return [];
    await this.redis.sadd(`share:${link}`, ...all);
    await this.redis.expire(`share:${link}`, 7 * 24 * 3600);
    return all;
  }
}
