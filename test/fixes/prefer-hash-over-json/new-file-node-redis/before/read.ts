import { client } from './client.js';
import type { Lamp } from './lamp.js';

export async function brightnessOf(id: string): Promise<number> {
  const raw = await client.get(`lamp:${id}`);
  if (raw === null) throw new Error(`no lamp ${id}`);
  const { on, brightness } = JSON.parse(raw) as Lamp;
  return on ? (brightness ?? 100) : 0;
}
