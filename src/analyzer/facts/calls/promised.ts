/** Whether a command gives a promise. */
import type { RedisCall } from './redis-call.ts';

/** node-redis 3 has callbacks only: what its methods return says that the command was queued, and `await` waits for nothing. A promisified alias waits. */
export const givesPromise = ({ dialect, major, spelling }: RedisCall): boolean => dialect === 'ioredis' || major >= 4 || spelling === 'alias';
