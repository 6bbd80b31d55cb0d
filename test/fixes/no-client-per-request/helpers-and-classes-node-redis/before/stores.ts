import { createClient, type RedisClientType } from 'redis';

/** How often somebody was here. */
export class Visits {
  /** One for each instance. */
  private readonly redis;

  constructor(private readonly prefix: string) {
    this.redis = createClient({ url: process.env.REDIS_URL });
    this.redis.on('error', (error) => console.error(error));
  }

  async add(id: string) {
    if (!this.redis.isOpen) await this.redis.connect();
    return this.redis.incr(`${this.prefix}:${id}`);
  }

  async read(id: string) {
    if (!this.redis.isOpen) await this.redis.connect();
    const count = await this.redis.get(`${this.prefix}:${id}`);
    return Number(count);
  }

  async close() {
    await this.redis.quit();
  }
}

export class Notes {
  #redis: RedisClientType = createClient({ url: process.env.REDIS_URL });

  async open() {
    await this.#redis.connect();
    return this;
  }

  async write(id: string, text: string): Promise<void> {
    await this.#redis.set(`note:${id}`, text);
  }

  read = (id: string) => this.#redis.get(`note:${id}`);

  async end(): Promise<void> {
    await this.#redis.disconnect();
  }
}
