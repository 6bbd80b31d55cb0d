import Redis from 'ioredis';

class LocksService {
  private readonly held = new Map<string, Date>();

  constructor(private readonly redis?: Redis) {}

  async stale(): Promise<string[]> {
    const keys = await this.redis?.keys('session:*');
    return (keys ?? []).filter((key) => !this.held.has(key));
  }

  async all(): Promise<string[]> {
    if (!this.redis) return [];
    return this.redis['keys']('session:*');
  }
}

const service = new LocksService(new Redis(process.env.REDIS_URL ?? ''));

export const stale = async () => [await service.stale(), await service.all()];
export const without = () => new LocksService().stale();
