/** Facts of all files joined: functions and their callers, key patterns, request paths. Rules see the workspace only through this. */
import type ts from 'typescript';
import type { FileFacts } from '../facts/file-facts.ts';

export interface Workspace {
  root: string;
  checker: ts.TypeChecker;
  files: ReadonlyMap<string, FileFacts>;
}
