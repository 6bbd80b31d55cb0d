import { createClient } from 'redis';

const client = createClient();
client.on('error', console.error);

export async function stats() {
  const memory = await client.info('memory'); // expect: sequential-commands
  const keyspace = await client.info('keyspace');
  const stats = await client.info('stats');
  return { memory, keyspace, stats };
}
