import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
const ready = client.connect();

export async function replaceTags(post: string, tags: [string, ...string[]]) {
  await ready;
  await client.multi().del(`post:${post}:tags`).sAdd(`post:${post}:tags`, tags).exec();
}

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  await ready;
  const multi = client.multi();
  multi.del(`schedule:${day}`);
  for (const slot of slots) multi.rPush(`schedule:${day}`, JSON.stringify(slot));
  await multi.exec();
}

export class Roles {
  private readonly client = client;

  async replace(role: string, actions: string[], ttl?: number): Promise<void> {
    await ready;
    const multi = this.client.multi();
    multi.unlink(`role:${role}`);
    if (actions.length === 0) multi.sAdd(`role:${role}`, 'none');
    else multi.sAdd(`role:${role}`, actions);
    if (ttl) {
      multi.expire(`role:${role}`, ttl);
    }
    await multi.exec();
  }
}

export const replaceRole = (role: string, actions: string[]) => new Roles().replace(role, actions, 60);
