import { createClient } from 'redis';

interface Sensor {
  id: string;
  room: string;
  celsius: number;
}

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', (err: Error) => console.error(err));
await client.connect();

export async function replaceSensor(sensor: Sensor, changedAt: number) {
  await client
    .multi()
    .del(`sensor:${sensor.id}`)
    .hSet(`sensor:${sensor.id}`, sensorToHash({ ...sensor, changedAt }))
    .expire(`sensor:${sensor.id}`, 86_400)
    .sAdd('sensors', sensor.id)
    .exec();
}

export async function moveSensors(sensors: Sensor[]) {
  const batch = client.multi();
  sensors.forEach((sensor) => {
    batch.del(`sensor:${sensor.id}`).hSet(`sensor:${sensor.id}`, sensorToHash(sensor)).expire(`sensor:${sensor.id}`, 60);
  });
  await batch.exec();
}

export async function roomOf(id: string) {
  const sensor = await readSensor(client, `sensor:${id}`);
  return sensor ? sensor.room : undefined;
}

export async function sensorOf(id: string) {
  return readSensor<any>(client, `sensor:${id}`);
}

/** What is needed of a client, whatever modules and options it was made with. */
interface HashClient {
  hGetAll(key: string): Promise<Record<string, string>>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** The fields of a sensor as its hash holds them: as text, without those that are null or undefined. */
function sensorToHash(sensor: object): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(sensor)) ?? {})) {
    if (value !== null) fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return fields;
}

/** Reads a sensor, null where there is none. One that is still kept as JSON is made a hash first, with its time to live. */
async function readSensor<T = Sensor>(client: HashClient, key: string): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const hash = await client.hGetAll(key);
      if (Object.keys(hash).length === 0) return null;
      const sensor: Record<string, unknown> = { ...hash };
      for (const name of ['changedAt', 'celsius']) if (name in hash) sensor[name] = Number(hash[name]);
      return sensor as T;
    } catch (error) {
      if (attempt === 3 || !String(error).includes('WRONGTYPE')) throw error;
    }
    // MGET gives null where it is a hash by now.
    const [json] = await client.mGet([key]);
    if (!json) continue;
    const fields = Object.entries(sensorToHash(JSON.parse(json)));
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
