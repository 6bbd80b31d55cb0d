import Redis from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');

interface Device {
  id?: string;
  tags: string[];
}

export async function states(ids: (string | null)[]): Promise<[string, string][]> {
  const states = new Map<string, string>();
  const pipeline = redis.pipeline();
  const queued = [];
  for (const id of ids) {
    if (!id) continue;
    pipeline.hget(`device:${id}`, 'state');
    queued.push(id);
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of queued.entries()) {
    const state = replies[index] as string | null;
    if (state) states.set(id, state);
  }
  return [...states];
}

export async function tagged(devices: Device[]): Promise<string[]> {
  const lines: string[] = [];
  let seen = 0;
  const pipeline = redis.pipeline();
  const queued = [];
  for (const device of devices) {
    if (device.tags.length === 0) continue; // nothing to say
    const key = `device:${device.id ?? 'none'}`;
    pipeline.hget(key, 'name');
    queued.push({ key, device });
  }
  const names = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, { key, device }] of queued.entries()) {
    const name = names[index] as string | null;
    seen++;
    lines.push(`${key} ${name ?? '?'} ${device.tags.join('+')} (${seen})`);
  }
  return lines;
}

export async function firstTwo(ids: string[]): Promise<string[]> {
  const names: string[] = [];
  let asked = 0;
  const pipeline = redis.pipeline();
  for (const id of ids) {
    if (asked >= 2) break;
    asked += 1;
    pipeline.hget(`device:${id}`, 'name');
  }
  for (const [error, reply] of (await pipeline.exec()) ?? []) {
    if (error) throw error;
    const name = reply as string | null;
    names.push(name ?? 'none');
  }
  return names;
}

export async function known(ids: string[], isKnown: (id: string) => boolean): Promise<string[]> {
  const names: string[] = [];
  const pipeline = redis.pipeline();
  const queued = [];
  for (const id of ids) {
    // the others were never registered
    if (id.length === 1) {
      pipeline.hget(`device:${id}`, 'name');
      queued.push(id);
    }
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  for (const [index, id] of queued.entries()) {
    const name = replies[index] as string | null;
    names.push(`${id}:${name}`);
  }
  return names;
}
