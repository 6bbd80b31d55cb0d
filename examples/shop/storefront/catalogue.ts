import { redis } from './redis';

export interface Product {
  sku: string;
  name: string;
  category: string;
  /** In cents. */
  price: number;
}

function toProduct(sku: string, fields: Record<string, string>): Product {
  return { sku, name: fields.name ?? sku, category: fields.category ?? 'other', price: Number(fields.price) };
}

export async function getProduct(sku: string): Promise<Product | undefined> {
  const fields = await redis.hgetall(`product:${sku}`);
  if (Object.keys(fields).length === 0) return undefined;
  return toProduct(sku, fields);
}

export async function productsInCategory(category: string): Promise<Product[]> {
  const skus = await redis.smembers(`catalogue:category:${category}`);
  const products: Product[] = [];
  for (const sku of skus) {
    const product = await getProduct(sku);
    if (product) products.push(product);
  }
  return products.sort((a, b) => a.price - b.price);
}

export async function countInCategory(category: string): Promise<number> {
  const skus = await redis.smembers(`catalogue:category:${category}`);
  return skus.length;
}

/** The cheapest products, in one round trip after the list of them. */
export async function bargains(count: number): Promise<Product[]> {
  const skus = await redis.zrange('catalogue:by-price', 0, String(count - 1));
  if (skus.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const sku of skus) pipeline.hgetall(`product:${sku}`);
  const replies = (await pipeline.exec()) ?? [];
  return replies.flatMap(([error, fields], index) => {
    if (error) throw error;
    const sku = skus[index];
    return sku === undefined ? [] : [toProduct(sku, fields as Record<string, string>)];
  });
}

export async function newArrivals(): Promise<string[]> {
  return redis.lrange('catalogue:new', 0, 11);
}
