import { createClient } from 'redis';

const MOVE_SCRIPT = `
redis.call('LREM', KEYS[1], 1, ARGV[1])
return redis.call('RPUSH', KEYS[2], ARGV[1])
`;

const client = createClient({ url: process.env.REDIS_URL });
client.on('error', () => undefined);
await client.connect();

export async function moveJob(id: string) {
  return client.eval(MOVE_SCRIPT, { keys: ['pending', 'active'], arguments: [id] });
}
