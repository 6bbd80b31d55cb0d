// Lists, one client for each request.
import { redis, duplicate } from './redis-client.js';

export async function push(req, _res) {
  const client = await redis();
  return await client.rPush(`list:${req.id}`, 'c');
}

export const list = async (req, res) => {
  const client = await redis();
  const all = await client.lRange(`list:${req.id}`, 0, -1);
  return all;
};

export const wait = async (req, res) => {
  const client = await duplicate();
  const item = await client.blPop(`list:${req.id}`, 1);
  await client.quit();
  return item?.element;
};
