/** Whether code is a test's, which makes a keyspace of its own and has no other readers. */
import { posix } from 'node:path';
import type ts from 'typescript';
import { isTest } from '../../test-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';

const tests = new WeakMap<ts.SourceFile, boolean>();

export function isOfTest(node: ts.Node, { root }: Workspace): boolean {
  const sourceFile = node.getSourceFile();
  let known = tests.get(sourceFile);
  if (known === undefined) tests.set(sourceFile, (known = isTest(posix.relative(root, sourceFile.fileName), sourceFile.text)));
  return known;
}
