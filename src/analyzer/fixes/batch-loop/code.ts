/** Lines made of a loop's own statements: comments and blank lines go where their statement goes. */
import ts from 'typescript';
import { commentText, commentsIn, leadingComments, trailingComments } from '../text/comments.ts';
import { render, sourceRange, sourceText, type Lines, type Replacement } from '../text/lines.ts';
import { styleOf, type Style } from '../text/style.ts';

/** A statement with its comments, the blank line before it too where `lines` holds something already. */
export function addStatement(lines: (string | Lines)[], statement: ts.Statement, replace: readonly Replacement[] = []): void {
  addBlank(lines, statement);
  lines.push(sourceText(statement, { comments: true, replace }) + trailing(statement));
}

/** In the place of a statement, with its comments. */
export function addInstead(lines: (string | Lines)[], statement: ts.Statement, by: Lines): void {
  addComments(lines, statement);
  lines.push(...commented(by, trailing(statement), styleOf(statement.getSourceFile())));
}

/** The comments before a statement that is not there any more. */
export function addComments(lines: (string | Lines)[], statement: ts.Statement): void {
  addBlank(lines, statement);
  lines.push(...leading(statement));
}

/** Lines with the comments of a line of code (as `trailing` gives them): after the last one, or before them all where that is not code of one line. */
export function commented(lines: Lines, comments: string, style: Style): Lines {
  const last = lines.at(-1);
  if (comments === '') return lines;
  if (typeof last !== 'string' || lines.length > 1 || /^[})\]]/.test(last)) return [comments.trim(), ...lines];
  // The rendering takes a last `;` away where the file has none, but not one before a comment.
  return [(style.semicolons ? last : last.replace(/;$/, '')) + comments];
}

/** The comments before a statement, a line each. */
export function leading(statement: ts.Statement): string[] {
  return leadingComments(statement).map((comment) => commentOf(statement, comment));
}

/** The comments on the line of a statement, as they follow code. */
export function trailing(statement: ts.Statement): string {
  return trailingComments(statement).map((comment) => ` ${commentOf(statement, comment)}`).join('');
}

function addBlank(lines: (string | Lines)[], statement: ts.Statement): void {
  const text = statement.getSourceFile().text;
  const start = leadingComments(statement)[0]?.pos ?? statement.getStart();
  if (lines.length > 0 && /\n[ \t]*\r?\n\s*$/.test(text.slice(statement.pos, start))) lines.push('');
}

function commentOf(node: ts.Node, comment: ts.CommentRange): string {
  return sourceRange(node.getSourceFile(), { start: comment.pos, end: comment.end });
}

/** The comments after the last statement of a block. */
export function dangling(block: ts.Node): string[] {
  if (!ts.isBlock(block)) return [];
  const sourceFile = block.getSourceFile();
  const last = block.statements.at(-1);
  const start = last ? (trailingComments(last).at(-1)?.end ?? last.end) : block.getStart() + 1;
  return commentsIn(sourceFile, { start, end: block.end - 1 }).map((comment) => commentOf(block, comment));
}

/** The comments of a range that some lines have lost, to be put before them. */
export function lostComments(sourceFile: ts.SourceFile, range: { start: number; end: number }, lines: Lines): string[] {
  const squash = (text: string): string => text.replaceAll(/\s+/g, ' ');
  const kept = squash(render(lines, '', styleOf(sourceFile)));
  return commentsIn(sourceFile, range)
    .filter((comment) => !kept.includes(squash(commentText(sourceFile, comment))))
    .map((comment) => commentOf(sourceFile, comment));
}

/** Where formatters break a line unless the file's own lines are longer; no file is taken to want more than 140. */
export function widthOf(sourceFile: ts.SourceFile): number {
  const longest = sourceFile.text.split('\n').reduce((most, line) => Math.max(most, /^\s*(?:\/\/|\*|\/\*)/.test(line) ? 0 : line.trimEnd().length), 0);
  return Math.min(Math.max(longest, 100), 140);
}

/** A block, or one line where the body is one and the loop in the code had no braces either. */
export function block(head: string, body: Lines, braces: boolean): Lines {
  const [only] = body;
  if (!braces && body.length === 1 && typeof only === 'string' && !only.includes('\n') && !only.startsWith('//')) return [`${head} ${only}`];
  return [`${head} {`, body, '}'];
}
