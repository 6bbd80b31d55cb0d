/** Methods of a single client that node-redis's cluster has not: what names no key has no node to go to. Seen by running the libraries (4.7, 5.12, 6.3). */
import type { ReceiverType } from './client-types.ts';

/** About all keys, under whatever spelling. */
const ofAllKeys: ReadonlySet<string> = new Set(['KEYS', 'SCAN', 'DBSIZE', 'FLUSHDB', 'FLUSHALL']);

/**
 * Whether to call the method on a receiver is a TypeError. Of the commands, only those are told that are about all keys.
 * @param command as `readCommand` reads the method: `KEYS`, `@scanIterator`
 */
export function isMissing({ dialect, kind, major }: ReceiverType, command: string): boolean {
  if (dialect !== 'node-redis' || kind !== 'cluster' || major < 4) return false;
  return command === '@scanIterator' || (major === 4 && ofAllKeys.has(command));
}

/** By the name alone, which costs nothing. */
export const mayBeMissing = (method: string): boolean => /^(?:keys|scan|db_?size|flush_?db|flush_?all|scanIterator)$/i.test(method);
