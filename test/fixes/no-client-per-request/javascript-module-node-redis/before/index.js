// Lists, one client for each request.
import { createClient } from 'redis';

export async function push(req, _res) {
  const client = createClient({ url: process.env.REDIS_URL });
  client.on('error', console.error);
  await client.connect();
  try {
    return await client.rPush(`list:${req.id}`, 'c');
  } finally {
    await client.disconnect();
  }
}

export const list = async (req, res) => {
  const client = await createClient({ url: process.env.REDIS_URL }).connect();
  const all = await client.lRange(`list:${req.id}`, 0, -1);
  await client.quit();
  return all;
};

export const wait = async (req, res) => {
  const client = await createClient({ url: process.env.REDIS_URL }).connect();
  const item = await client.blPop(`list:${req.id}`, 1);
  await client.quit();
  return item?.element;
};
