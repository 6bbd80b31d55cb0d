/** How each client library writes a value only where there is none. */
import ts from 'typescript';
import { unwrap } from '../../facts/code/ast.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';
import { methodName } from './method-name.ts';

/** `set(key, value, 'EX', 60, 'NX')`, `set(key, value, { EX: 60, NX: true })`, without the client; undefined for a SET with other options than a TTL. */
export function setIfAbsent(set: RedisCall, style: Style): string | undefined {
  const { args } = set;
  const { value, ttl } = args;
  const key = args.keys[0]?.node;
  if (!key || !value || args.flags.size > 0 || args.list.some(ts.isSpreadElement) || ttl?.unit === 'KEEPTTL' || (ttl && !ttl.node)) return undefined;
  const method = methodName('SET', set);
  const start = `${method}(${key.getText()}, ${value.getText()}`;
  if (set.dialect === 'ioredis') {
    const time = ttl?.node ? `, ${quote(ttl.unit, style)}, ${ttl.node.getText()}` : '';
    return `${start}${time}, ${quote('NX', style)})`;
  }
  const options = args.options && unwrap(args.options);
  if (options && (!ts.isObjectLiteralExpression(options) || options.properties.length !== 1 || !ttl)) return undefined;
  const parts = [...(ttl?.node ? [options ? options.properties.map((one) => one.getText()).join(', ') : `${ttl.unit}: ${ttl.node.getText()}`] : []), 'NX: true'].join(', ');
  return style.bracketSpacing ? `${start}, { ${parts} })` : `${start}, {${parts}})`;
}
