/** Parentheses where a replacement binds less tightly than what it replaces. */
import ts from 'typescript';
import { isAssignment } from './operators.ts';

/** `text` (an `await …` or another unary expression) in the place of `node`: in parentheses where its parent reads on from it. */
export function asUnary(node: ts.Node, text: string): string {
  const parent = node.parent;
  const readsOn =
    ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isNonNullExpression(parent)) && parent.expression === node) ||
    (ts.isTaggedTemplateExpression(parent) && parent.tag === node) ||
    // Only `**` needs them, but nobody reads `await a === b` at once.
    (ts.isBinaryExpression(parent) && !isAssignment(parent.operatorToken.kind) && parent.operatorToken.kind !== ts.SyntaxKind.CommaToken) ||
    ts.isPrefixUnaryExpression(parent);
  return readsOn ? `(${text})` : text;
}
