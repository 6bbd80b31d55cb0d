import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));

interface CacheOptions {
  prefix?: string;
  ttl?: number;
  region?: string;
}

export class TagCache {
  private config: CacheOptions;

  constructor(options: CacheOptions = {}) {
    this.config = { prefix: options.prefix || 'tags:', ttl: options.ttl || 3600, region: options.region };
  }

  read(tag: string) {
    return client.get(`${this.config.prefix}${tag}`); // quiet: stringified-undefined -- the constructor fills it in
  }

  async write(tag: string, value: string, ttl?: number) {
    await client.set(`${this.config.prefix}${tag}`, value, { EX: ttl || this.config.ttl }); // quiet: undefined-ttl, stringified-undefined -- the constructor fills both in
  }

  readNear(tag: string) {
    return client.get(`near:${this.config.region}:${tag}`); // expect: stringified-undefined
  }
}
