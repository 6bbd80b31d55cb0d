import { createClient } from "redis";

const redis = createClient({ url: process.env.REDIS_URL });
redis.on("error", () => undefined);
await redis.connect();

export function view(id: string, others: string[]) {
  redis.incr(`views:${id}`);
  redis
    .get(`views:${id}`)
    .then((views) => console.log(views));
  others.forEach((other) => redis.lPush(other, id));
  redis?.del("gone")
}

export const last = () => redis.get("last");
