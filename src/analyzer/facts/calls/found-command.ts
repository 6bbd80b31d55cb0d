/** A call that is known to send a command, before its arguments are read. */
import type ts from 'typescript';
import type { ReceiverType } from '../../dialects/client-types.ts';
import type { SpelledCommand } from '../../dialects/read-command.ts';
import type { Confidence } from './redis-call.ts';

export interface FoundCommand {
  spelling: SpelledCommand;
  receiver: ReceiverType;
  confidence: Confidence;
  /** See Receiver; absent for true. */
  isLibraryKnown?: boolean;
  target: ts.Expression | undefined;
  nameNode: ts.Node;
  raw: boolean;
}
