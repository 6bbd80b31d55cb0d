/** How each client library deletes a key only where it holds a value: by a script, since no command of older servers does. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { methodName } from './method-name.ts';

export const compareAndDeleteScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/** Without the client. @param script the name of a constant; @param key, token expressions, as text */
export function compareAndDelete(like: RedisCall, script: string, key: string, token: string, spaced: boolean): string {
  const method = methodName('EVAL', like);
  if (like.dialect === 'ioredis') return `${method}(${script}, 1, ${key}, ${token})`;
  const options = `keys: [${key}], arguments: [${token}]`;
  return `${method}(${script}, ${spaced ? `{ ${options} }` : `{${options}}`})`;
}
