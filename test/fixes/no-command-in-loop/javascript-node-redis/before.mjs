import { createClient } from 'redis';

const client = await createClient({ url: process.env.REDIS_URL }).connect();

export async function stock(shelves) {
  const table = [];
  for (const shelf of shelves) {
    const row = [];
    for (const { sku } of shelf.slots) {
      row.push(Number(await client.get(`stock:${sku}`)));
    }
    table.push(row);
  }
  return table;
}

export async function announce(shelves) {
  for (const shelf of shelves) {
    await client.publish('shelves', shelf.id);
  }
}

export async function rename(shelves, fail) {
  for (const shelf of shelves) {
    try {
      await client.hSet(`shelf:${shelf.id}`, 'name', shelf.name);
    } catch (err) {
      fail({ err, id: shelf.id });
    }
  }
}
