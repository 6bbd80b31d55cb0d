import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);
await client.connect();

export async function remember(key: string, value: { n: number }, seconds: number) {
  await client.set(key, JSON.stringify(value), { EX: seconds });
  await client.set(`${key}:ms`, JSON.stringify(value), { PX: 60_000 });
  await client.SET(`${key}:upper`, 'x', { EX: 60 });
}

export const swap = (key: string, value: string) => client.set(key, value, { GET: true });

export async function claim(key: string, owner: string): Promise<string> {
  await client.set(`${key}:first`, owner, { NX: true });
  if (await client.set(key, owner, { NX: true })) return 'claimed';
  return 'busy';
}

export async function next(queue: string) {
  const job = await client.lMove(queue, `${queue}:busy`, 'RIGHT', 'LEFT');
  const last = await client.blMove(queue, `${queue}:busy`, 'RIGHT', 'LEFT', 0.05);
  return [job, last];
}

export async function board(key: string, min: number, page: { LIMIT: { offset: number; count: number } }) {
  return [
    await client.zRange(key, min, '+inf', { BY: 'SCORE' }),
    await client.zRangeWithScores(key, '-inf', '(3', { BY: 'SCORE', LIMIT: { offset: 0, count: 2 } }),
    await client.zRangeByScore(key, '-inf', Infinity, page),
    await client.zRange(key, '-', '[b', { BY: 'LEX' }),
  ];
}

export async function nearby(key: string, unit: 'km' | 'm') {
  const found = await client.geoSearch(key, 'berlin', { radius: 500, unit }, { SORT: 'ASC' });
  return [found, await client.geoSearch(key, { longitude: 13.4, latitude: 52.5 }, { radius: 500, unit: 'km' }, { SORT: 'ASC' })];
}

export async function both(key: string) {
  const [set, got] = await client.multi().set(key, 'value', { EX: 60 }).set(key, 'other', { GET: true }).exec();
  return [String(set), String(got)];
}

export const raw = (key: string) => client.sendCommand(['SET', key, 'raw', 'EX', '60']);
