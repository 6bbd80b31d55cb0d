/** Numbers that are known before the program runs. */
import ts from 'typescript';
import { unwrap } from '../facts/ast.ts';
import { isConst, resolveAlias } from '../facts/fold.ts';

/** SET takes the TTL as milliseconds in 63 bits; seconds below this are in range whatever the clock says. */
const largestTtl = 1e12;

/** How a positive integer is known: written there (`literal`), or a constant or product of such (`constant`). */
export function positiveInteger(node: ts.Expression, checker: ts.TypeChecker): 'literal' | 'constant' | undefined {
  const value = constantNumber(node, checker, 0);
  if (value === undefined || !Number.isSafeInteger(value) || value <= 0 || value > largestTtl) return undefined;
  return ts.isNumericLiteral(unwrap(node)) ? 'literal' : 'constant';
}

function constantNumber(node: ts.Expression, checker: ts.TypeChecker, depth: number): number | undefined {
  const inner = unwrap(node);
  if (depth > 8) return undefined;
  if (ts.isNumericLiteral(inner)) return Number(inner.text);
  if (ts.isBinaryExpression(inner)) {
    const left = constantNumber(inner.left, checker, depth + 1);
    const right = constantNumber(inner.right, checker, depth + 1);
    return left === undefined || right === undefined ? undefined : compute(inner.operatorToken.kind, left, right);
  }
  if (!ts.isIdentifier(inner)) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(inner), checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConst(declaration)) return undefined;
  return constantNumber(declaration.initializer, checker, depth + 1);
}

function compute(operator: ts.SyntaxKind, left: number, right: number): number | undefined {
  switch (operator) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    default:
      return undefined;
  }
}
