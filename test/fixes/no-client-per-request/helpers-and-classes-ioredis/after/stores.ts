import { Redis } from 'ioredis';
import { redis } from './redis-client.js';

/** How often somebody was here. */
export class Visits {
  private readonly redis: Redis;

  constructor(private readonly prefix: string) {
    this.redis = redis();
  }

  add(id: string) {
    return this.redis.incr(`${this.prefix}:${id}`);
  }

  async read(id: string) {
    return Number(await this.redis.get(`${this.prefix}:${id}`));
  }

  async close() {}
}

export class Notes {
  // One for each instance.
  #redis = redis();

  async write(id: string, text: string): Promise<void> {
    await this.#redis.set(`note:${id}`, text);
  }

  read = (id: string) => this.#redis.get(`note:${id}`);

  end(): void {}
}
