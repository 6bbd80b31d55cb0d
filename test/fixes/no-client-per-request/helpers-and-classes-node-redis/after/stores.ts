import { redis } from './redis-client.js';

/** How often somebody was here. */
export class Visits {
  constructor(private readonly prefix: string) {}

  async add(id: string) {
    return (await redis()).incr(`${this.prefix}:${id}`);
  }

  async read(id: string) {
    const count = await (await redis()).get(`${this.prefix}:${id}`);
    return Number(count);
  }

  async close() {}
}

export class Notes {
  async open() {
    return this;
  }

  async write(id: string, text: string): Promise<void> {
    await (await redis()).set(`note:${id}`, text);
  }

  read = async (id: string) => (await redis()).get(`note:${id}`);

  async end(): Promise<void> {}
}
