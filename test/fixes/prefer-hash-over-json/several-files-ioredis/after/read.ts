import RedisPool from './redis';
import { driverKey, type Driver, readDriver } from './write';

export async function isOnline(id: string): Promise<boolean> {
  const driver = await readDriver(RedisPool.client, driverKey(id));
  return driver ? driver.online : false;
}

export async function plateOf(id: string): Promise<string> {
  const driver: Driver = (await readDriver(RedisPool.client, driverKey(id))) ?? JSON.parse('{"plate":""}');
  return driver.plate;
}
