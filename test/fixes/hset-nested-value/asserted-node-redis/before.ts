import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (error) => console.error(error));
await client.connect();

interface Visit {
  at?: Date;
  open?: boolean;
}

export async function asserted(id: string, visit: Visit) {
  return await client.hSet(`visit:${id}`, { at: visit.at! as any, open: (visit.open as any)! });
}

// May be missing, whatever the cast says: `String` would make the text `undefined` of it.
export async function cast(id: string, visit: Visit) {
  return await client.hSet(`cast:${id}`, 'open', visit.open as any);
}
