import { createClient } from 'redis';

type Client = ReturnType<typeof createClient>;

const pool: Record<string, Client> = {};
const watched = new Map<string, { client: Client; since: number }>();

async function clientOf(region: string) {
  if (!pool[region]) {
    pool[region] = createClient({ url: `redis://${region}.internal:6379` }); // expect: missing-error-listener
    await pool[region].connect();
  }
  return pool[region];
}

export async function read(region: string, key: string) {
  return (await clientOf(region)).get(key);
}

export function watch(region: string) {
  watched.set(region, { client: createClient({ url: `redis://${region}.internal:6379` }), since: Date.now() }); // quiet: missing-error-listener -- listened to below
}

export function report(log: (error: Error) => void) {
  for (const { client } of watched.values()) client.on('error', log);
}

export class Channel {
  private readonly clients = { pub: createClient(), sub: createClient() }; // expect: missing-error-listener

  async open() {
    await Promise.all([this.clients.pub.connect(), this.clients.sub.connect()]);
  }
}
