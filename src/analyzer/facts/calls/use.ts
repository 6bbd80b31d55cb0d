/** Where a reply goes from where it comes: awaited, given to a callback, held, returned, dropped. Syntax alone. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, methodOf, unwrap, wrapped } from '../code/ast.ts';
import type { ResultUse, UseKind } from './redis-call.ts';

const combinators = new Set(['all', 'allSettled', 'race', 'any']);
const collectors = new Set(['push', 'unshift', 'add', 'set']);
/** Callbacks whose promises are gathered into a list by the method itself. */
const gatherers = new Set(['map', 'flatMap']);

/** The `await` right around a promise. */
export function awaitOf(promise: ts.Expression): ts.AwaitExpression | undefined {
  const { parent } = wrapped(promise);
  return ts.isAwaitExpression(parent) ? parent : undefined;
}

/** What a promise is awaited to right where it stands, else the promise itself; with parentheses and assertions. */
export const awaitedValue = (promise: ts.Expression): ts.Expression => wrapped(awaitOf(promise) ?? promise);

/** `promise.then(…)` */
function thenCall(promise: ts.Expression): ts.CallExpression | undefined {
  const link = wrapped(promise).parent;
  if (!ts.isPropertyAccessExpression(link) || link.name.text !== 'then') return undefined;
  return ts.isCallExpression(link.parent) && link.parent.expression === link ? link.parent : undefined;
}

/** What a function that is given the reply calls it: a command's node callback, or that of a `.then(…)`. */
export interface ReplyTaker {
  reply: ts.BindingName | undefined;
  /** Of a node callback. */
  error: ts.BindingName | undefined;
}

/**
 * @param promise the call of a command, or of a helper that hands its reply out
 * @param callback the command's node callback
 * @returns undefined where nothing takes the reply, or no function that is written there
 */
export function replyTaker(promise: ts.Expression, callback?: ts.Expression): ReplyTaker | undefined {
  const given = callback ?? thenCall(promise)?.arguments[0];
  const fn = given && unwrap(given);
  if (!fn || !isFunctionWithBody(fn)) return undefined;
  const [first, second] = fn.parameters;
  return callback ? { reply: second?.name, error: first?.name } : { reply: first?.name, error: undefined };
}

export function resultUse(call: ts.Expression, callback: ts.Expression | undefined, queued: boolean): ResultUse {
  const outer = wrapped(call);
  const value = awaitedValue(call);
  if (queued) return { kind: 'queued', value: outer, target: undefined };
  if (callback) return { kind: 'callback', value: outer, target: undefined };
  if (value !== outer) return { kind: 'awaited', value, target: targetOf(value) };
  return { kind: kindOf(outer), value: outer, target: undefined };
}

function kindOf(outer: ts.Expression): UseKind {
  const parent = outer.parent;
  if (ts.isVoidExpression(parent)) return 'void';
  if (ts.isReturnStatement(parent)) return gathered(parent) ? 'collected' : 'returned';
  if (ts.isArrowFunction(parent) && parent.body === outer) return isGatheredCallback(parent) ? 'collected' : 'returned';
  if (ts.isPropertyAccessExpression(parent) && parent.expression === outer && ts.isCallExpression(parent.parent)) return chainKind(parent, parent.parent);
  if (ts.isConditionalExpression(parent) && parent.condition !== outer) return useOfWhole(wrapped(parent));
  if (ts.isBinaryExpression(parent)) {
    if (isAssignment(parent) && parent.right === outer) return 'assigned';
    const last = parent.right === outer || parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    return last ? useOfWhole(wrapped(parent)) : 'argument';
  }
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent)) return 'assigned';
  if (ts.isArrayLiteralExpression(parent)) return isCombined(parent) ? 'collected' : 'argument';
  if (ts.isCallExpression(parent) && parent.expression !== outer) {
    const method = methodOf(parent);
    return method && collectors.has(method.name) ? 'collected' : 'argument';
  }
  if (ts.isSpreadElement(parent) || ts.isYieldExpression(parent)) return 'argument';
  return 'floating';
}

/** `a ? r.get(x) : null`, `cached ?? r.get(x)`: used as the whole is. */
function useOfWhole(whole: ts.Expression): UseKind {
  return ts.isAwaitExpression(whole.parent) ? 'awaited' : kindOf(whole);
}

/** `.then(…)`, `.catch(…)`, `.finally(…)`: handled where any link of the chain catches, and used as the chain's end is. */
function chainKind(access: ts.PropertyAccessExpression, call: ts.CallExpression): UseKind {
  const name = access.name.text;
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return 'argument';
  const end = wrapped(call);
  const rest = ts.isAwaitExpression(end.parent) ? 'awaited' : kindOf(end);
  if (rest !== 'floating') return rest;
  return name === 'catch' || (name === 'then' && call.arguments.length > 1) ? 'caught' : 'then';
}

/** What an awaited reply is put into: a name, a pattern or a place. */
export function targetOf(value: ts.Expression): ts.BindingName | ts.Expression | undefined {
  const parent = value.parent;
  if (ts.isVariableDeclaration(parent) && parent.initializer === value) return parent.name;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === value) return parent.left;
  return undefined;
}

function isCombined(list: ts.ArrayLiteralExpression): boolean {
  const outer = wrapped(list);
  const call = outer.parent;
  return ts.isCallExpression(call) && combinators.has(methodOf(call)?.name ?? '');
}

function gathered(statement: ts.ReturnStatement): boolean {
  let at: ts.Node = statement;
  while (!isFunctionWithBody(at) && !ts.isSourceFile(at)) at = at.parent;
  return ts.isArrowFunction(at) || ts.isFunctionExpression(at) ? isGatheredCallback(at) : false;
}

function isGatheredCallback(fn: ts.Expression): boolean {
  const call = fn.parent;
  return ts.isCallExpression(call) && call.arguments[0] === fn && gatherers.has(methodOf(call)?.name ?? '');
}
