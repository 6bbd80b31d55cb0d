/** Comments that belong to a statement. Offsets into the file; texts without the newline around them. */
import ts from 'typescript';

/** On the lines right before a node, a JSDoc included, not those after the node before on its line. */
export function leadingComments(node: ts.Node): ts.CommentRange[] {
  return ts.getLeadingCommentRanges(node.getSourceFile().text, node.pos) ?? [];
}

/** On the line on which a node ends, after it. */
export function trailingComments(node: ts.Node): ts.CommentRange[] {
  return ts.getTrailingCommentRanges(node.getSourceFile().text, node.end) ?? [];
}

/** Whether a comment begins within a range: text that a fix may not drop. */
export function hasComments(sourceFile: ts.SourceFile, range: { start: number; end: number }): boolean {
  return commentsIn(sourceFile, range).length > 0;
}

/** All comments within a range, in order. A scanner runs over the range, so it has to start and end between tokens. */
export function commentsIn(sourceFile: ts.SourceFile, range: { start: number; end: number }): ts.CommentRange[] {
  const text = sourceFile.text;
  const found = new Map<number, ts.CommentRange>();
  const add = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const comment of ranges ?? []) if (comment.pos >= range.start && comment.end <= range.end) found.set(comment.pos, comment);
  };
  const visit = (node: ts.Node): void => {
    if (node.pos > range.end || node.end < range.start) return;
    // Comments lie between tokens: before one (leading, once a line has ended) or after one (trailing).
    add(ts.getLeadingCommentRanges(text, node.pos));
    add(ts.getTrailingCommentRanges(text, node.pos));
    add(ts.getTrailingCommentRanges(text, node.end));
    for (const child of node.getChildren(sourceFile)) visit(child);
  };
  visit(sourceFile);
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}

export function commentText(sourceFile: ts.SourceFile, comment: ts.CommentRange): string {
  return sourceFile.text.slice(comment.pos, comment.end);
}
