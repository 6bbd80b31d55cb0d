import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function table(shelves: { name: string; skus: string[] }[]): Promise<string[]> {
  await ready;
  const rows: string[] = [];
  for (const shelf of shelves) {
    let row = shelf.name;
    const stocks = await Promise.all(shelf.skus.map((sku) => client.hGet(`stock:${sku}`, 'units')));
    for (const stock of stocks) {
      row += ` ${stock ?? 0}`;
    }
    rows.push(row);
  }
  return rows;
}

export async function groupNames(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  const groups = await Promise.all(ids.map((id) => client.hGet(`user:${id}`, 'group')));
  const pending = [];
  for (const group of groups) {
    if (!group) continue;
    pending.push(client.hGet(`group:${group}`, 'name').then((name) => ({ group, name })));
  }
  for (const { group, name } of await Promise.all(pending)) {
    names.push(name ?? group);
  }
  return names;
}

export async function copyOver(ids: string[]): Promise<void> {
  await ready;
  const replies = await Promise.all(
    ids.map(async (id) => ({ id, group: await client.hGet(`user:${id}`, 'group') })),
  );
  await Promise.all(replies.map(({ id, group }) => client.sAdd(`members:${group ?? 'none'}`, id)));
}
