/** A constant of a module: one that is there, or one that a fix brings in below the imports. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { insertAt } from './edits.ts';
import { freshName } from './names.ts';
import { quote } from './quote.ts';
import { styleOf } from './style.ts';

export interface ModuleConstant {
  name: string;
  /** The same text at the same place for every finding of a file. */
  edits: TextEdit[];
}

/** @param fits says whether the text of a constant that is there will do */
export function textConstant(sourceFile: ts.SourceFile, wanted: string, text: string, fits: (text: string) => boolean): ModuleConstant {
  for (const statement of sourceFile.statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer && ts.isStringLiteralLike(initializer) && fits(initializer.text)) return { name: name.text, edits: [] };
    }
  }
  const style = styleOf(sourceFile);
  const name = freshName(sourceFile, [wanted]);
  const declaration = `const ${name} = ${quote(text, style)}${style.semicolons ? ';' : ''}`;
  const last = sourceFile.statements.findLast((statement) => ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || isRequire(statement));
  if (last) {
    const end = ts.getTrailingCommentRanges(sourceFile.text, last.end)?.at(-1)?.end ?? last.end;
    return { name, edits: [insertAt(sourceFile, end, style.newline + style.newline + declaration)] };
  }
  const first = sourceFile.statements[0];
  return { name, edits: [insertAt(sourceFile, first?.getStart(sourceFile) ?? 0, declaration + style.newline + style.newline)] };
}

function isRequire(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.some(({ initializer }) => initializer && /^require\(/.test(initializer.getText()));
}
