/**
 * The expressions that stand for a command's reply, in the function that has it or followed through helpers; and those that only count it.
 * `undefined` means that it goes somewhere it cannot be followed.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unitOf } from '../code/units.ts';
import { hasModifier, isAssignment, methodOf, unwrap, wrapped } from '../code/ast.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { replyTaker, resultUse, type ReplyTaker } from '../calls/use.ts';

const deepest = 3;

/** Every expression that is the reply itself: `await r.get(k)`, or each use of the variable it is kept in. */
export function replyValues(call: RedisCall, workspace: Workspace): ts.Expression[] | undefined {
  if (call.use.kind === 'callback') return takenValues(replyTaker(call.node, call.callback), workspace);
  return valuesOf(call.node, workspace);
}

/** As much of it as the function that sends the command, or calls the helper that does, sees. */
export function ownReplyValues({ site, call }: KeyEffect, workspace: Pick<Workspace, 'checker'>): ts.Expression[] | undefined {
  const isCommand = site === call.node;
  const use = isCommand ? call.use : resultUse(site, undefined, false);
  if (use.kind === 'awaited') {
    if (!use.target) return [use.value];
    return ts.isIdentifier(use.target) && ts.isVariableDeclaration(use.target.parent) ? referencesTo(use.target, workspace.checker).map(wrapped) : undefined;
  }
  const taker = replyTaker(site, isCommand ? call.callback : undefined);
  return taker?.reply && takenValues(taker, workspace);
}

/** @param promise an expression whose value is a promise of the reply @param depth how many functions have returned it so far */
export function valuesOf(promise: ts.Expression, workspace: Workspace, depth = 0): ts.Expression[] | undefined {
  const use = resultUse(promise, undefined, false);
  const link = use.value.parent;
  // Whatever becomes of a chain, the reply itself goes into its first callback.
  if (!ts.isAwaitExpression(unwrap(use.value)) && ts.isPropertyAccessExpression(link) && ts.isCallExpression(link.parent)) {
    return takenValues(replyTaker(promise), workspace);
  }
  if (use.kind === 'awaited') {
    // `return await r.get(k)` is as `return r.get(k)`.
    if (ts.isReturnStatement(use.value.parent)) return callerValues(use.value, workspace, depth);
    if (!use.target) return ts.isVariableDeclaration(use.value.parent) ? undefined : [use.value];
    if (ts.isObjectBindingPattern(use.target)) return [use.value];
    return ts.isIdentifier(use.target) && ts.isVariableDeclaration(use.target.parent) ? variableValues(use.target, workspace, depth) : undefined;
  }
  return use.kind === 'returned' ? callerValues(use.value, workspace, depth) : undefined;
}

function variableValues(name: ts.Identifier, workspace: Workspace, depth: number): ts.Expression[] | undefined {
  // Importers may do anything with it.
  const statement = ts.findAncestor(name, ts.isVariableStatement);
  if (statement && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return undefined;
  const values: ts.Expression[] = [];
  for (const reference of referencesTo(name, workspace.checker)) {
    const value = wrapped(reference);
    if (ts.isReturnStatement(value.parent)) {
      const outside = callerValues(value, workspace, depth);
      if (!outside) return undefined;
      values.push(...outside);
    } else if (ts.isExportSpecifier(reference.parent)) return undefined;
    else values.push(value);
  }
  return values;
}

/** A function that returns the reply: what its callers do with it. No caller known: not to be followed. */
function callerValues(returned: ts.Node, workspace: Workspace, depth: number): ts.Expression[] | undefined {
  const unit = unitOf(returned);
  if (depth >= deepest || !unit || ts.isClassLike(unit)) return undefined;
  const callers = workspace.callers(unit);
  if (callers.length === 0) return undefined;
  const values: ts.Expression[] = [];
  for (const caller of callers) {
    if (!ts.isCallExpression(caller)) return undefined;
    const found = valuesOf(caller, workspace, depth + 1);
    if (!found) return undefined;
    values.push(...found);
  }
  return values;
}

/** None where the callback has no parameter for it. */
function takenValues(taker: ReplyTaker | undefined, { checker }: Pick<Workspace, 'checker'>): ts.Expression[] | undefined {
  if (!taker?.reply) return taker && [];
  return ts.isIdentifier(taker.reply) ? referencesTo(taker.reply, checker).map(wrapped) : undefined;
}

/** `const { length: count } = list`. */
export interface LengthPattern extends ts.ObjectBindingPattern {
  elements: ts.NodeArray<ts.BindingElement & { name: ts.Identifier }>;
}

/** How a list's value is only counted: `x.length`, `Object.keys(x).length` of an object's, `{ length } = x`; what is the count. */
export function countOf(value: ts.Expression): ts.Expression | LengthPattern | undefined {
  const { parent } = value;
  if (ts.isVariableDeclaration(parent)) return isLengthPattern(parent.name) ? parent.name : undefined;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === value && parent.name.text === 'length') return isChanged(parent) ? undefined : parent;
  if (ts.isCallExpression(parent) && parent.arguments.length === 1 && parent.arguments[0] === value) {
    const method = methodOf(parent);
    if (method && /^(?:keys|values|entries)$/.test(method.name) && method.target.getText() === 'Object') return countOf(wrapped(parent));
  }
  return undefined;
}

function isLengthPattern(name: ts.BindingName): name is LengthPattern {
  if (!ts.isObjectBindingPattern(name) || name.elements.length !== 1) return false;
  const [only] = name.elements;
  return only !== undefined && !only.initializer && !only.dotDotDotToken && ts.isIdentifier(only.name) && (only.propertyName ?? only.name).getText() === 'length';
}

/** `list.length = 0`, `list.length--`. */
function isChanged(length: ts.Expression): boolean {
  const { parent } = length;
  if (isAssignment(parent)) return parent.left === length;
  const steps = (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken);
  return steps || ts.isDeleteExpression(parent);
}

/** The counts, where the reply is used for nothing but its length: at least once, and followed to the end. */
export function onlyCounted(call: RedisCall, workspace: Workspace): ts.Node[] | undefined {
  const values = replyValues(call, workspace);
  if (!values || values.length === 0) return undefined;
  const counts = values.map(countOf);
  return counts.every((count) => count !== undefined) ? counts : undefined;
}

/** @param length the count of a list; @returns whether the code asks only if there is any: `if (found.length)`, `found.length > 0`, `while (found.length)` */
export function asksWhetherAny(length: ts.Expression): boolean {
  const { parent } = length;
  if (ts.isBinaryExpression(parent)) {
    const { left, right, operatorToken } = parent;
    const operator = operatorToken.getText();
    const other = left === length ? right : left;
    return (/^(?:[<>]=?|[!=]==?)$/.test(operator) && ts.isNumericLiteral(other) && Number(other.text) <= 1) || /^(?:&&|\|\|)$/.test(operator);
  }
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return true;
  if (ts.isForStatement(parent)) return parent.condition === length;
  return (ts.isConditionalExpression(parent) && parent.condition === length) || ts.isPrefixUnaryExpression(parent);
}
