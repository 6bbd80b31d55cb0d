/** Whether a text parses. Types are not asked about. */
import ts from 'typescript';
import type { SyntaxProblem } from './analyzer.ts';

/** The first error of a tree; undefined where there is none, or no tree. */
export function firstSyntaxError(sourceFile: ts.SourceFile | undefined): SyntaxProblem | undefined {
  const [first] = sourceFile ? parseErrors(sourceFile) : [];
  return sourceFile && first && { file: sourceFile.fileName, start: first.start, message: ts.flattenDiagnosticMessageText(first.messageText, ' ') };
}

export function countSyntaxErrors(file: string, text: string): number {
  return parseErrors(ts.createSourceFile(file, text, ts.ScriptTarget.Latest)).length;
}

/** The parser's own list, which every tree carries though the API does not declare it: asking a program would bind and walk the tree again. */
export function parseErrors(sourceFile: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (sourceFile as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
}
