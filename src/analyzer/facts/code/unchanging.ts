/** Arguments that are the same wherever they are written alike: numbers, texts, words, and lists of those. */
import ts from 'typescript';
import { unwrap } from './ast.ts';

export function isUnchangingText(node: ts.Expression): boolean {
  const inner = unwrap(node);
  if (ts.isLiteralExpression(inner) || inner.kind === ts.SyntaxKind.TrueKeyword || inner.kind === ts.SyntaxKind.FalseKeyword || inner.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isPrefixUnaryExpression(inner)) return ts.isNumericLiteral(inner.operand);
  if (ts.isArrayLiteralExpression(inner)) return inner.elements.every((element) => !ts.isSpreadElement(element) && isUnchangingText(element));
  return ts.isObjectLiteralExpression(inner) && inner.properties.every((property) => ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name) && isUnchangingText(property.initializer));
}
