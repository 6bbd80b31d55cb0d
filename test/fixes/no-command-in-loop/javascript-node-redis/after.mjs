import { createClient } from 'redis';

const client = await createClient({ url: process.env.REDIS_URL }).connect();

export async function stock(shelves) {
  const table = [];
  for (const shelf of shelves) {
    const row = [];
    const values = await Promise.all(
      Array.from(shelf.slots, ({ sku }) => client.get(`stock:${sku}`)),
    );
    for (const value of values) {
      row.push(Number(value));
    }
    table.push(row);
  }
  return table;
}

export async function announce(shelves) {
  await Promise.all(Array.from(shelves, (shelf) => client.publish('shelves', shelf.id)));
}

export async function rename(shelves, fail) {
  const items = [...shelves];
  const results = await Promise.allSettled(
    items.map((shelf) => client.hSet(`shelf:${shelf.id}`, 'name', shelf.name)),
  );
  for (const [index, shelf] of items.entries()) {
    const result = results[index];
    if (result.status === 'rejected') {
      const err = result.reason;
      fail({ err, id: shelf.id });
    }
  }
}
