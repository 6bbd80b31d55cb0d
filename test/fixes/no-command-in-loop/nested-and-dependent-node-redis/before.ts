import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

export async function table(shelves: { name: string; skus: string[] }[]): Promise<string[]> {
  await ready;
  const rows: string[] = [];
  for (const shelf of shelves) {
    let row = shelf.name;
    for (const sku of shelf.skus) {
      const stock = await client.hGet(`stock:${sku}`, 'units');
      row += ` ${stock ?? 0}`;
    }
    rows.push(row);
  }
  return rows;
}

export async function groupNames(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  for (const id of ids) {
    const group = await client.hGet(`user:${id}`, 'group');
    if (!group) continue;
    const name = await client.hGet(`group:${group}`, 'name');
    names.push(name ?? group);
  }
  return names;
}

export async function copyOver(ids: string[]): Promise<void> {
  await ready;
  for (const id of ids) {
    const group = await client.hGet(`user:${id}`, 'group');
    await client.sAdd(`members:${group ?? 'none'}`, id);
  }
}
