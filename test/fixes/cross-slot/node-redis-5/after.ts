import { createCluster } from "redis";

const rootNodes = (process.env.REDIS_NODES ?? "").split(",").map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes });
cluster.on("error", console.error);
await cluster.connect();

export async function pair(user: string) {
  try {
    return await Promise.all([cluster.get(`cart:${user}`), cluster.get(`wishlist:${user}`)]);
  } catch {
    return cluster.get("fallback");
  }
}

export async function drop(ids: string[]) {
  const keys = ids.map((id) => `cart:${id}`);
  try {
    await Promise.all(keys.map((key) => cluster.exists(key)));
    return "done";
  } catch {
    return cluster.get("fallback");
  }
}
