import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', console.error);
const ready = client.connect();

export async function replaceTags(post: string, tags: [string, ...string[]]) {
  await ready;
  await client.del(`post:${post}:tags`);
  await client.sAdd(`post:${post}:tags`, tags);
}

export async function publishSchedule(day: string, slots: object[]): Promise<void> {
  await ready;
  await client.del(`schedule:${day}`);
  for (const slot of slots) await client.rPush(`schedule:${day}`, JSON.stringify(slot));
}

export class Roles {
  private readonly client = client;

  async replace(role: string, actions: string[], ttl?: number): Promise<void> {
    await ready;
    await this.client.unlink(`role:${role}`);
    if (actions.length === 0) await this.client.sAdd(`role:${role}`, 'none');
    else await this.client.sAdd(`role:${role}`, actions);
    if (ttl) {
      await this.client.expire(`role:${role}`, ttl);
    }
  }
}

export const replaceRole = (role: string, actions: string[]) => new Roles().replace(role, actions, 60);
