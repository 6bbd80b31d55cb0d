/** Mistakes in configuration files → diagnostics, by file. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { ConfigProblem } from '../config/parse-config.ts';
import { source } from './diagnostics.ts';

export function configDiagnostics(problems: readonly ConfigProblem[]): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>();
  for (const { file, line, column, start, end, message } of problems) {
    const at = { line: Math.max(0, line - 1), character: Math.max(0, column - 1) };
    // Over several lines, the first character is enough to find the place.
    const range = { start: at, end: { line: at.line, character: at.character + Math.max(1, end - start) } };
    byFile.set(file, [...(byFile.get(file) ?? []), { range, severity: DiagnosticSeverity.Error, source, code: 'configuration', message }]);
  }
  return byFile;
}
