import { createClient } from 'redis';

export interface Report {
  title: string;
  period: { from: string; to: string };
  ownerId: number;
}

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
await client.connect();

export class Reports {
  constructor(private readonly redis: ReturnType<typeof createClient>) {}

  async save(id: string, report: Report, seconds: number) {
    await this.redis.setEx(`report:${id}`, seconds, JSON.stringify(report));
  }

  async load(id: string): Promise<Report | null> {
    const raw = await this.redis.get(`report:${id}`);
    return raw ? (JSON.parse(raw) as Report) : null;
  }
}

export async function titleOf(id: string) {
  const raw = await client.get(`report:${id}`);
  if (raw === null) throw new Error(`no report ${id}`);
  const { title } = JSON.parse(raw) as Report;
  return title;
}
