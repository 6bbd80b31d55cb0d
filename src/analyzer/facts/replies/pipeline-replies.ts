/**
 * What becomes of the replies of an executed pipeline or MULTI, a list of `[error, value]` in ioredis: whether anybody looks at the errors,
 * and at the null that stands for a transaction which a watched key has stopped.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap, wrapped } from '../code/ast.ts';
import { isCaughtStatement } from '../code/caught-statement.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { asksWhetherThere } from './reply-tests.ts';
import { valuesOf } from './reply-values.ts';
import { deepest } from '../code/units.ts';
import { resultUse } from '../calls/use.ts';

export interface RepliesUse {
  /** `unread`: nobody looks at an error; `unknown`: it goes where it cannot be followed. */
  errors: 'unread' | 'read' | 'unknown';
  /** Nothing at all is done with them. */
  isDropped: boolean;
  /** `swallowed`: taken for an empty list (`?? []`, `?.`) and looked at nowhere. */
  null: 'looked-at' | 'swallowed' | 'unknown';
}

/** An expression that is the list, or the names that its entries are put into. */
type ListPlace = ts.Expression | ts.ArrayBindingPattern;

type Seen = 'error' | 'value' | 'null' | 'unknown';

export function repliesUse(call: RedisCall, workspace: Workspace): RepliesUse {
  const list = listsOf(call, workspace);
  if (!list) return { errors: 'unknown', isDropped: false, null: 'unknown' };
  let swallows = false;
  const seen: Seen[] = [];
  for (const value of list) {
    const peeled = peel(value);
    swallows ||= peeled.swallows;
    seen.push(...listSeen(peeled.node, workspace.checker));
  }
  const isDropped = list.length === 0 || seen.every((one) => one === 'value') && list.every(isStatement);
  return {
    errors: seen.includes('error') ? 'read' : seen.includes('unknown') ? 'unknown' : 'unread',
    isDropped,
    null: seen.includes('null') ? 'looked-at' : isDropped || swallows ? 'swallowed' : 'unknown',
  };
}

/** The expressions that are the list; undefined where they cannot all be found. */
function listsOf(call: RedisCall, workspace: Workspace): ListPlace[] | undefined {
  const [callback] = call.node.arguments ?? [];
  if (callback) {
    const fn = unwrap(callback);
    if (!isFunctionWithBody(fn)) return undefined;
    const name = fn.parameters[1]?.name;
    if (!name) return usesArguments(fn) ? undefined : [];
    return ts.isIdentifier(name) ? referencesTo(name, workspace.checker) : ts.isArrayBindingPattern(name) ? [name] : undefined;
  }
  return listsOfPromise(call.node, workspace, 0);
}

/** @param promise of the list: `pipeline.exec()`, or a `then` whose callback gives it on */
function listsOfPromise(promise: ts.Expression, workspace: Workspace, depth: number): ListPlace[] | undefined {
  const { kind, value, target } = resultUse(promise, undefined, false);
  if (kind === 'floating') return ts.isExpressionStatement(value.parent) ? [] : undefined;
  // Only the connection's failure rejects.
  if (isCaughtStatement(promise)) return [];
  if (target && ts.isArrayBindingPattern(target)) return [target];
  const places = (target && usesUntilReplaced(target, workspace.checker)) ?? valuesOf(promise, workspace);
  if (!places) return undefined;
  const lists: ListPlace[] = [];
  for (const place of places) {
    const next = depth < deepest ? givenOnBy(peel(place).node) : undefined;
    const found = next ? listsOfPromise(next, workspace, depth + 1) : [place];
    if (!found) return undefined;
    lists.push(...found);
  }
  return lists;
}

/** `exec().then((replies) => replies)`: what gives on the list that its callback returns. */
function givenOnBy(list: ListPlace): ts.CallExpression | undefined {
  const { parent } = list;
  const fn = ts.isReturnStatement(parent) ? ts.findAncestor(parent, isFunctionWithBody) : ts.isArrowFunction(parent) && parent.body === list ? parent : undefined;
  const call = fn && wrapped(fn as ts.Expression).parent;
  return call && ts.isCallExpression(call) && call.arguments[0] && unwrap(call.arguments[0]) === fn && methodOf(call)?.name === 'then' ? call : undefined;
}

/**
 * The uses of a variable up to where other values take the place of its entries: `replies = replies.map(…)`,
 * `for (const i in replies) replies[i] = replies[i][1]`. Undefined where none do.
 */
function usesUntilReplaced(target: ts.Node, checker: ts.TypeChecker): ts.Expression[] | undefined {
  const statement = ts.isIdentifier(target) ? target.parent.parent.parent : undefined;
  if (!ts.isIdentifier(target) || !statement || !ts.isVariableStatement(statement)) return undefined;
  const uses = referencesTo(target, checker);
  for (const use of uses) {
    const replaced = replacement(use);
    if (replaced?.statement.parent !== statement.parent) continue;
    return uses.filter((one) => one !== replaced.written && one.end <= replaced.statement.end).map(wrapped);
  }
  return undefined;
}

/** The statement that puts other values in place of the entries, where this use of their list is what it writes to. */
function replacement(use: ts.Identifier): { statement: ts.Node; written: ts.Identifier } | undefined {
  const isEntry = ts.isElementAccessExpression(use.parent) && use.parent.expression === use;
  const target = isEntry ? use.parent : use;
  const assignment = target.parent;
  if (!ts.isBinaryExpression(assignment) || assignment.left !== target || assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isExpressionStatement(assignment.parent)) return undefined;
  if (!isEntry) return { statement: assignment.parent, written: use };
  const { parent } = assignment.parent;
  const loop = ts.isBlock(parent) && parent.statements.length === 1 ? parent.parent : parent;
  return ts.isForInStatement(loop) || ts.isForStatement(loop) ? { statement: loop, written: use } : undefined;
}

const usesArguments = (fn: ts.Node): boolean => /\barguments\b/.test(fn.getText());

const isStatement = (node: ts.Node): boolean => ts.isExpressionStatement(node.parent);

/** Parentheses, assertions and a fallback for null taken off. */
function peel(node: ListPlace): { node: ListPlace; swallows: boolean } {
  let at = node;
  let swallows = false;
  for (;;) {
    const { parent } = at;
    const isWrapper = ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent) || ts.isSatisfiesExpression(parent);
    const isFallback = ts.isBinaryExpression(parent) && parent.left === at && isEmptyFallback(parent);
    if (!isWrapper && !isFallback) break;
    swallows ||= isFallback;
    at = parent;
  }
  const isOptional = (ts.isPropertyAccessExpression(at.parent) || ts.isElementAccessExpression(at.parent)) && at.parent.expression === at && at.parent.questionDotToken !== undefined;
  return { node: at, swallows: swallows || isOptional };
}

const isEmptyFallback = ({ operatorToken, right }: ts.BinaryExpression): boolean =>
  (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || operatorToken.kind === ts.SyntaxKind.BarBarToken) && ts.isArrayLiteralExpression(right) && right.elements.length === 0;

/** Callbacks that are given each entry, and as which parameter. */
const takers: Readonly<Record<string, number>> = { map: 0, forEach: 0, flatMap: 0, filter: 0, find: 0, some: 0, every: 0, findIndex: 0, reduce: 1 };

function listSeen(list: ListPlace, checker: ts.TypeChecker): Seen[] {
  if (ts.isArrayBindingPattern(list)) return list.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : element.dotDotDotToken ? ['unknown'] : nameSeen(element.name, checker)));
  const { parent } = list;
  if (ts.isExpressionStatement(parent)) return ['value'];
  if (asksWhetherThere(list)) return ['null'];
  if (ts.isVariableDeclaration(parent) && ts.isArrayBindingPattern(parent.name)) return listSeen(parent.name, checker);
  // Its indexes alone.
  if (ts.isForInStatement(parent) && parent.expression === list) return ['value'];
  if (ts.isForOfStatement(parent) && parent.expression === list) {
    const [declared] = ts.isVariableDeclarationList(parent.initializer) ? parent.initializer.declarations : [];
    return declared ? nameSeen(declared.name, checker) : ['unknown'];
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === list) return entrySeen(parent, checker);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== list) return ['unknown'];
  if (parent.name.text === 'length') return ['value'];
  const index = takers[parent.name.text];
  const fn = ts.isCallExpression(parent.parent) && parent.parent.arguments[0] ? unwrap(parent.parent.arguments[0]) : undefined;
  if (index === undefined || !fn || !isFunctionWithBody(fn)) return ['unknown'];
  const name = fn.parameters[index]?.name;
  return name ? nameSeen(name, checker) : usesArguments(fn) ? ['unknown'] : ['value'];
}

/** A name or pattern that an entry is put into. */
function nameSeen(name: ts.BindingName, checker: ts.TypeChecker): Seen[] {
  if (ts.isIdentifier(name)) return referencesTo(name, checker).flatMap((reference) => entrySeen(reference, checker));
  if (!ts.isArrayBindingPattern(name)) return ['unknown'];
  const [error] = name.elements;
  if (!error || ts.isOmittedExpression(error)) return ['value'];
  if (error.dotDotDotToken || !ts.isIdentifier(error.name)) return ['unknown'];
  return referencesTo(error.name, checker).length > 0 ? ['error'] : ['value'];
}

/** An entry: `entry[1]`, `const [, value] = entry`. */
function entrySeen(entry: ts.Expression, checker: ts.TypeChecker): Seen[] {
  const { node } = peel(entry);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return nameSeen(parent.name, checker);
  // Asks which client's replies they are.
  if (ts.isCallExpression(parent) && parent.arguments[0] === node && parent.expression.getText() === 'Array.isArray') return ['value'];
  if (!ts.isElementAccessExpression(parent) || parent.expression !== node || !ts.isNumericLiteral(parent.argumentExpression)) return ['unknown'];
  return [parent.argumentExpression.text === '1' ? 'value' : 'error'];
}
