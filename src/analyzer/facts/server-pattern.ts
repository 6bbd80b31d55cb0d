/** One name for a key pattern, whichever client, database and prefix it is seen through. */
import { hasLiteral, patternText, type KeyPattern } from '../../redis/key-pattern.ts';
import type { Receiver } from './redis-call.ts';

/** How a pattern is called on the server that this client sends to. Undefined where it joins nothing. */
export function serverPattern(pattern: KeyPattern, receiver: Receiver): string | undefined {
  if (!hasLiteral(pattern)) return undefined;
  const prefix = receiver.prefix ? patternText(receiver.prefix) : receiver.hasPrefix ? `{${receiver.identity}}` : '';
  return `${receiver.db ? `${receiver.db}/` : ''}${prefix}${patternText(pattern)}`;
}
