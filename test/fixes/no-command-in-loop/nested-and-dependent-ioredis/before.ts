import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function table(shelves: { name: string; skus: string[] }[]): Promise<string[]> {
  const rows: string[] = [];
  for (const shelf of shelves) {
    let row = shelf.name;
    for (const sku of shelf.skus) {
      const stock = await redis.hget(`stock:${sku}`, 'units');
      row += ` ${stock ?? 0}`;
    }
    rows.push(row);
  }
  return rows;
}

export async function groupNames(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    const group = await redis.hget(`user:${id}`, 'group');
    if (!group) continue;
    const name = await redis.hget(`group:${group}`, 'name');
    names.push(name ?? group);
  }
  return names;
}

export async function copyOver(ids: string[]): Promise<void> {
  for (const id of ids) {
    const group = await redis.hget(`user:${id}`, 'group');
    await redis.sadd(`members:${group ?? 'none'}`, id);
  }
}
