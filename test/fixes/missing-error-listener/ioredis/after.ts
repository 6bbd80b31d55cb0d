import Redis from 'ioredis';

const url = process.env.REDIS_URL ?? '';

// for everything but events
const redis = new Redis(url).on('error', (error) => console.error(error)); // in one place

export async function save(id: string) {
  await redis.set(`user:${id}`, id);
  return await redis.get(`user:${id}`);
}

class Counter {
  private readonly client = new Redis(url, { lazyConnect: false, enableReadyCheck: true, connectionName: 'the counter of visits' })
    .on('error', (error) => console.error(error));

  async add(name: string) {
    return await this.client.incr(name);
  }
}

const counter = new Counter();
export const visit = (page: string) => counter.add(`visits:${page}`);

const open = (name: string) => new Redis(url, {
  connectionName: name,
}).on('error', (error) => console.error(error));
const named = open('named');
const copy = named.duplicate().on('error', (error) => console.error(error));

export async function both(id: string) {
  await named.rpush('ids', id);
  return await copy.llen('ids');
}

export async function once(id: string) {
  const client = id === '' ? new Redis().on('error', (error) => console.error(error)) : new Redis(url).on('error', (error) => console.error(error));
  await client.del(id);
  return client.options.db;
}
