import { createCluster } from 'redis';

interface Device {
  name: string;
  firmware: number;
}

const cluster = createCluster({ rootNodes: (process.env.REDIS_NODES ?? '').split(',').map((node) => ({ url: `redis://${node}` })) });
cluster.on('error', (err) => console.error(err));
await cluster.connect();

export async function save(id: string, device: Device) {
  await cluster.setEx(`device:${id}`, 600, JSON.stringify(device));
}

export async function upgrade(id: string) {
  const device = JSON.parse((await cluster.get(`device:${id}`))!) as Device;
  device.firmware += 1;
  await cluster.setEx(`device:${id}`, 600, JSON.stringify(device));
}

export async function firmwareOf(id: string): Promise<number> {
  const raw = await cluster.get(`device:${id}`);
  return raw ? JSON.parse(raw).firmware : 0;
}
