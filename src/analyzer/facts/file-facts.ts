import type ts from 'typescript';
import type { RedisCall } from './redis-call.ts';

/** All that one file says about Redis, in source order. */
export interface FileFacts {
  sourceFile: ts.SourceFile;
  calls: readonly RedisCall[];
}
