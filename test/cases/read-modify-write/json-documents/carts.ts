import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (error) => console.error(error));

interface Cart {
  items: string[];
  total: number;
}

export async function add(user: string, sku: string, price: number) {
  const cart = (await client.json.get(`basket:${user}`)) as unknown as Cart;
  cart.items.push(sku);
  cart.total += price;
  await client.json.set(`basket:${user}`, '$', { ...cart }); // expect: read-modify-write
}

export async function addInPlace(user: string, sku: string, price: number) {
  await client.json.arrAppend(`basket:${user}`, '$.items', sku);
  await client.json.numIncrBy(`basket:${user}`, '$.total', price); // quiet: read-modify-write -- the server adds
}

export async function open(user: string) {
  const cart = await client.json.get(`basket:${user}`);
  if (cart === null) await client.json.set(`basket:${user}`, '$', { items: [], total: 0 }); // quiet: read-modify-write -- nothing was there
}

export async function openBriefly(user: string) {
  await client.json.set(`visit:${user}`, '$', { items: [] }); // expect: set-then-expire
  await client.expire(`visit:${user}`, 3600);
}

export async function remember(user: string) {
  await client.json.set(`session:${user}`, '$', { user }); // expect: missing-ttl
}
