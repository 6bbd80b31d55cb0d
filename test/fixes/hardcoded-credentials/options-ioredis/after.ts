import './environment';
import Redis from 'ioredis';

const { hostname, port } = new URL(process.env.REDIS_URL ?? '');
const redis = new Redis({
  host: hostname,
  port: Number(port),
  username: 'app',
  password: process.env.REDIS_PASSWORD, // of the cache
});

export const who = () => redis.acl('WHOAMI');
