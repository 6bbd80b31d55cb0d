import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL ?? '');
const RELEASE_LOCK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

export async function release(name: string, token: string) {
  return redis.eval(RELEASE_LOCK, 1, `lock:${name}`, token);
}

export async function extend(name: string, token: string, ms: number) {
  return redis.eval("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0", 1, `lock:${name}`, token, ms);
}
