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
    .setEx(`sensor:${sensor.id}`, 86_400, JSON.stringify({ ...sensor, changedAt }))
    .sAdd('sensors', sensor.id)
    .exec();
}

export async function moveSensors(sensors: Sensor[]) {
  const batch = client.multi();
  sensors.forEach((sensor) => {
    batch.set(`sensor:${sensor.id}`, JSON.stringify(sensor), { EX: 60 });
  });
  await batch.exec();
}

export async function roomOf(id: string) {
  const raw = await client.get(`sensor:${id}`);
  return raw ? (JSON.parse(raw) as Sensor).room : undefined;
}

export async function sensorOf(id: string) {
  const raw = await client.get(`sensor:${id}`);
  return raw && JSON.parse(raw);
}
