/** How a list that begins with what is written there is filled by `push`: once, for each element of another list, or under a condition. Syntax, and symbols. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, methodOf, some, unwrap } from '../code/ast.ts';
import { referencesTo } from '../code/references.ts';
import { conditionsBefore, refersTo, referenceText } from '../code/tested.ts';

export interface ListPush {
  /** What is pushed. */
  call: ts.CallExpression;
  /** The lists of the loops around it, the innermost first; undefined in place of one that runs over no list. */
  over: readonly (ts.Expression | undefined)[];
  /** Some elements of a loop may be passed over. */
  isConditional: boolean;
}

const others = /^(?:unshift|splice|pop|shift|fill|copyWithin)$/;

/** @returns undefined where the list is changed in another way, or in a place that cannot be understood */
export function listPushes(declaration: ts.VariableDeclaration & { name: ts.Identifier }, checker: ts.TypeChecker): ListPush[] | undefined {
  const pushes: ListPush[] = [];
  for (const reference of referencesTo(declaration.name, checker)) {
    const access = reference.parent;
    const call = ts.isPropertyAccessExpression(access) && access.expression === reference ? access.parent : undefined;
    if (!call || !ts.isCallExpression(call) || call.expression !== access) continue;
    const { text } = (access as ts.PropertyAccessExpression).name;
    if (others.test(text)) return undefined;
    if (text !== 'push') continue;
    const push = pushAt(call, declaration);
    if (!push) return undefined;
    pushes.push(push);
  }
  return pushes;
}

function pushAt(call: ts.CallExpression, declaration: ts.VariableDeclaration & { name: ts.Identifier }): ListPush | undefined {
  const outermost = declaration.parent.parent.parent;
  const over: (ts.Expression | undefined)[] = [];
  let isConditional = false;
  for (let at: ts.Node = call; at.parent !== outermost; at = at.parent) {
    const { parent } = at;
    if (ts.isSourceFile(at) || ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent)) return undefined;
    if (ts.isForOfStatement(parent)) over.push(parent.expression);
    else if (ts.isIterationStatement(parent, false)) over.push(undefined);
    else if (isFunctionWithBody(parent)) {
      const taker = parent.parent;
      const method = ts.isCallExpression(taker) && taker.arguments[0] === parent ? methodOf(taker) : undefined;
      if (method?.name !== 'forEach') return undefined;
      over.push(method.target);
    } else if (ts.isIfStatement(parent)) isConditional ||= !pushesTo(at === parent.thenStatement ? parent.elseStatement : parent.thenStatement, declaration.name.text);
    else if (ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent)) isConditional = true;
    else if (ts.isBlock(parent)) isConditional ||= parent.statements.some((one) => one.end <= at.pos && some(one, ts.isBreakOrContinueStatement, true));
  }
  return { call, over, isConditional };
}

const pushesTo = (statement: ts.Statement | undefined, name: string): boolean =>
  statement !== undefined && some(statement, (node) => ts.isCallExpression(node) && methodOf(node)?.name === 'push' && methodOf(node)?.target.getText() === name);

const looks = /\.(?:some|find|findIndex|every|filter|includes)\(/;

/** Whether a condition before a use of the list says what the pushes have come to: by a variable that is set beside them, or a look into the other list. */
export function isKnownOtherwise(use: ts.Expression, pushes: readonly ListPush[]): boolean {
  const beside = new Set<string>();
  const lists = new Set<string>();
  let end = 0;
  for (const { call, over } of pushes) {
    const block = ts.findAncestor(call, ts.isStatement)?.parent;
    if (block && ts.isBlock(block)) {
      for (const statement of block.statements) some(statement, (node) => (noteAssigned(node, beside), false), true);
    }
    for (const list of over) if (list) lists.add(referenceText(list));
    end = Math.max(end, call.end);
  }
  for (const condition of conditionsBefore(use)) {
    if (condition.pos >= end && [...beside].some((name) => refersTo(condition, name))) return true;
    if ([...lists].some((list) => refersTo(condition, list)) && looks.test(condition.getText())) return true;
  }
  return false;
}

function noteAssigned(node: ts.Node, names: Set<string>): void {
  if (isAssignment(node)) names.add(referenceText(unwrap(node.left)));
  else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) names.add(referenceText(node.operand));
}
