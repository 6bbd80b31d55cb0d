import RedisPool from './redis';

export type Driver = { name: string; plate: string; online: boolean };

export const driverKey = (id: string) => `driver:${id}`;

export async function saveDriver(id: string, driver: Driver) {
  await RedisPool.client.set(driverKey(id), JSON.stringify(driver));
}
