/** Comments by their place in the syntax tree: what only looks like one, in a string or in JSX text, is none. */
import ts from 'typescript';
import type { TextRange } from './finding.ts';

/** The token in whose text, or in the trivia before it, an offset lies. */
function tokenAround(sourceFile: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = sourceFile;
  for (;;) {
    const child: ts.Node | undefined = node.getChildren(sourceFile).find((each) => each.pos <= offset && (offset < each.end || each.kind === ts.SyntaxKind.EndOfFileToken));
    if (!child) return node;
    node = child;
  }
}

/** The comment around an offset, with its delimiters, in the trivia before a token or in JSDoc; undefined where there is none. */
export function commentAt(sourceFile: ts.SourceFile, offset: number): TextRange | undefined {
  const { text } = sourceFile;
  const token = tokenAround(sourceFile, offset);
  for (let node: ts.Node | undefined = token; node; node = node.parent) {
    if (ts.isJSDoc(node)) return { start: node.pos, end: node.end };
  }
  // JSX text has no trivia: what looks like a comment in it is shown to the reader.
  if (ts.isJsxText(token)) return undefined;
  const from = token.pos === 0 ? (ts.getShebang(text)?.length ?? 0) : token.pos;
  const ranges = [...(ts.getTrailingCommentRanges(text, from) ?? []), ...(ts.getLeadingCommentRanges(text, from) ?? [])];
  const range = ranges.find(({ pos, end }) => pos <= offset && offset < end);
  return range && { start: range.pos, end: range.end };
}

/** The first token whose own text begins at or behind an offset; the `}` that closes a comment in JSX is passed over. */
export function nextToken(sourceFile: ts.SourceFile, offset: number): ts.Node | undefined {
  let token = firstTokenFrom(sourceFile, sourceFile, offset);
  if (token && token.kind === ts.SyntaxKind.CloseBraceToken && ts.isJsxExpression(token.parent) && !token.parent.expression) {
    token = firstTokenFrom(sourceFile, sourceFile, token.end);
    // Blank text between JSX elements.
    while (token && ts.isJsxText(token) && token.containsOnlyTriviaWhiteSpaces) token = firstTokenFrom(sourceFile, sourceFile, token.end);
  }
  return token?.kind === ts.SyntaxKind.EndOfFileToken ? undefined : token;
}

function firstTokenFrom(node: ts.Node, sourceFile: ts.SourceFile, offset: number): ts.Node | undefined {
  for (const child of node.getChildren(sourceFile)) {
    if (child.end <= offset || ts.isJSDoc(child)) continue;
    if (child.getChildCount(sourceFile) === 0) {
      if (child.getStart(sourceFile) >= offset && child.kind !== ts.SyntaxKind.SyntaxList) return child;
      continue;
    }
    const found = firstTokenFrom(child, sourceFile, offset);
    if (found) return found;
  }
  return undefined;
}
