import Redis from 'ioredis';

export class UrlCache {
  private readonly redis = new Redis(process.env.REDIS_URL ?? '');

  constructor(private readonly hashKey: string, private readonly recentKey: string) {
    this.redis.on('error', console.error);
  }

  put(url: string, page: string): Promise<unknown> {
    return this.redis.multi().hset(this.hashKey, url, page).lpush(this.recentKey, url).ltrim(this.recentKey, 0, 49).exec();
  }

  urls(): Promise<string[]> {
    return this.redis.hkeys(this.hashKey); // expect: unbounded-read
  }

  recent(): Promise<string[]> {
    return this.redis.lrange(this.recentKey, 0, -1); // quiet: unbounded-read -- trimmed with each push
  }

  members(key: string): Promise<string[]> {
    return this.redis.smembers(key); // quiet: unbounded-read -- judged at its callers
  }
}
