import { client } from './client.js';
import { readLamp } from './lamp-hash.js';

export async function brightnessOf(id: string): Promise<number> {
  const lamp = await readLamp(client, `lamp:${id}`);
  if (lamp === null) throw new Error(`no lamp ${id}`);
  const { on, brightness } = lamp;
  return on ? (brightness ?? 100) : 0;
}
