import { createClient, defineScript } from 'redis';

const MOVE_SCRIPT = `
redis.call('LREM', KEYS[1], 1, ARGV[1])
return redis.call('RPUSH', KEYS[2], ARGV[1])
`;

const client = createClient({
  url: process.env.REDIS_URL,
  scripts: {
    moveScript: defineScript({
      NUMBER_OF_KEYS: 2,
      SCRIPT: MOVE_SCRIPT,
      transformArguments(key1: string, key2: string, value: string) {
        return [key1, key2, value];
      },
    }),
  },
});
client.on('error', () => undefined);
await client.connect();

export async function moveJob(id: string) {
  return client.moveScript('pending', 'active', id);
}
