/** How each client library makes, connects and closes another connection like one that is there. */
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { Lines } from '../../fixes/text/lines.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';

type Like = Pick<RedisCall, 'dialect' | 'major' | 'receiver'>;

export const duplicateOf = (client: string): string => `${client}.duplicate()`;

/** What has to stand before the first command; undefined where the library connects by itself. */
export function connectIfNeeded({ dialect, major }: Like, client: string): Lines | undefined {
  return dialect === 'node-redis' && major >= 4 ? [`if (!${client}.isOpen) await ${client}.connect();`] : undefined;
}

/** Ends the connection without waiting for what it waits for. @param canAwait whether the statement stands in an async function; undefined where that is needed */
export function closeAtOnce({ dialect, major }: Like, client: string, canAwait: boolean): Lines | undefined {
  if (dialect === 'ioredis') return [`${client}.disconnect();`];
  if (major < 4) return [`${client}.end(true);`];
  if (major > 4) return [`if (${client}.isOpen) ${client}.destroy();`];
  return canAwait ? [`if (${client}.isOpen) await ${client}.disconnect();`] : undefined;
}

/**
 * Ends the connection `client` as soon as `original` has ended for good, whoever closed that.
 * @returns undefined where no event says so: node-redis 3 tells of each lost connection alike, its clusters of none
 */
export function closeWithClient({ dialect, major, receiver }: Like, client: string, original: string, style: Style): Lines | undefined {
  const on = `${original}.once(${quote('end', style)}, () =>`;
  if (dialect === 'ioredis') return [`${on} ${client}.disconnect());`];
  if (major < 4 || receiver.kind !== 'client' || receiver.maybeCluster) return undefined;
  return [`${on} {`, [`if (${client}.isOpen) ${major > 4 ? `${client}.destroy();` : `void ${client}.disconnect();`}`], '});'];
}
