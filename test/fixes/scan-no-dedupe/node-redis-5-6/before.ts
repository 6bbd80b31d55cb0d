import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL });
client.on("error", console.error);
await client.connect();

export async function count() {
  const found = [];
  for await (const batch of client.scanIterator({ MATCH: "guest:*", COUNT: 500 })) found.push(...batch);
  return { total: found.length, first: found[0] };
}
