import Redis from "ioredis";

const redis = new Redis(process.env.REDIS_URL ?? "");

export function view(id: string, others: string[]) {
  redis.incr(`views:${id}`);
  redis
    .get(`views:${id}`)
    .then((views) => console.log(views));
  others.forEach((other) => redis.lpush(other, id));
  others.forEach((other) => {
    return redis.lpush(other, id);
  });
  redis?.del("gone")
}

export const last = () => redis.get("last");
