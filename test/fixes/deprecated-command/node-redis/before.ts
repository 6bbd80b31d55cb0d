import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);
await client.connect();

export async function remember(key: string, value: { n: number }, seconds: number) {
  await client.setEx(key, seconds, JSON.stringify(value));
  await client.pSetEx(`${key}:ms`, 60_000, JSON.stringify(value));
  await client.SETEX(`${key}:upper`, 60, 'x');
}

export const swap = (key: string, value: string) => client.getSet(key, value);

export async function claim(key: string, owner: string): Promise<string> {
  await client.setNX(`${key}:first`, owner);
  if (await client.setNX(key, owner)) return 'claimed';
  return 'busy';
}

export async function next(queue: string) {
  const job = await client.rPopLPush(queue, `${queue}:busy`);
  const last = await client.brPopLPush(queue, `${queue}:busy`, 0.05);
  return [job, last];
}

export async function board(key: string, min: number, page: { LIMIT: { offset: number; count: number } }) {
  return [
    await client.zRangeByScore(key, min, '+inf'),
    await client.zRangeByScoreWithScores(key, '-inf', '(3', { LIMIT: { offset: 0, count: 2 } }),
    await client.zRangeByScore(key, '-inf', Infinity, page),
    await client.zRangeByLex(key, '-', '[b'),
  ];
}

export async function nearby(key: string, unit: 'km' | 'm') {
  const found = await client.geoRadiusByMember(key, 'berlin', 500, unit, { SORT: 'ASC' });
  return [found, await client.geoRadius(key, { longitude: 13.4, latitude: 52.5 }, 500, 'km', { SORT: 'ASC' })];
}

export async function both(key: string) {
  const [set, got] = await client.multi().setEx(key, 60, 'value').getSet(key, 'other').exec();
  return [String(set), String(got)];
}

export const raw = (key: string) => client.sendCommand(['SETEX', key, '60', 'raw']);
