/** Edits of whole nodes and statements. Comments around what is replaced stay; comments of what is removed go with it only where said. */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { leadingComments } from './comments.ts';
import { indentationOf } from './indentation.ts';
import { render } from './lines.ts';
import type { Lines } from './lines.ts';
import { styleOf } from './style.ts';

export function replaceNode(node: ts.Node, text: string): TextEdit {
  const sourceFile = node.getSourceFile();
  return { sourceFile, start: node.getStart(sourceFile), end: node.end, text };
}

export function replaceRange(sourceFile: ts.SourceFile, start: number, end: number, text: string): TextEdit {
  return { sourceFile, start, end, text };
}

export function insertAt(sourceFile: ts.SourceFile, position: number, text: string): TextEdit {
  return { sourceFile, start: position, end: position, text };
}

/** In the place of a statement; the comments before it and on its last line stay. */
export function replaceStatement(statement: ts.Statement, lines: Lines): TextEdit {
  const sourceFile = statement.getSourceFile();
  const text = render(isLone(statement) ? ['{', lines, '}'] : lines, indentationOf(statement), styleOf(sourceFile));
  return replaceRange(sourceFile, statement.getStart(sourceFile), statementEnd(statement), text);
}

/** Between the comments before a statement, which speak of both, and the statement. The statement has to stand in a list (`isInList`). */
export function insertBefore(statement: ts.Statement, lines: Lines): TextEdit {
  const sourceFile = statement.getSourceFile();
  const style = styleOf(sourceFile);
  const indentation = indentationOf(statement);
  return insertAt(sourceFile, statement.getStart(sourceFile), render(lines, indentation, style) + style.newline + indentation);
}

/** On the lines after a statement and its trailing comments. */
export function insertAfter(statement: ts.Statement, lines: Lines): TextEdit {
  const sourceFile = statement.getSourceFile();
  const style = styleOf(sourceFile);
  const indentation = indentationOf(statement);
  return insertAt(sourceFile, endWithComments(statement), style.newline + indentation + render(lines, indentation, style));
}

/** At the end of the file, after a blank line: for helper functions, which are hoisted. The same text at the same place for every finding of a file. */
export function appendToFile(sourceFile: ts.SourceFile, lines: Lines): TextEdit {
  const style = styleOf(sourceFile);
  const end = sourceFile.text.trimEnd().length;
  const lead = end === 0 ? '' : style.newline + style.newline;
  const tail = end === sourceFile.text.length ? style.newline : '';
  return insertAt(sourceFile, end, lead + render(lines, '', style) + tail);
}

/**
 * Takes a statement out with its line, and with a blank line where it would leave two. Its comments stay where they are when they
 * stand before it on lines of their own, unless `comments` says that they go too.
 */
export function removeStatement(statement: ts.Statement, options: { comments?: boolean } = {}): TextEdit {
  const sourceFile = statement.getSourceFile();
  if (isLone(statement)) return replaceNode(statement, '{}');
  const text = sourceFile.text;
  const comments = options.comments ? leadingComments(statement) : [];
  let start = comments[0]?.pos ?? statement.getStart(sourceFile);
  let end = options.comments ? endWithComments(statement) : statementEnd(statement);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (text.slice(lineStart, start).trim() === '' && lineEnd) {
    start = lineStart;
    end += lineEnd[0].length;
    const before = /\n[ \t]*\r?\n$/.test(text.slice(0, start)) || /\{[ \t]*\r?\n$/.test(text.slice(0, start));
    const blank = /^([ \t]*\r?\n)/.exec(text.slice(end));
    if (before && blank) end += blank[0].length;
    else if (/^[ \t]*\}/.test(text.slice(end))) start -= /\n([ \t]*\r?\n)$/.exec(text.slice(0, start))?.[1]?.length ?? 0;
  } else {
    while (text[start - 1] === ' ') start--;
  }
  return { sourceFile, start, end, text: '' };
}

/** Whether statements can be put before or after it: in a block, a file, a case; not the bare body of an `if`. */
export function isInList(statement: ts.Statement): boolean {
  return ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent) || ts.isModuleBlock(statement.parent) || ts.isCaseOrDefaultClause(statement.parent);
}

const isLone = (statement: ts.Statement): boolean => !isInList(statement);

/** The statements that stand with this one, in order; none for a lone one. */
export function siblings(statement: ts.Statement): readonly ts.Statement[] {
  const parent = statement.parent;
  return ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isModuleBlock(parent) || ts.isCaseOrDefaultClause(parent) ? parent.statements : [];
}

export function nextStatement(statement: ts.Statement): ts.Statement | undefined {
  const list = siblings(statement);
  return list[list.indexOf(statement) + 1];
}

/** Without a semicolon that begins a later line: it guards what stands behind it there, in code that writes none at the ends of lines. */
export function statementEnd(statement: ts.Statement): number {
  const sourceFile = statement.getSourceFile();
  const last = statement.getLastToken(sourceFile);
  const isGuard = last?.kind === ts.SyntaxKind.SemicolonToken && sourceFile.text.slice(last.pos, last.getStart(sourceFile)).includes('\n');
  return isGuard ? last.pos : statement.end;
}

/** With the comments after it on its line. */
export function endWithComments(statement: ts.Statement): number {
  const end = statementEnd(statement);
  return ts.getTrailingCommentRanges(statement.getSourceFile().text, end)?.at(-1)?.end ?? end;
}
