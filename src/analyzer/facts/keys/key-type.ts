/** Which type of value a command takes a key for. */
import { commandInfo } from '../../../redis/commands.ts';

export type KeyType = 'string' | 'hash' | 'list' | 'set' | 'sorted set' | 'stream' | 'JSON document';

const ofGroup: Readonly<Record<string, KeyType>> = {
  // Bitmaps and HyperLogLogs are strings, places are members of a sorted set.
  string: 'string', bitmap: 'string', hyperloglog: 'string', hash: 'hash', list: 'list', set: 'set', 'sorted-set': 'sorted set', geo: 'sorted set', stream: 'stream', json: 'JSON document',
};

/** Undefined for commands that take any type (DEL, EXPIRE), or keys of more than one (ZUNIONSTORE adds sets as well). */
export function keyTypeOf(command: string): KeyType | undefined {
  if (/^Z(?:UNION|INTER|DIFF)/.test(command)) return undefined;
  const group = commandInfo(command)?.group.replace('_', '-');
  return group === undefined ? undefined : ofGroup[group];
}

/** Replaces what is there, whatever its type; all others fail with WRONGTYPE. */
export const replacesAnyType = (command: string): boolean => /^(?:M?SET(?:EX)?|PSETEX|[SZ](?:UNION|INTER|DIFF)STORE|JSON\.SET)$/.test(command);
