/** Under which conditions one place of a function is reached after another. Syntax alone. */
import ts from 'typescript';
import { contains, isFunctionWithBody, leaves, some, unwrap, wrapped } from './ast.ts';
import { isInlineCallback } from './units.ts';

export interface Condition {
  test: ts.Expression;
  holds: boolean;
}

/** A condition as it is written, not taken apart. */
export interface Guard extends Condition {
  /** Else control leaves: the place stands after the condition, not within a branch of it. */
  isExit: boolean;
}

/**
 * @param first where the path begins; undefined: with the function around `second`
 * @param second reached by it; may be in a callback that `first`, or a chain that begins with it, is given
 * @returns all that has to hold on the way, neither `!a` nor, where that says more, `a && b`: taken apart; undefined where something else decides too: a loop, a switch, a catch, an early end that is not one of an `if`
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

/**
 * The conditions that are seen on the way from `from` to `target`; what else decides is passed over. `a ?? b` counts as `a || b`, and a
 * `while` around both as an `if`.
 */
export function guardsBetween(from: ts.Node, target: ts.Node): Guard[] {
  const guards: Guard[] = [];
  const addExits = (list: readonly ts.Statement[], until: number): void => {
    for (const statement of list) {
      const passed = statement.end > from.pos && statement.end <= until && ts.isIfStatement(statement) ? whenPassed(statement) : undefined;
      if (passed) guards.push({ ...passed, isExit: true });
    }
  };
  for (let at: ts.Node = target; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFunctionWithBody(parent) && !isInlineCallback(parent)) break;
    const entered = whenEntered(parent, at);
    if (entered) guards.push({ ...entered, isExit: false });
    else if (ts.isWhileStatement(parent) && at === parent.statement && contains(parent, from)) guards.push({ test: parent.expression, holds: true, isExit: false });
    addExits(statementsOf(parent), at.pos + 1);
  }
  // What leaves between the first place and the end of the blocks around it that the target is not in.
  for (let at: ts.Node = from; at.parent && !contains(at.parent, target); at = at.parent) addExits(statementsOf(at.parent), target.pos);
  return guards;
}

/** What an `if`, `?:`, `&&`, `||` or `??` says where control goes from it into one of its children. */
function whenEntered(parent: ts.Node, child: ts.Node): Condition | undefined {
  if (ts.isIfStatement(parent)) return child === parent.expression ? undefined : { test: parent.expression, holds: child === parent.thenStatement };
  if (ts.isConditionalExpression(parent)) return child === parent.condition ? undefined : { test: parent.condition, holds: child === parent.whenTrue };
  if (!ts.isBinaryExpression(parent) || child !== parent.right) return undefined;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return { test: parent.left, holds: true };
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken ? { test: parent.left, holds: false } : undefined;
}

/** What holds where control goes past an `if` of which one branch leaves. */
function whenPassed({ expression, thenStatement, elseStatement }: ts.IfStatement): Condition | undefined {
  if (leaves(thenStatement)) return { test: expression, holds: false };
  return leaves(elseStatement) ? { test: expression, holds: true } : undefined;
}

/** From a node into one of its children. */
function enter(parent: ts.Node, child: ts.Node, first: ts.Node | undefined, found: Condition[]): boolean {
  if (ts.isIterationStatement(parent, false) || ts.isCaseBlock(parent) || ts.isCatchClause(parent)) return false;
  const entered = whenEntered(parent, child);
  // Null is not all that is false.
  if (entered && ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return false;
  if (entered) add(entered, found);
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
  const passed = ts.isIfStatement(statement) ? whenPassed(statement) : undefined;
  const taken = passed && (passed.holds ? (statement as ts.IfStatement).thenStatement : (statement as ts.IfStatement).elseStatement);
  if (!passed || (taken && mayLeave(taken))) return false;
  add(passed, found);
  return true;
}

/** Whether control may not go past the end of a statement, but for errors of what it calls. */
function mayLeave(statement: ts.Statement): boolean {
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

function add({ test, holds }: Condition, found: Condition[]): void {
  const inner = unwrap(test);
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) add({ test: inner.operand, holds: !holds }, found);
  else if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === (holds ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken)) {
    add({ test: inner.left, holds }, found);
    add({ test: inner.right, holds }, found);
  } else found.push({ test: inner, holds });
}
