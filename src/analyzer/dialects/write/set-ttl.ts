/** How each client library gives SET its TTL. */
import ts from 'typescript';
import type { RedisCall, TtlUnit } from '../../facts/calls/redis-call.ts';
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
/**
 * What makes SETNX, or SET with NX alone, a SET with NX and the TTL: `, 'EX', 60, 'NX'` or `, { EX: 60, NX: true }`, and where it goes.
 * @param time as above @returns undefined where the call has other options too
 */
export function claimArguments(call: RedisCall, unit: Extract<TtlUnit, 'EX' | 'PX'>, time: string, style: Style): { at: number; text: string } | undefined {
  const [key, value, ...more] = call.args.list;
  if (!key || !value) return undefined;
  if (call.command === 'SETNX') return more.length > 0 ? undefined : { at: value.end, text: ttlFlagArguments(call, unit, time, style) };
  if (call.args.flags.size !== 1) return undefined;
  if (isListed(call)) return more.length === 1 ? { at: value.end, text: `, ${quote(unit, style)}, ${time}` } : undefined;
  const { options } = call.args;
  const [only, ...others] = options && ts.isObjectLiteralExpression(options) ? options.properties : [];
  if (!only || others.length > 0 || !ts.isPropertyAssignment(only)) return undefined;
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  return { at: only.end, text: only.name.getText() === 'condition' ? `, expiration: ${open}type: ${quote(unit, style)}, value: ${time}${close}` : `, ${unit}: ${time}` };
}

/** What follows `set(key, value` where it has NX and a TTL. */
export function ttlFlagArguments(like: Pick<RedisCall, 'dialect' | 'major'>, unit: Extract<TtlUnit, 'EX' | 'PX'>, time: string, style: Style): string {
  if (isListed(like)) return `, ${quote(unit, style)}, ${time}, ${quote('NX', style)}`;
  return style.bracketSpacing ? `, { ${unit}: ${time}, NX: true }` : `, {${unit}: ${time}, NX: true}`;
}

/** Options are words after the value, not an object. */
const isListed = ({ dialect, major }: Pick<RedisCall, 'dialect' | 'major'>): boolean => dialect === 'ioredis' || major < 4;
