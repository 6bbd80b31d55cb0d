import { createClient } from 'redis';

const client = createClient({ url: process.env.REDIS_URL ?? '' });
client.on('error', (error: Error) => console.error(error.message));
const ready = client.connect();

interface Device {
  id?: string;
  tags: string[];
}

export async function states(ids: (string | null)[]): Promise<[string, string][]> {
  await ready;
  const states = new Map<string, string>();
  const pending = [];
  for (const id of ids) {
    if (!id) continue;
    pending.push(client.hGet(`device:${id}`, 'state').then((state) => ({ id, state })));
  }
  for (const { id, state } of await Promise.all(pending)) {
    if (state) states.set(id, state);
  }
  return [...states];
}

export async function tagged(devices: Device[]): Promise<string[]> {
  await ready;
  const lines: string[] = [];
  let seen = 0;
  const pending = [];
  for (const device of devices) {
    if (device.tags.length === 0) continue; // nothing to say
    const key = `device:${device.id ?? 'none'}`;
    pending.push(client.hGet(key, 'name').then((name) => ({ key, device, name })));
  }
  for (const { key, device, name } of await Promise.all(pending)) {
    seen++;
    lines.push(`${key} ${name ?? '?'} ${device.tags.join('+')} (${seen})`);
  }
  return lines;
}

export async function firstTwo(ids: string[]): Promise<string[]> {
  await ready;
  const names: string[] = [];
  let asked = 0;
  const pending = [];
  for (const id of ids) {
    if (asked >= 2) break;
    asked += 1;
    pending.push(client.hGet(`device:${id}`, 'name'));
  }
  for (const name of await Promise.all(pending)) {
    names.push(name ?? 'none');
  }
  return names;
}

export async function known(ids: string[], isKnown: (id: string) => boolean): Promise<string[]> {
  await ready;
  const names: string[] = [];
  const pending = [];
  for (const id of ids) {
    // the others were never registered
    if (id.length === 1) {
      pending.push(client.hGet(`device:${id}`, 'name').then((name) => ({ id, name })));
    }
  }
  for (const { id, name } of await Promise.all(pending)) {
    names.push(`${id}:${name}`);
  }
  return names;
}
