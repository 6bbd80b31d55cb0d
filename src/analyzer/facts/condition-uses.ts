/** Whether a reply is used only as a condition: where it matters that it is something or nothing, not what it is. */
import ts from 'typescript';
import type { Workspace } from '../workspace/workspace.ts';
import { unwrap } from './ast.ts';
import { isConst } from './fold.ts';
import type { RedisCall } from './redis-call.ts';
import { referencesTo } from './references.ts';

/** A reply that is held against a number or a boolean; `is` says what it is compared with. */
export interface Comparison {
  literal: ts.Expression;
  is: boolean;
}

/** The comparisons among the uses of an awaited reply; undefined where it is used otherwise, too. [] where only its truth matters. */
export function conditionUses(call: RedisCall, workspace: Pick<Workspace, 'checker'>): Comparison[] | undefined {
  if (call.use.kind !== 'awaited') return undefined;
  const { value, target } = call.use;
  // An assertion says what type the reply has.
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isNonNullExpression(value)) return undefined;
  const values = target === undefined ? [value] : valuesOf(target, workspace.checker);
  const comparisons: Comparison[] = [];
  for (const one of values ?? []) {
    const outer = outermost(one);
    const comparison = comparisonOf(outer);
    if (comparison) comparisons.push(comparison);
    else if (!isCondition(outer)) return undefined;
  }
  return values && values.length > 0 ? comparisons : undefined;
}

function valuesOf(target: ts.Node, checker: ts.TypeChecker): ts.Expression[] | undefined {
  const declaration = target.parent;
  if (!ts.isIdentifier(target) || !ts.isVariableDeclaration(declaration) || declaration.type || !isConst(declaration)) return undefined;
  // A variable of the module may be exported.
  if (ts.isSourceFile(declaration.parent.parent.parent)) return undefined;
  return referencesTo(target, checker);
}

function outermost(node: ts.Expression): ts.Expression {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  return outer;
}

function isCondition(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isForStatement(parent)) return parent.condition === node;
  const isLogical = ts.isBinaryExpression(parent) && (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || parent.operatorToken.kind === ts.SyntaxKind.BarBarToken);
  if (isLogical) return isCondition(outermost(parent));
  return ts.isCallExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'Boolean' && parent.arguments.length === 1;
}

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

function comparisonOf(node: ts.Expression): Comparison | undefined {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || !equalities.has(parent.operatorToken.kind)) return undefined;
  const literal = unwrap(parent.left === node ? parent.right : parent.left);
  if (ts.isNumericLiteral(literal) && (literal.text === '1' || literal.text === '0')) return { literal, is: literal.text === '1' };
  return literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword ? { literal, is: literal.kind === ts.SyntaxKind.TrueKeyword } : undefined;
}
