import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export class Profiles {
  private readonly client = redis;

  async greeting(userId: string): Promise<string> {
    const name = await this.client.hget(`user:${userId}`, 'name');
    if (!name) return 'Hello';
    // once more
    const again = await this.client.hget(`user:${userId}`, 'name'); // its name
    return `Hello ${again}`;
  }

  async owner(id: string) {
    const members = await this.client.lrange(`team:${id}`, 0, -1);
    if (members.length === 0) return null;
    const [first] = await this.client.lrange(`team:${id}`, 0, -1);
    return first;
  }
}

const profiles = new Profiles();
export const greeting = (id: string) => profiles.greeting(id);
export const owner = (id: string) => profiles.owner(id);

export async function title(userId: string) {
  const value = 'none';
  if ((await redis.get(`title:${userId}`)) !== null) {
    return (await redis.get(`title:${userId}`)) ?? value;
  }
  return value;
}

export async function same(id: string): Promise<boolean> {
  return (await redis.strlen(`a:${id}`)) > 1 && (await redis.strlen(`a:${id}`)) < 5;
}
