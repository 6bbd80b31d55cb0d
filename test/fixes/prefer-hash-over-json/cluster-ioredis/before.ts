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
    await this.redis.set(`device:${id}`, JSON.stringify(device), 'EX', 600);
  }

  async upgrade(id: string) {
    const device = JSON.parse((await this.redis.get(`device:${id}`))!) as Device;
    device.firmware += 1;
    await this.redis.set(`device:${id}`, JSON.stringify(device), 'EX', 600);
  }
}

const devices = new Devices(cluster);

export const save = (id: string, device: Device) => devices.save(id, device);
export const upgrade = (id: string) => devices.upgrade(id);
export const firmwareOf = async (id: string) => JSON.parse((await cluster.get(`device:${id}`)) ?? '{"firmware":0}').firmware;
