import { createCluster } from 'redis';

interface Device {
  name: string;
  firmware: number;
}

const cluster = createCluster({ rootNodes: (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` })) });
cluster.on('error', (err) => console.error(err));
await cluster.connect();

export async function save(id: string, device: Device) {
  await writeDevice(cluster, `device:${id}`, device, 600);
}

export async function upgrade(id: string) {
  const device = (await readDevice(cluster, `device:${id}`))!;
  device.firmware += 1;
  await updateDevice(cluster, `device:${id}`, device, ['firmware'], 600);
}

export async function firmwareOf(id: string): Promise<number> {
  const device = await readDevice(cluster, `device:${id}`);
  return device ? device.firmware : 0;
}

/** What is needed of a client, whatever modules and options it was made with. */
interface HashClient {
  hGetAll(key: string): Promise<Record<string, string>>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): {
    del(key: string): unknown;
    hSet(key: string, fields: Record<string, string>): unknown;
    expire(key: string, seconds: number): unknown;
    hSetNX(key: string, field: string, value: string): unknown;
    exec(): Promise<unknown>;
  };
}

/** The fields of a device as its hash holds them: as text, without those that are null or undefined. */
function deviceToHash(device: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(device)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a device as a hash, in the place of whatever the key held, as SET does. */
async function writeDevice(client: HashClient, key: string, device: object, seconds: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hSet(key, deviceToHash(device));
  multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Changes some fields of a device, and its time to live as SET does. Where it is gone since it was read, it is written whole. */
async function updateDevice(client: HashClient, key: string, device: object, changed: readonly string[], seconds: number): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(deviceToHash(device))) {
    if (changed.includes(name)) multi.hSet(key, { [name]: value });
    else multi.hSetNX(key, name, value);
  }
  multi.expire(key, seconds);
  await multi.exec();
  return 'OK';
}

/** Reads a device, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readDevice<T = Device>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const device: Record<string, unknown> = { ...hash };
      for (const name of ['firmware']) if (name in hash) device[name] = Number(hash[name]);
      return device as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(deviceToHash(JSON.parse(json)));
    if (fields.length === 0) return JSON.parse(json);
    const script = `
      if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local ttl = redis.call('PTTL', KEYS[1])
      redis.call('DEL', KEYS[1])
      for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
      if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
      return 1`;
    await client.eval(script, { keys: [key], arguments: [json, ...fields.flat()] });
  }
}
