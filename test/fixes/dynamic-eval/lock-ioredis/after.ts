import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
redis.defineCommand('extendScript', { numberOfKeys: 1, lua: "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0" });

declare module 'ioredis' {
  interface RedisCommander<Context> {
    extendScript(...args: (string | Buffer | number)[]): import('ioredis').Result<unknown, Context>;
  }
}
const RELEASE_LOCK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
redis.defineCommand('releaseLock', { numberOfKeys: 1, lua: RELEASE_LOCK });

declare module 'ioredis' {
  interface RedisCommander<Context> {
    releaseLock(...args: (string | Buffer | number)[]): import('ioredis').Result<unknown, Context>;
  }
}

export async function release(name: string, token: string) {
  return redis.releaseLock(`lock:${name}`, token);
}

export async function extend(name: string, token: string, ms: number) {
  return redis.extendScript(`lock:${name}`, token, ms);
}
