import { createClient } from 'redis';

export interface SessionRecord {
  userId: string;
  role: string;
  createdAt: number;
}

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err) => console.error(err));
await client.connect();

export async function createLong(sid: string, record: SessionRecord, ttl: number) {
  await client.set(`session:${sid}`, JSON.stringify(record), { EX: ttl });
}

export async function createShort(sid: string, record: SessionRecord) {
  await client.SET(`session:${sid}`, JSON.stringify(record), { EX: 60 });
}

export function createClassic(sid: string, record: SessionRecord) {
  return client.setEx(`session:${sid}`, 3600, JSON.stringify(record));
}

export async function roleOf(sid: string): Promise<string | undefined> {
  const raw = await client.get(`session:${sid}`);
  const record: SessionRecord | undefined = raw ? JSON.parse(raw) : undefined;
  return record?.role;
}
