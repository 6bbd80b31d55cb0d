/** How each client library sends commands as one transaction, and raises their errors. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';

/** A chain longer than this is written with a command on each line. */
const widest = 100;

export interface MultiParts {
  client: string;
  /** Calls without their client: `set(key, value)`. */
  commands: readonly string[];
  /** Free names. */
  names: { replies: string; error: string };
  /** What is made of the client; default `multi`. A pipeline is ioredis's. */
  queue?: 'multi' | 'pipeline';
}

/**
 * The statements that run the commands in MULTI … EXEC and throw the first error, as awaiting each would.
 * @param how `awaited`; `floating` for node-redis 3, which reports errors to the client's listener where there is no callback
 */
export function multiStatements(like: Pick<RedisCall, 'dialect'>, { client, commands, names, queue = 'multi' }: MultiParts, how: 'awaited' | 'floating'): Lines {
  const start = how === 'floating' ? '' : like.dialect === 'ioredis' ? `const ${names.replies} = await ` : 'await ';
  const chain = chainLines(`${start}${client}`, [`${queue}()`, ...commands, 'exec()']);
  // node-redis rejects by itself; ioredis puts each command's error beside its reply.
  if (how === 'floating' || like.dialect !== 'ioredis') return chain;
  return [...chain, `for (const [${names.error}] of ${names.replies} ?? []) {`, [`if (${names.error}) throw ${names.error};`], '}'];
}

function chainLines(start: string, calls: readonly string[]): Lines {
  const line = `${start}.${calls.join('.')};`;
  if (line.length <= widest && !line.includes('\n')) return [line];
  return [start, calls.map((call, index) => `.${call}${index === calls.length - 1 ? ';' : ''}`)];
}
