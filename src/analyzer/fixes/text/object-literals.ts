/** Properties that are added to what is there. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { insertAt } from './edits.ts';
import { lineIndentation } from './indentation.ts';
import { braced, styleOf } from './style.ts';

/** Puts `name: value` behind all others, so that it counts; comments stay with what they are about. */
export function addProperty(literal: ts.ObjectLiteralExpression, property: string): TextEdit[] {
  const sourceFile = literal.getSourceFile();
  const { text } = sourceFile;
  const { properties } = literal;
  const style = styleOf(sourceFile);
  const last = properties.at(-1);
  if (!last) return [insertAt(sourceFile, literal.getStart(sourceFile) + 1, braced(property, style).slice(1, -1))];
  if (!text.slice(last.end, literal.end).includes('\n')) return [insertAt(sourceFile, last.end, `, ${property}`)];
  const end = properties.hasTrailingComma ? properties.end : last.end;
  const line = `${style.newline}${lineIndentation(sourceFile, last.getStart(sourceFile))}${property}`;
  const behind = ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end;
  return [...(properties.hasTrailingComma ? [] : [insertAt(sourceFile, last.end, ',')]), insertAt(sourceFile, behind, properties.hasTrailingComma ? `${line},` : line)];
}
