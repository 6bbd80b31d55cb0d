/** How each client library scans the fields of a hash. */
import type { Lines } from '../../fixes/text/lines.ts';
import type { Style } from '../../fixes/text/style.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { scanCount } from './scan.ts';

/** Texts of expressions, and names that are free beside them. */
export interface HashScan {
  client: string;
  key: string;
  names: { field: string; value: string; batch: string; at: string };
}

/**
 * A loop over all fields, in no order, some perhaps twice. `use` writes the statement of one line that is run for each.
 * @param like on a client of ioredis, or of node-redis from 4 on
 * @param withValues whether `use` reads the value too
 */
export function forEachField(like: Pick<RedisCall, 'dialect' | 'major'>, { client, key, names }: HashScan, style: Style, withValues: boolean, use: (field: string, value: string) => string): Lines {
  const braced = (content: string): string => (style.bracketSpacing ? `{ ${content} }` : `{${content}}`);
  const { field, value, batch, at } = names;
  if (like.dialect === 'ioredis') {
    return [
      `for await (const ${batch} of ${client}.hscanStream(${key}, ${braced(`count: ${scanCount}`)})) {`,
      [`for (let ${at} = 0; ${at} < ${batch}.length; ${at} += 2) ${use(`${batch}[${at}]`, `${batch}[${at} + 1]`)}`],
      '}',
    ];
  }
  const iterable = `${client}.hScanIterator(${key}, ${braced(`COUNT: ${scanCount}`)})`;
  const named = (property: string, name: string): string => (property === name ? name : `${property}: ${name}`);
  const pair = braced(withValues ? `${named('field', field)}, ${named('value', value)}` : named('field', field));
  if (like.major === 4) return [`for await (const ${pair} of ${iterable}) ${use(field, value)}`];
  return [`for await (const ${batch} of ${iterable}) {`, [`for (const ${pair} of ${batch}) ${use(field, value)}`], '}'];
}

/** What node-redis begins its reply to HGETALL with: until 5 an object without a prototype, from 6 on an ordinary one. ioredis makes an ordinary one with any field (`__proto__`). */
export const emptyHash = ({ major }: Pick<RedisCall, 'major'>): string => (major >= 6 ? '{}' : 'Object.create(null)');
