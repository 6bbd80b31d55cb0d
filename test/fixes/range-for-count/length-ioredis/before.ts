import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

class Counters {
  constructor(private readonly client: typeof redis) {}

  async followerCount(userId: string): Promise<number> {
    return (await this.client.smembers(`followers:${userId}`)).length;
  }
}

const counters = new Counters(redis);
export const followerCount = (userId: string) => counters.followerCount(userId);

export async function itemCount(cartId: string): Promise<number> {
  // how much is in it
  const items = await redis.hgetall(`cart:${cartId}`); // by name
  return Object.keys(items).length;
}

export async function hasBacklog(): Promise<boolean> {
  const jobs = await redis.lrange('jobs', 0, -1);
  if (!jobs.length) console.log('nothing to do');
  return jobs.length > 0;
}

export async function dueCount(now: number): Promise<number> {
  return (await redis.zrangebyscore('reminders', 0, now)).length;
}

export async function overdue(now: number) {
  const late: string[] = await redis.zrevrangebyscore('reminders', '+inf', String(now));
  return `${late.length} late`;
}

export async function all() {
  return [(await redis.zrevrange('reminders', 0, -1)).length, (await redis.hvals('cart:1')).length];
}

export const eventCount = async () => (await redis.xrange('events', '-', '+')).length;

export const summary = () => redis.smembers('followers:1').then((members) => members.length);

export async function powers() {
  const text = (await redis.smembers('followers:1')).length.toFixed(1);
  return (await redis.lrange('jobs', 0, -1)).length ** 2 + Number(text);
}

export async function fields(id: string) {
  const keys = await redis.hkeys(`cart:${id}`);
  const keyCount = 1;
  return keys.length + keyCount;
}

export async function backlog() {
  const { length } = await redis.lrange('jobs', 0, -1);
  const jobs = await redis.lrange('jobs', 0, -1);
  const { length: again } = jobs;
  return [length, again];
}
