/** Which commands a fix can write anew. */
import ts from 'typescript';
import type { RedisCall } from '../facts/calls/redis-call.ts';

/** Sent by the method that is named for it, to a client that gives promises, and always sent (`client?.get(key)` may not be). */
export const isSpelledOut = ({ spelling, dialect, major, node }: RedisCall): boolean =>
  (spelling === 'method' || spelling === 'upper') && (dialect === 'ioredis' || major >= 4) && !ts.isOptionalChain(node);
