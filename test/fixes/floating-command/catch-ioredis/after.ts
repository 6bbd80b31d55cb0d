import Redis from "ioredis";

const redis = new Redis(process.env.REDIS_URL ?? "");

export function view(id: string, others: string[]) {
  redis.incr(`views:${id}`).catch((error) => console.error(error));
  redis
    .get(`views:${id}`)
    .then((views) => console.log(views))
    .catch((error) => console.error(error));
  others.forEach((other) => redis.lpush(other, id).catch((error) => console.error(error)));
  others.forEach((other) => {
    return redis.lpush(other, id).catch((error) => console.error(error));
  });
  redis?.del("gone").catch((error) => console.error(error))
}

export const last = () => redis.get("last");
