/** Parentheses where a replacement binds less tightly than what it replaces. */
import ts from 'typescript';

/** `text` (an `await …` or another unary expression) in the place of `node`: in parentheses where its parent reads on from it. */
export function asUnary(node: ts.Node, text: string): string {
  const parent = node.parent;
  const readsOn =
    ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isNonNullExpression(parent)) && parent.expression === node) ||
    (ts.isTaggedTemplateExpression(parent) && parent.tag === node) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken) ||
    ts.isPrefixUnaryExpression(parent);
  return readsOn ? `(${text})` : text;
}
