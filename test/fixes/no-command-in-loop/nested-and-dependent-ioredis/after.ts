import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

export async function table(shelves: { name: string; skus: string[] }[]): Promise<string[]> {
  const rows: string[] = [];
  for (const shelf of shelves) {
    let row = shelf.name;
    const pipeline = redis.pipeline();
    for (const sku of shelf.skus) {
      pipeline.hget(`stock:${sku}`, 'units');
    }
    for (const [error, reply] of (await pipeline.exec()) ?? []) {
      if (error) throw error;
      const stock = reply as string | null;
      row += ` ${stock ?? 0}`;
    }
    rows.push(row);
  }
  return rows;
}

export async function groupNames(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hget(`user:${id}`, 'group');
  }
  const batch = redis.pipeline();
  const queued = [];
  for (const [error, reply] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
    const group = reply as string | null;
    if (!group) continue;
    batch.hget(`group:${group}`, 'name');
    queued.push(group);
  }
  const replies = ((await batch.exec()) ?? []).map(([err, value]) => {
    if (err) throw err;
    return value;
  });
  for (const [index, group] of queued.entries()) {
    const name = replies[index] as string | null;
    names.push(name ?? group);
  }
  return names;
}

export async function copyOver(ids: string[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hget(`user:${id}`, 'group');
  }
  const groups = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  const batch = redis.pipeline();
  for (const [index, id] of ids.entries()) {
    const group = groups[index] as string | null;
    batch.sadd(`members:${group ?? 'none'}`, id);
  }
  for (const [error] of (await batch.exec()) ?? []) {
    if (error) throw error;
  }
}
