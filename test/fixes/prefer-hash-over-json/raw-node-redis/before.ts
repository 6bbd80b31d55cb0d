import { createClient } from 'redis';

type Reading = { celsius: number; humidity: number; takenAt: number };

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export async function store(room: string, reading: Reading) {
  await client.SET(`reading:${room}`, JSON.stringify(reading));
}

export async function storeRaw(room: string, reading: Reading) {
  await client.sendCommand(['SET', `reading:${room}`, JSON.stringify(reading)]);
}

/** Published as text, stored as an object. */
export async function report(room: string, reading: Reading): Promise<number> {
  const body = JSON.stringify(reading);
  await client.set(`reading:${room}`, body);
  return client.lPush('readings', body);
}

export async function reportOnly(room: string, reading: Reading): Promise<void> {
  const body = JSON.stringify(reading);
  await client.set(`reading:${room}`, body);
}

export async function humidity(room: string) {
  const raw = await client.GET(`reading:${room}`);
  return raw ? (JSON.parse(raw) as Reading).humidity : undefined;
}
