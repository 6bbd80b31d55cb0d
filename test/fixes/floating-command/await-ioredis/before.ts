import Redis from "ioredis";

const redis = new Redis(process.env.REDIS_URL ?? "");

export async function view(id: string, log: string[]) {
  // counted aside
  redis.incr(`views:${id}`);
  redis.get(`views:${id}`).then((views) => log.push(String(views)));
  id && redis.set("last", id);
  return redis.get("last");
}
