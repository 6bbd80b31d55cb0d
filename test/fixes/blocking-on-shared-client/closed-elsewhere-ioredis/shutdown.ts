import { redis } from './redis';

export async function stop() {
  await redis.quit();
}
