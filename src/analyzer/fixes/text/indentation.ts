/** Where lines begin. */
import ts from 'typescript';
import { styleOf } from './style.ts';

/** The white space that begins the line of a position. */
export function lineIndentation(sourceFile: ts.SourceFile, position: number): string {
  const lineStart = sourceFile.text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(sourceFile.text.slice(lineStart, position))?.[0] ?? '';
}

/** That of a node's line, one level deeper for a statement of a block that opens on it: the block is opened (unfold.ts). */
export function indentationOf(node: ts.Node): string {
  const sourceFile = node.getSourceFile();
  return lineIndentation(sourceFile, node.getStart(sourceFile)) + (foldedBlock(node) ? styleOf(sourceFile).indent : '');
}

/** The block that opens on the line on which this statement of it starts. */
export function foldedBlock(statement: ts.Node): ts.Block | ts.ModuleBlock | undefined {
  const block = statement.parent;
  if (!ts.isBlock(block) && !ts.isModuleBlock(block)) return undefined;
  const sourceFile = statement.getSourceFile();
  return sourceFile.text.slice(block.getStart(sourceFile), statement.getStart(sourceFile)).includes('\n') ? undefined : block;
}
