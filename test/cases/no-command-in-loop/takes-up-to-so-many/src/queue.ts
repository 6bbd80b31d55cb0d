import { createClient } from 'redis';

const client = createClient();
client.on('error', console.error);

export async function take(key: string, count: number): Promise<string[]> {
  const items: string[] = [];
  for (let i = 0; i < count; i++) {
    const item = await client.lPop(key); // expect: no-command-in-loop
    if (item === null) break;
    items.push(item);
  }
  return items;
}

export async function work(key: string, count: number, run: (item: string) => Promise<void>) {
  for (let i = 0; i < count; i++) {
    const item = await client.lPop(key); // quiet: no-command-in-loop -- each is done before the next is taken
    if (item === null) break;
    await run(item);
  }
}
