import { createClient } from 'redis';

export async function isUp(url: string) {
  const client = createClient({ url }); // quiet: missing-error-listener -- only tried: connect() is to reject
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch {
    return false;
  } finally {
    if (client.isOpen) await client.quit();
  }
}

export async function readOnce(url: string, key: string) {
  const client = createClient({ url }); // expect: missing-error-listener
  await client.connect();
  const value = await client.get(key);
  await client.quit();
  return value;
}
