import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';

interface Device {
  name: string;
  firmware: number;
}

const cluster = new Cluster((process.env.REDIS_NODES ?? '').split(',').map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) })));

class Devices {
  constructor(private readonly redis: Redis | Cluster) {}

  async save(id: string, device: Device) {
    await writeDevice(this.redis, `device:${id}`, device, 600);
  }

  async upgrade(id: string) {
    const device = (await readDevice(this.redis, `device:${id}`))!;
    device.firmware += 1;
    await updateDevice(this.redis, `device:${id}`, device, ['firmware'], 600);
  }
}

const devices = new Devices(cluster);

export const save = (id: string, device: Device) => devices.save(id, device);
export const upgrade = (id: string) => devices.upgrade(id);
export const firmwareOf = async (id: string) => ((await readDevice(cluster, `device:${id}`)) ?? JSON.parse('{"firmware":0}')).firmware;

/** The fields of a device as its hash holds them: as text, without those that are null or undefined. */
function deviceToHash(device: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(device)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Keeps a device as a hash, in the place of whatever the key held, as SET does. */
async function writeDevice(client: Redis | Cluster, key: string, device: object, seconds: number): Promise<'OK'> {
  const multi = client.multi();
  multi.del(key);
  multi.hset(key, deviceToHash(device));
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Changes some fields of a device, and its time to live as SET does. Where it is gone since it was read, it is written whole. */
async function updateDevice(client: Redis | Cluster, key: string, device: object, changed: readonly string[], seconds: number): Promise<'OK'> {
  const multi = client.multi();
  for (const [name, value] of Object.entries(deviceToHash(device))) {
    if (changed.includes(name)) multi.hset(key, { [name]: value });
    else multi.hsetnx(key, name, value);
  }
  multi.expire(key, seconds);
  for (const [error] of (await multi.exec()) ?? []) if (error) throw error;
  return 'OK';
}

/** Reads a device, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readDevice<T = Device>(client: Redis | Cluster, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hgetall(key);
      if (Object.keys(hash).length === 0) return null;
      const device: Record<string, unknown> = { ...hash };
      for (const name of ['firmware']) if (name in hash) device[name] = Number(hash[name]);
      return device as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mget(key);
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
    await client.eval(script, 1, key, json, ...fields.flat());
  }
}
