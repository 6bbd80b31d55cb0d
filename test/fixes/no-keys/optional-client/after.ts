import Redis from 'ioredis';

class LocksService {
  private readonly held = new Map<string, Date>();

  constructor(private readonly redis?: Redis) {}

  async stale(): Promise<string[]> {
    const found = new Set<string>();
    if (this.redis) {
      for await (const batch of this.redis.scanStream({ match: 'session:*', count: 1000 })) {
        for (const key of batch as string[]) found.add(key);
      }
    }
    const keys = this.redis ? [...found] : undefined;
    return (keys ?? []).filter((key) => !this.held.has(key));
  }

  async all(): Promise<string[]> {
    if (!this.redis) return [];
    const found = new Set<string>();
    for await (const batch of this.redis.scanStream({ match: 'session:*', count: 1000 })) {
      for (const key of batch as string[]) found.add(key);
    }
    return [...found];
  }
}

const service = new LocksService(new Redis(process.env.REDIS_URL ?? ''));

export const stale = async () => [await service.stale(), await service.all()];
export const without = () => new LocksService().stale();
