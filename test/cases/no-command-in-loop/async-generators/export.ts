import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function* profiles(ids: string[]): AsyncGenerator<string> {
  for (const id of ids) {
    const profile = await redis.get(`profile:${id}`); // expect: no-command-in-loop
    if (profile !== null) yield profile;
  }
}

export async function* history(id: string): AsyncGenerator<string[]> {
  for (let start = 0; ; start += 100) {
    const page = await redis.lrange(`history:${id}`, start, start + 99); // quiet: no-command-in-loop -- a page at a time, as the consumer asks for it
    if (page.length === 0) return;
    yield page;
  }
}

export async function* cached(rows: AsyncIterable<{ id: string }>): AsyncGenerator<string | null> {
  for await (const row of rows) {
    yield await redis.get(`row:${row.id}`); // quiet: no-command-in-loop -- a stream, whose end nobody knows
  }
}

export async function total(ids: string[]): Promise<number> {
  let length = 0;
  for await (const profile of profiles(ids)) length += profile.length;
  return length;
}
