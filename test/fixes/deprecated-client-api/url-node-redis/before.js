import { createClient } from 'redis';

const url = 'redis://redis.internal:6400/2';
const client = createClient(url);
const other = createClient(process.env.OTHER_REDIS_URL);

export const where = () => [client.options?.url ?? null, other.options?.database ?? null];
