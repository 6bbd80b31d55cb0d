import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export class Profiles {
  private readonly client = redis;

  async greeting(userId: string): Promise<string> {
    const name = await this.client.hget(`user:${userId}`, 'name');
    if (!name) return 'Hello';
    // once more
    const again = name; // its name
    return `Hello ${again}`;
  }

  async owner(id: string) {
    const members = await this.client.lrange(`team:${id}`, 0, -1);
    if (members.length === 0) return null;
    const [first] = members;
    return first;
  }
}

const profiles = new Profiles();
export const greeting = (id: string) => profiles.greeting(id);
export const owner = (id: string) => profiles.owner(id);

export async function title(userId: string) {
  const value = 'none';
  const reply = await redis.get(`title:${userId}`);
  if (reply !== null) {
    return reply ?? value;
  }
  return value;
}

export async function same(id: string): Promise<boolean> {
  const length = await redis.strlen(`a:${id}`);
  return length > 1 && length < 5;
}
