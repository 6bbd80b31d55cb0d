import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function saveRates(base: string, rates: Record<string, number>, seconds?: number) {
  await client.set(`rates:${base}`, JSON.stringify(rates), { EX: seconds });
}

export async function rate(base: string, currency: string) {
  const raw = await client.get(`rates:${base}`);
  return raw ? (JSON.parse(raw) as Record<string, number>)[currency] : undefined;
}

export async function currencies(base: string): Promise<number> {
  const raw = await client.get(`rates:${base}`);
  if (raw === null) return -1;
  return Object.keys(JSON.parse(raw)).length;
}
