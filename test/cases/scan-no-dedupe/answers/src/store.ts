import Redis from 'ioredis';

const redis = new Redis();

async function scanKeys(pattern: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 100); // expect: scan-no-dedupe
    cursor = next;
    keys.push(...found);
  } while (cursor !== '0');
  return keys;
}

export async function agentNames(): Promise<string[]> {
  const keys = await scanKeys('agent:*');
  return keys.map((key) => key.slice('agent:'.length)).sort();
}

export async function workflows() {
  const instances: { id: string; state: string | null }[] = [];
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', 'workflow:*', 'COUNT', 100); // expect: scan-no-dedupe
    cursor = next;
    for (const key of found) instances.push({ id: key.slice('workflow:'.length), state: await redis.get(key) });
  } while (cursor !== '0');
  return instances;
}

export async function states() {
  const byId = new Map<string, string | null>();
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', 'workflow:*', 'COUNT', 100); // quiet: scan-no-dedupe -- a Map
    cursor = next;
    for (const key of found) byId.set(key, await redis.get(key));
  } while (cursor !== '0');
  return byId;
}
