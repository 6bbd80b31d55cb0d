import { createCluster } from "redis";

const rootNodes = (process.env.REDIS_NODES ?? "").split(",").map((node) => ({ url: `redis://${node}` }));
const cluster = createCluster({ rootNodes });
cluster.on("error", console.error);
await cluster.connect();

export async function pair(user: string) {
  try {
    return await cluster.mGet([`cart:${user}`, `wishlist:${user}`]);
  } catch {
    return cluster.get("fallback");
  }
}

export async function drop(ids: string[]) {
  const keys = ids.map((id) => `cart:${id}`);
  try {
    await cluster.exists(keys);
    return "done";
  } catch {
    return cluster.get("fallback");
  }
}
