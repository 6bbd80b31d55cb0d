import { createClient } from "redis";

const redis = createClient({ url: process.env.REDIS_URL });
redis.on("error", () => undefined);
await redis.connect();

export async function view(id: string, log: string[]) {
  // counted aside
  await redis.incr(`views:${id}`);
  await redis.get(`views:${id}`).then((views) => log.push(String(views)));
  id && await redis.set("last", id);
  return redis.get("last");
}
