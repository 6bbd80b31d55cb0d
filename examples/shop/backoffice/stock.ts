import { client } from './redis';

export interface StockLevel {
  sku: string;
  available: number;
}

export async function stockLevels(skus: string[]): Promise<StockLevel[]> {
  const levels: StockLevel[] = [];
  for (const sku of skus) {
    const available = await client.get(`stock:${sku}`);
    if (available === null) continue;
    levels.push({ sku, available: Number(available) });
  }
  return levels;
}

/** Quantities of a delivery note, by sku. */
export async function receiveDelivery(delivery: Record<string, number>): Promise<void> {
  for (const [sku, quantity] of Object.entries(delivery)) {
    await client.incrBy(`stock:${sku}`, quantity);
    await client.zAdd('stock:deliveries', { score: Date.now(), value: sku });
  }
}

/** Several counters at once, as the dashboard polls them. */
export async function lowStock(skus: string[], below: number): Promise<string[]> {
  if (skus.length === 0) return [];
  const levels = await client.mGet(skus.map((sku) => `stock:${sku}`));
  return skus.filter((_sku, index) => Number(levels[index] ?? 0) < below);
}

const RESERVE = `
local left = tonumber(redis.call('GET', KEYS[1]) or '0')
if left < tonumber(ARGV[1]) then return -1 end
return redis.call('DECRBY', KEYS[1], ARGV[1])`;

/** Takes from the stock if there is enough; resolves with what is left, or undefined. */
export async function reserve(sku: string, quantity: number): Promise<number | undefined> {
  const left = Number(await client.eval(RESERVE, { keys: [`stock:${sku}`], arguments: [String(quantity)] }));
  return left < 0 ? undefined : left;
}

/** Waits until the counter of a delivery has been confirmed by the warehouse. */
export async function confirmed(delivery: string): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    if ((await client.get(`delivery:${delivery}:confirmed`)) === 'yes') return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}
