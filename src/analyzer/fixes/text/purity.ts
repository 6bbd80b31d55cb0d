/** What an expression does when it is evaluated, judged by its form. */
import ts from 'typescript';
import { isAssignment } from './operators.ts';
import { isReassigned } from './variables.ts';

/**
 * No side effects and cheap, so that it may be evaluated twice, earlier, or not at all: literals, names, property reads,
 * operators and templates over those. A getter counts as a property read; a call never qualifies.
 */
export function isRepeatable(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || isKeyword(node)) return true;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node) || ts.isTypeAssertionExpression(node)) {
    return isRepeatable(node.expression);
  }
  if (ts.isPropertyAccessExpression(node)) return isRepeatable(node.expression);
  if (ts.isElementAccessExpression(node)) return isRepeatable(node.expression) && isRepeatable(node.argumentExpression);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every((span) => isRepeatable(span.expression));
  if (ts.isConditionalExpression(node)) return isRepeatable(node.condition) && isRepeatable(node.whenTrue) && isRepeatable(node.whenFalse);
  if (ts.isBinaryExpression(node)) return !isAssignment(node.operatorToken.kind) && isRepeatable(node.left) && isRepeatable(node.right);
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator !== ts.SyntaxKind.PlusPlusToken && node.operator !== ts.SyntaxKind.MinusMinusToken && isRepeatable(node.operand);
  }
  if (ts.isTypeOfExpression(node) || ts.isVoidExpression(node)) return isRepeatable(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => !ts.isSpreadElement(element) && isRepeatable(element));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) => ts.isShorthandPropertyAssignment(property) || (ts.isPropertyAssignment(property) && isRepeatableName(property.name) && isRepeatable(property.initializer)),
    );
  }
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

/**
 * Repeatable, and the same whenever it is evaluated within one call of its function: only constants, and variables and parameters
 * that are never assigned again. A property may change and does not qualify, unless it is one of `this` that is `readonly`.
 */
export function isUnchanging(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!isRepeatable(node)) return false;
  let unchanging = true;
  const look = (at: ts.Node): void => {
    if (ts.isIdentifier(at)) unchanging &&= !isReassigned(at, checker);
    else if (ts.isPropertyAccessExpression(at)) unchanging &&= isReadonlyProperty(at, checker);
    else if (ts.isElementAccessExpression(at)) unchanging = false;
    else ts.forEachChild(at, look);
  };
  look(node);
  return unchanging;
}

function isReadonlyProperty(node: ts.PropertyAccessExpression, checker: ts.TypeChecker): boolean {
  const declaration = checker.getSymbolAtLocation(node.name)?.valueDeclaration;
  return declaration !== undefined && ts.canHaveModifiers(declaration) && (ts.getModifiers(declaration)?.some((modifier) => modifier.kind === ts.SyntaxKind.ReadonlyKeyword) ?? false);
}

function isRepeatableName(name: ts.PropertyName): boolean {
  return !ts.isComputedPropertyName(name) || isRepeatable(name.expression);
}

function isKeyword(node: ts.Node): boolean {
  return [ts.SyntaxKind.ThisKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}
