/** How each client library gives SET its TTL. */
import type { RedisCall, TtlUnit } from '../../facts/redis-call.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';

/** What follows `set(key, value` before the parenthesis: `, 'EX', 60` or `, { EX: 60 }`. @param time the text of the seconds or milliseconds */
export function ttlArguments(set: Pick<RedisCall, 'dialect' | 'major' | 'spelling'>, unit: Extract<TtlUnit, 'EX' | 'PX'>, time: string, style: Style): string {
  const word = quote(unit, style);
  if (set.spelling === 'raw' && set.dialect === 'node-redis') {
    // sendCommand takes strings alone.
    return /^\d[\d_]*$/.test(time) ? `, ${word}, ${quote(time.replaceAll('_', ''), style)}` : `, ${word}, String(${time})`;
  }
  if (set.dialect === 'ioredis' || set.major < 4 || set.spelling === 'raw') return `, ${word}, ${time}`;
  return style.bracketSpacing ? `, { ${unit}: ${time} }` : `, {${unit}: ${time}}`;
}

/** What follows `set(key, value` before the parenthesis, for SET to leave the key's TTL as it is. */
export function keepTtlArguments(set: Pick<RedisCall, 'dialect' | 'major' | 'spelling'>, style: Style): string {
  if (set.dialect === 'ioredis' || set.major < 4 || set.spelling === 'raw') return `, ${quote('KEEPTTL', style)}`;
  const option = keepTtlProperty(set, style);
  return style.bracketSpacing ? `, { ${option} }` : `, {${option}}`;
}

/** The option of node-redis from 4 on. */
export const keepTtlProperty = ({ major }: Pick<RedisCall, 'major'>, style: Style): string => (major === 4 ? 'KEEPTTL: true' : `expiration: ${quote('KEEPTTL', style)}`);
