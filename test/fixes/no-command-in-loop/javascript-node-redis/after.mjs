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
  const results = await Promise.all(
    Array.from(shelves, async (shelf) => {
      const [result] = await Promise.allSettled([client.hSet(`shelf:${shelf.id}`, 'name', shelf.name)]);
      return { shelf, result };
    }),
  );
  for (const { shelf, result } of results) {
    if (result.status === 'rejected') {
      const err = result.reason;
      fail({ err, id: shelf.id });
    }
  }
}
