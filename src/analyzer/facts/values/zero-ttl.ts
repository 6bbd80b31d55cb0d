/** A TTL of 0, which the server refuses where it comes with the value: "invalid expire time". EXPIRE with 0 removes the key instead. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import { isConst } from '../code/fold.ts';
import { declarationOf } from '../code/maybe-undefined.ts';
import { isTestedBefore } from '../code/tested.ts';
import type { RedisCall } from '../calls/redis-call.ts';

const refusing = /^(?:SET|P?SETEX|GETEX)$/;

/** The 0 that a command may be given as its TTL: by itself, or in place of what is left out (`ttl ?? 0`), unless the code has looked at it before. */
export function zeroTtl(call: RedisCall, ttl: ts.Expression, checker: ts.TypeChecker): ts.Expression | undefined {
  return refusing.test(call.command) ? zeroIn(ttl, checker, 0) : undefined;
}

function zeroIn(expression: ts.Expression, checker: ts.TypeChecker, depth: number): ts.Expression | undefined {
  const node = unwrap(expression);
  if ((ts.isNumericLiteral(node) || ts.isStringLiteralLike(node)) && /^0+$/.test(node.text)) return node;
  if (depth > 3) return undefined;
  const again = (one: ts.Expression): ts.Expression | undefined => zeroIn(one, checker, depth + 1);
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) ?? again(node.whenFalse);
  if (ts.isBinaryExpression(node)) {
    const isDefault = node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    return isDefault && !isTestedBefore(node.left) ? again(node.right) : undefined;
  }
  const declaration = ts.isIdentifier(node) ? declarationOf(node, checker) : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) ? declaration.initializer : undefined;
  return made && !isTestedBefore(node) ? again(made) : undefined;
}
