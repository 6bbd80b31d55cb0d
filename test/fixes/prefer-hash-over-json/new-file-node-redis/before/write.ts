import { client } from './client.js';
import type { Lamp } from './lamp.js';

export async function saveLamp(id: string, lamp: Lamp): Promise<string | null> {
  return client.set(`lamp:${id}`, JSON.stringify(lamp));
}

export async function switchLamp(id: string, on: boolean): Promise<void> {
  const raw = await client.get(`lamp:${id}`);
  if (!raw) return;
  const lamp = JSON.parse(raw) as Lamp;
  lamp.on = on;
  await client.set(`lamp:${id}`, JSON.stringify(lamp));
}
