import { client } from './client.js';
import type { Lamp } from './lamp.js';
import { writeLamp, lampToHash, readLamp } from './lamp-hash.js';

export async function saveLamp(id: string, lamp: Lamp): Promise<string | null> {
  return writeLamp(client, `lamp:${id}`, lamp);
}

export async function switchLamp(id: string, on: boolean): Promise<void> {
  const lamp = await readLamp(client, `lamp:${id}`);
  if (!lamp) return;
  lamp.on = on;
  await client.hSet(`lamp:${id}`, lampToHash({ on: lamp.on }));
}
