import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

interface Device {
  id?: string;
  tags: string[];
}

export async function states(ids: (string | null)[]): Promise<[string, string][]> {
  const states = new Map<string, string>();
  for (const id of ids) {
    if (!id) continue;
    const state = await redis.hget(`device:${id}`, 'state');
    if (state) states.set(id, state);
  }
  return [...states];
}

export async function tagged(devices: Device[]): Promise<string[]> {
  const lines: string[] = [];
  let seen = 0;
  for (const device of devices) {
    if (device.tags.length === 0) continue; // nothing to say
    const key = `device:${device.id ?? 'none'}`;
    const name = await redis.hget(key, 'name');
    seen++;
    lines.push(`${key} ${name ?? '?'} ${device.tags.join('+')} (${seen})`);
  }
  return lines;
}

export async function firstTwo(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  let asked = 0;
  for (const id of ids) {
    if (asked >= 2) break;
    asked += 1;
    const name = await redis.hget(`device:${id}`, 'name');
    names.push(name ?? 'none');
  }
  return names;
}

export async function known(ids: string[], isKnown: (id: string) => boolean): Promise<string[]> {
  const names: string[] = [];
  for (const id of ids) {
    // the others were never registered
    if (id.length === 1) {
      const name = await redis.hget(`device:${id}`, 'name');
      names.push(`${id}:${name}`);
    }
  }
  return names;
}
