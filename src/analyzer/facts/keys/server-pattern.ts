/** One name for a key pattern, whichever client, database and prefix it is seen through. */
import { hasLiteral, patternText, type KeyPattern } from '../../../redis/key-pattern.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { clientOf } from '../clients/provided-client.ts';
import type { Receiver } from '../calls/redis-call.ts';

/** How a pattern is called on the server that this client sends to. Undefined where it joins nothing. */
export function serverPattern(pattern: KeyPattern, receiver: Receiver, workspace: Workspace): string | undefined {
  if (!hasLiteral(pattern)) return undefined;
  const { db, prefix, hasPrefix } = clientOf(receiver, workspace);
  return `${db ? `${db}/` : ''}${prefix ? patternText(prefix) : hasPrefix ? `{${receiver.identity}}` : ''}${patternText(pattern)}`;
}

/** The same of a pattern that is the server's own, as KEYS and SCAN take it: no prefix is put before it. */
export function scannedServerPattern(pattern: KeyPattern, receiver: Receiver, workspace: Workspace): string | undefined {
  if (!hasLiteral(pattern)) return undefined;
  const { db } = clientOf(receiver, workspace);
  return `${db ? `${db}/` : ''}${patternText(pattern)}`;
}
