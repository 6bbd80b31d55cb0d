import { client } from './redis';

export interface User {
  name: string;
}

const keyOf = (id: string): string => `user:${id}`;

export async function getUser(id: string): Promise<User | null> {
  const raw = await client.get(keyOf(id));
  return raw === null ? null : (JSON.parse(raw) as User);
}

export const touch = (id: string) => client.expire(keyOf(id), 900);

async function field(key: string, name: string) {
  return client.hGet(key, name);
}

export async function plan(account: { id: string }): Promise<string> {
  return (await field(`account:${account.id}`, 'plan')) ?? 'free';
}
