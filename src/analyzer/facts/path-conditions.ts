/** Under which conditions one place of a function is reached after another. Syntax alone. */
import ts from 'typescript';
import { contains, leaves, some, unwrap, wrapped } from './ast.ts';

/** Neither `!a` nor, where that says more, `a && b`: taken apart. */
export interface Condition {
  test: ts.Expression;
  holds: boolean;
}

/**
 * @param first where the path begins; undefined: with the function around `second`
 * @param second reached by it; may be in a callback that `first`, or a chain that begins with it, is given
 * @returns all that has to hold on the way; undefined where something else decides too: a loop, a switch, a catch, an early end that is not one of an `if`
 */
export function conditionsBetween(first: ts.Node | undefined, second: ts.Node): Condition[] | undefined {
  const found: Condition[] = [];
  let at: ts.Node = second;
  while (at !== first) {
    const parent: ts.Node | undefined = at.parent;
    if (!parent) return first ? undefined : found;
    const isCommon = first !== undefined && contains(parent, first);
    if (ts.isFunctionLike(at)) {
      if (!first) return found;
      const call = wrapped(at as ts.Expression).parent;
      if (!ts.isCallExpression(call) || (!contains(call, first) && unwrap(call.expression) !== at)) return undefined;
    }
    if (!enter(parent, at, first, found)) return undefined;
    at = parent;
    if (isCommon) break;
  }
  if (!first) return found;
  if (!contains(first, second) && !passOn(first, at, found)) return undefined;
  // What was decided before is no condition of this path.
  return found.filter(({ test }) => test.end > first.pos);
}

/** From a node into one of its children. */
function enter(parent: ts.Node, child: ts.Node, first: ts.Node | undefined, found: Condition[]): boolean {
  if (ts.isIfStatement(parent)) {
    if (child !== parent.expression) add(parent.expression, child === parent.thenStatement, found);
  } else if (ts.isConditionalExpression(parent)) {
    if (child !== parent.condition) add(parent.condition, child === parent.whenTrue, found);
  } else if (ts.isBinaryExpression(parent) && child === parent.right) {
    const kind = parent.operatorToken.kind;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) add(parent.left, true, found);
    else if (kind === ts.SyntaxKind.BarBarToken) add(parent.left, false, found);
    else if (kind === ts.SyntaxKind.QuestionQuestionToken) return false;
  } else if (ts.isIterationStatement(parent, false) || ts.isCaseBlock(parent) || ts.isCatchClause(parent)) return false;
  const list = statementsOf(parent);
  const before = list.slice(0, list.indexOf(child as ts.Statement)).filter((statement) => !first || statement.pos >= first.end || contains(first, statement));
  return before.every((statement) => pass(statement, found));
}

/** From the first place up to what holds both, past what follows on the way. */
function passOn(first: ts.Node, common: ts.Node, found: Condition[]): boolean {
  for (let at = first; at.parent && at.parent !== common && at !== common; at = at.parent) {
    const { parent } = at;
    if (ts.isIterationStatement(parent, false) || ts.isFunctionLike(parent)) return false;
    if (ts.isIfStatement(parent) && parent.expression === at && !pass(parent, found)) return false;
    const list = statementsOf(parent);
    if (!list.slice(list.indexOf(at as ts.Statement) + 1).every((statement) => pass(statement, found))) return false;
  }
  return true;
}

/** Past a statement: `if (x) return;` is passed where `x` does not hold. */
function pass(statement: ts.Statement, found: Condition[]): boolean {
  if (!mayLeave(statement)) return true;
  if (!ts.isIfStatement(statement)) return false;
  const { expression, thenStatement, elseStatement } = statement;
  if (leaves(thenStatement) && !(elseStatement && mayLeave(elseStatement))) add(expression, false, found);
  else if (leaves(elseStatement) && !mayLeave(thenStatement)) add(expression, true, found);
  else return false;
  return true;
}

/** Whether control may not go past the end of a statement, but for errors of what it calls. */
export function mayLeave(statement: ts.Statement): boolean {
  const leaves = (node: ts.Node): boolean => ts.isReturnStatement(node) || ts.isThrowStatement(node) || (ts.isBreakOrContinueStatement(node) && !isJumpWithin(node, statement));
  return leaves(statement) || some(statement, leaves, true);
}

function isJumpWithin(jump: ts.BreakOrContinueStatement, statement: ts.Statement): boolean {
  for (let at: ts.Node = jump; at !== statement; at = at.parent) {
    const { parent } = at;
    if (jump.label ? ts.isLabeledStatement(parent) && parent.label.text === jump.label.text : ts.isIterationStatement(parent, false) || (ts.isBreakStatement(jump) && ts.isSwitchStatement(parent))) return true;
  }
  return false;
}

function statementsOf(node: ts.Node): readonly ts.Statement[] {
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node) ? node.statements : [];
}

function add(test: ts.Expression, holds: boolean, found: Condition[]): void {
  const inner = unwrap(test);
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) add(inner.operand, !holds, found);
  else if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === (holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken)) {
    add(inner.left, holds, found);
    add(inner.right, holds, found);
  } else found.push({ test: inner, holds });
}
