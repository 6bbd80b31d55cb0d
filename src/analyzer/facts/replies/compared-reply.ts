/** Replies that code compares by their order: a deadline that was stored, with the time that it is now. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap, wrapped } from '../code/ast.ts';
import { comparisonOf, isByOrder } from '../code/comparison.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { replyValues } from './reply-values.ts';

const deepest = 4;
/** Give a text's number. */
const numbers = /^(?:Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat|BigInt)$/;

/** `now > Number(await r.get(k))`, also by way of variables, fallbacks and what makes a number of it. */
export function isComparedByOrder(call: RedisCall, workspace: Workspace): boolean {
  return (replyValues(call, workspace) ?? []).some((value) => isCompared(wrapped(value), workspace.checker, 0));
}

function isCompared(value: ts.Expression, checker: ts.TypeChecker, depth: number): boolean {
  const { parent } = value;
  if (depth > deepest) return false;
  const again = (outer: ts.Expression): boolean => isCompared(wrapped(outer), checker, depth + 1);
  if (ts.isBinaryExpression(parent)) {
    if (isByOrder(comparisonOf(parent))) return true;
    switch (parent.operatorToken.kind) {
      // `now - Number(raw) > limit`
      case ts.SyntaxKind.MinusToken:
      case ts.SyntaxKind.PlusToken:
        return again(parent);
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
        return parent.left === value && again(parent);
      default:
        return false;
    }
  }
  if (ts.isConditionalExpression(parent)) return parent.condition !== value && again(parent);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.PlusToken && again(parent);
  if (ts.isCallExpression(parent)) return parent.arguments[0] === value && numbers.test(unwrap(parent.expression).getText()) && again(parent);
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== value || !ts.isIdentifier(parent.name)) return false;
  return referencesTo(parent.name, checker).some(again);
}
