/** Names that a scan has found, given back to a client with `keyPrefix`: it puts its prefix before them once more. */
import ts from 'typescript';
import { commandInfo } from '../../../redis/commands.ts';
import type { KeyPattern } from '../../../redis/key-pattern.ts';
import { takesManyKeys } from '../../../redis/key-positions.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { clientOf } from '../clients/provided-client.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { scannedIn, type Scanned } from '../replies/scan-origin.ts';

export interface PrefixedTwice {
  call: RedisCall;
  /** The client's; undefined where its text is not known. */
  prefix: KeyPattern | undefined;
  /** The key, or the list of keys, as written: without the dots of a spread. */
  given: ts.Expression;
  scanned: Scanned;
}

export function prefixedTwice(call: RedisCall, workspace: Workspace): PrefixedTwice | undefined {
  const { receiver, command, args } = call;
  if (command.startsWith('@') || !commandInfo(command)?.keys?.length) return undefined;
  const { hasPrefix, prefix } = clientOf(receiver, workspace);
  if (!hasPrefix) return undefined;
  // A list that is spread is no key by itself.
  const given = [...args.keys.map((key) => key.node), ...(takesManyKeys(command) ? args.list.filter(ts.isSpreadElement).map((one) => one.expression) : [])];
  for (const one of given) {
    const scanned = scannedIn(one, workspace);
    if (scanned && !scanned.page && scanned.scan.receiver.identity === receiver.identity) return { call, prefix, given: one, scanned };
  }
  return undefined;
}
