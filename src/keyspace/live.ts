/** All that needs ioredis: a bundle of its own (dist/redis.js), loaded when the first connection opens. */
export { connect, parseRedisUrl, ServerError } from '../server/index.ts';
export { Keyspace, Namespaces, renderValue } from './index.ts';
