import { Redis } from 'ioredis';

/** How often somebody was here. */
export class Visits {
  private readonly redis: Redis;

  constructor(private readonly prefix: string) {
    this.redis = new Redis(process.env.REDIS_URL!);
  }

  add(id: string) {
    return this.redis.incr(`${this.prefix}:${id}`);
  }

  async read(id: string) {
    return Number(await this.redis.get(`${this.prefix}:${id}`));
  }

  async close() {
    await this.redis.quit();
  }
}

export class Notes {
  // One for each instance.
  #redis = new Redis(process.env.REDIS_URL!);

  async write(id: string, text: string): Promise<void> {
    await this.#redis.set(`note:${id}`, text);
  }

  read = (id: string) => this.#redis.get(`note:${id}`);

  end(): void {
    this.#redis.disconnect();
  }
}
