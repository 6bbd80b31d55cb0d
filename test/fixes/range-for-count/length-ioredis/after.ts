import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

class Counters {
  constructor(private readonly client: typeof redis) {}

  async followerCount(userId: string): Promise<number> {
    return await this.client.scard(`followers:${userId}`);
  }
}

const counters = new Counters(redis);
export const followerCount = (userId: string) => counters.followerCount(userId);

export async function itemCount(cartId: string): Promise<number> {
  // how much is in it
  return await redis.hlen(`cart:${cartId}`); // by name
}

export async function hasBacklog(): Promise<boolean> {
  const jobCount = await redis.llen('jobs');
  if (!jobCount) console.log('nothing to do');
  return jobCount > 0;
}

export async function dueCount(now: number): Promise<number> {
  return await redis.zcount('reminders', 0, now);
}

export async function overdue(now: number) {
  const lateCount: number = await redis.zcount('reminders', String(now), '+inf');
  return `${lateCount} late`;
}

export async function all() {
  return [await redis.zcard('reminders'), await redis.hlen('cart:1')];
}

export const eventCount = async () => await redis.xlen('events');

export const summary = () => redis.scard('followers:1');

export async function powers() {
  const text = (await redis.scard('followers:1')).toFixed(1);
  return (await redis.llen('jobs')) ** 2 + Number(text);
}

export async function fields(id: string) {
  const count = await redis.hlen(`cart:${id}`);
  const keyCount = 1;
  return count + keyCount;
}

export async function backlog() {
  const length = await redis.llen('jobs');
  const jobCount = await redis.llen('jobs');
  const again = jobCount;
  return [length, again];
}
