/** Run as a process: starts a Redis, says where, and stays. */
import { startRedis } from '../../scripts/lib/redis-server.ts';

void startRedis().then(({ port, dir }) => console.log(JSON.stringify({ port, dir })));
