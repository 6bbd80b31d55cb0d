import { createClient } from "redis";

const redis = createClient({ url: process.env.REDIS_URL });
redis.on("error", () => undefined);
await redis.connect();

export function view(id: string, others: string[]) {
  redis.incr(`views:${id}`).catch((error) => console.error(error));
  redis
    .get(`views:${id}`)
    .then((views) => console.log(views))
    .catch((error) => console.error(error));
  others.forEach((other) => redis.lPush(other, id).catch((error) => console.error(error)));
  redis?.del("gone").catch((error) => console.error(error))
}

export const last = () => redis.get("last");
