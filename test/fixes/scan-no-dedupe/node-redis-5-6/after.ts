import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL });
client.on("error", console.error);
await client.connect();

export async function count() {
  const found = new Set<string>();
  for await (const batch of client.scanIterator({ MATCH: "guest:*", COUNT: 500 })) for (const key of batch) found.add(key);
  return { total: found.size, first: [...found][0] };
}
