/** Whether a reply is used only as a condition: where it matters that it is something or nothing, not what it is. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap } from '../code/ast.ts';
import { comparisonOf, isEquality } from '../code/comparison.ts';
import { isConst } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { isTruthOnly } from './reply-tests.ts';

/** A reply that is held against 0, 1 or a boolean; `is` says which of both. */
export interface Equality {
  literal: ts.Expression;
  is: boolean;
}

/** The equalities among the uses of an awaited reply; undefined where it is used otherwise, too. [] where only its truth matters. */
export function conditionUses(call: RedisCall, workspace: Pick<Workspace, 'checker'>): Equality[] | undefined {
  if (call.use.kind !== 'awaited') return undefined;
  const { value, target } = call.use;
  // An assertion says what type the reply has.
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isNonNullExpression(value)) return undefined;
  const values = target === undefined ? [value] : valuesOf(target, workspace.checker);
  const equalities: Equality[] = [];
  for (const one of values ?? []) {
    const outer = outermost(one);
    const equality = equalityOf(outer);
    if (equality) equalities.push(equality);
    else if (!isTruthOnly(outer) && !(ts.isForStatement(outer.parent) && outer.parent.condition === outer)) return undefined;
  }
  return values && values.length > 0 ? equalities : undefined;
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

function equalityOf(node: ts.Expression): Equality | undefined {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || !isEquality(comparisonOf(parent))) return undefined;
  const literal = unwrap(parent.left === node ? parent.right : parent.left);
  if (ts.isNumericLiteral(literal) && (literal.text === '1' || literal.text === '0')) return { literal, is: literal.text === '1' };
  return literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword ? { literal, is: literal.kind === ts.SyntaxKind.TrueKeyword } : undefined;
}
