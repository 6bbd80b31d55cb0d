/** Two statements becoming one. */
import type ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { commentsIn, leadingComments, trailingComments } from './comments.ts';
import { insertAt, removeStatement } from './edits.ts';
import { indentationOf } from './indentation.ts';
import { styleOf } from './style.ts';

/** Takes a statement out; what its comments say is said of the one before it. Those within `kept`, whose text goes elsewhere, are left to that. */
export function absorbStatement(before: ts.Statement, statement: ts.Statement, kept?: ts.Node): TextEdit[] {
  const sourceFile = statement.getSourceFile();
  const { newline } = styleOf(sourceFile);
  const text = (comment: ts.CommentRange): string => sourceFile.text.slice(comment.pos, comment.end);
  const inner = commentsIn(sourceFile, { start: statement.getStart(sourceFile), end: statement.end }).filter(({ pos }) => !kept || pos < kept.getStart(sourceFile) || pos >= kept.end);
  const trailing = trailingComments(statement);
  const atEnd = trailingComments(before).length === 0 ? trailing : [];
  const above = [...leadingComments(statement), ...inner, ...(atEnd.length === 0 ? trailing : [])];
  const edits = [removeStatement(statement, { comments: true })];
  if (above.length > 0) {
    const indentation = indentationOf(before);
    edits.unshift(insertAt(sourceFile, before.getStart(sourceFile), above.map((comment) => text(comment) + newline + indentation).join('')));
  }
  if (atEnd.length > 0) edits.unshift(insertAt(sourceFile, before.end, ` ${atEnd.map(text).join(' ')}`));
  return edits;
}
