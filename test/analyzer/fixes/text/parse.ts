/** Texts as syntax trees, with a checker over them and no library, for the tests of the toolkit. */
import ts from 'typescript';
import type { TextEdit } from '../../../../src/analyzer/rules/rule.ts';
import { walk } from '../../../../src/analyzer/facts/code/ast.ts';

export interface Parsed {
  sourceFile: ts.SourceFile;
  checker: ts.TypeChecker;
}

export function parse(text: string, fileName = '/app/src/file.ts'): Parsed {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, noLib: true, allowJs: true, types: [] };
  const sourceFile = ts.createSourceFile(fileName, text, { languageVersion: ts.ScriptTarget.ES2022 }, true);
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options, true),
    getSourceFile: (name) => (name === fileName ? sourceFile : undefined),
    fileExists: (name) => name === fileName,
    readFile: () => undefined,
    writeFile: () => undefined,
  };
  return { sourceFile, checker: ts.createProgram({ rootNames: [fileName], options, host }).getTypeChecker() };
}

/** The first node of a kind whose text is `text`. */
export function find<T extends ts.Node>(sourceFile: ts.SourceFile, test: (node: ts.Node) => node is T, text?: string): T {
  let found: T | undefined;
  walk(sourceFile, (node) => {
    if (!found && test(node) && (text === undefined || node.getText(sourceFile) === text)) found = node;
    return undefined;
  });
  if (!found) throw new Error(`not in the text: ${text ?? test.name}`);
  return found;
}

/** The text after the edits. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let out = text;
  for (const { start, end, text: by } of edits.toSorted((a, b) => b.start - a.start || b.end - a.end)) out = out.slice(0, start) + by + out.slice(end);
  return out;
}
