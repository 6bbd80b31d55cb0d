import RedisPool from './redis';
import { driverKey, type Driver } from './write';

export async function isOnline(id: string): Promise<boolean> {
  const raw = await RedisPool.client.get(driverKey(id));
  return raw ? (JSON.parse(raw) as Driver).online : false;
}

export async function plateOf(id: string): Promise<string> {
  const driver: Driver = JSON.parse((await RedisPool.client.get(driverKey(id))) ?? '{"plate":""}');
  return driver.plate;
}
