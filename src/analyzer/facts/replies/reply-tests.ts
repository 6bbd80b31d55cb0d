/**
 * How code tests a reply: what a condition says of it (`if (hits === 1)`, `if (!(await r.exists(k))) return`), and whether an expression
 * that stands for it is tested where it stands. Syntax alone.
 */
import ts from 'typescript';
import { unwrap, wrapped } from '../code/ast.ts';
import { comparisonOf, isEquality, mirrored, opposite, type Comparison } from '../code/comparison.ts';
import type { Condition } from '../code/path-conditions.ts';
import { awaitedValue, replyTaker, targetOf } from '../calls/use.ts';

/** The reply of a command, or of the helper that sends it, in the function that asks. */
export interface Reply {
  /** The expression that is the reply. */
  value: ts.Expression;
  /** The variable, or the callback's parameter, that holds it. */
  name: string | undefined;
  /** A variable that holds a test of it: `const known = (await r.exists(k)) === 1`. */
  flag: { name: string; test: ts.Expression } | undefined;
  /** A node callback's first parameter. */
  error: string | undefined;
}

/** What a test says: the reply compared with something, or its truth. As it holds where the condition is met. */
export interface ReplyTest {
  operator: Comparison | 'truthy' | 'falsy';
  other: ts.Expression | undefined;
}

/** @param callback the command's node-style callback */
export function replyOf(site: ts.CallExpression, callback?: ts.Expression): Reply {
  const value = awaitedValue(site);
  const none: Reply = { value, name: undefined, flag: undefined, error: undefined };
  const taker = replyTaker(site, callback);
  if (taker) return { ...none, name: nameIn(taker.reply), error: nameIn(taker.error) };
  if (callback) return none;
  const name = nameIn(targetOf(value));
  if (name !== undefined) return { ...none, name };
  const test = testAround(value);
  const flag = test === value ? undefined : nameIn(targetOf(test));
  return flag === undefined ? none : { ...none, flag: { name: flag, test } };
}

const nameIn = (target: ts.Node | undefined): string | undefined => (target && ts.isIdentifier(target) ? target.text : undefined);

/** `!x`, `x === 1`, `Boolean(x)` around a reply. */
function testAround(value: ts.Expression): ts.Expression {
  let at = value;
  for (;;) {
    const { parent } = at;
    const isTest =
      (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) ||
      comparisonOf(parent) !== undefined ||
      (ts.isCallExpression(parent) && isBoolean(parent));
    if (!isTest) return at;
    at = wrapped(parent as ts.Expression);
  }
}

const isBoolean = (call: ts.CallExpression): boolean => ts.isIdentifier(call.expression) && call.expression.text === 'Boolean' && call.arguments.length === 1;

/** What a condition says of a reply; undefined where it speaks of something else. */
export function testOf({ test, holds }: Condition, reply: Reply): ReplyTest | undefined {
  const inner = unwrap(test);
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) return testOf({ test: inner.operand, holds: !holds }, reply);
  if (ts.isCallExpression(inner) && isBoolean(inner) && inner.arguments[0]) return testOf({ test: inner.arguments[0], holds }, reply);
  if (isReply(inner, reply)) return { operator: holds ? 'truthy' : 'falsy', other: undefined };
  if (reply.flag && ts.isIdentifier(inner) && inner.text === reply.flag.name) return testOf({ test: reply.flag.test, holds }, { ...reply, flag: undefined });
  if (!ts.isBinaryExpression(inner)) return undefined;
  const operator = comparisonOf(inner);
  if (!operator) return undefined;
  if (isReply(inner.left, reply)) return { operator: holds ? operator : opposite[operator], other: unwrap(inner.right) };
  if (isReply(inner.right, reply)) return { operator: holds ? mirrored[operator] : opposite[mirrored[operator]], other: unwrap(inner.left) };
  return undefined;
}

/** Whether an expression is the reply, or the variable that holds it; `Number(hits)` is as `hits`. */
export function isReply(node: ts.Expression, { value, name }: Pick<Reply, 'value' | 'name'>): boolean {
  const inner = unwrap(node);
  if (inner === unwrap(value)) return true;
  if (ts.isCallExpression(inner) && ts.isIdentifier(inner.expression) && inner.expression.text === 'Number' && inner.arguments[0]) return isReply(inner.arguments[0], { value, name });
  return name !== undefined && ts.isIdentifier(inner) && inner.text === name;
}

/** Whether a condition is but that there was no error: `if (err) return done(err)`. */
export const isNoError = ({ test, holds }: Condition, { error }: Reply): boolean => error !== undefined && !holds && ts.isIdentifier(test) && test.text === error;

const yes = new Set(['1', 'true', "'OK'", '"OK"']);
const no = new Set(['0', 'false', 'null', 'undefined']);

/** Of a reply that says yes or no (SETNX, SET … NX, EXISTS), and of one that is a value or null (GET): which of both a test holds for. */
export function answerOf({ operator, other }: ReplyTest): 'yes' | 'no' | undefined {
  if (operator === 'truthy') return 'yes';
  if (operator === 'falsy') return 'no';
  const text = other?.getText() ?? '';
  if (operator === '>' || operator === '<=') return text === '0' ? (operator === '>' ? 'yes' : 'no') : undefined;
  if (operator === '>=' || operator === '<') return text === '1' ? (operator === '>=' ? 'yes' : 'no') : undefined;
  if (!yes.has(text) && !no.has(text)) return undefined;
  return yes.has(text) === (operator === '==') ? 'yes' : 'no';
}

/**
 * Whether only the truth of an expression counts where it stands: `if (x)`, `!x`, `x ? a : b`, `Boolean(x)`, `if (x && y)`. What a `for` asks
 * does not count: while somebody types `for (const [error of replies`, the list is read as that.
 */
export function isTruthOnly(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isCallExpression(parent)) return isBoolean(parent) && parent.arguments[0] === node;
  return isAndOr(parent) && isTruthOnly(wrapped(parent));
}

/** Whether an expression is only tested where it stands, or says what an error says: what it holds goes nowhere. */
export function isOnlyTested(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.findAncestor(node, (at) => ts.isThrowStatement(at) || (ts.isStatement(at) && 'quit')) !== undefined) return true;
  if (comparisonOf(parent) || isTruthOnly(node)) return true;
  if (ts.isCallExpression(parent)) return parent.arguments[0] === node && /^(?:Boolean|Number|parseInt)$/.test(parent.expression.getText()) && (parent.expression.getText() === 'Boolean' || isOnlyTested(wrapped(parent)));
  return (ts.isConditionalExpression(parent) || isAndOr(parent)) && isOnlyTested(wrapped(parent));
}

/** Whether code asks only if there is a value: `!raw`, `raw === null`, `if (raw)`, `raw ? a : b`, `raw && …`. */
export function asksWhetherThere(node: ts.Expression): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent)) return !ts.isCallExpression(parent) && isTruthOnly(node);
  if (!isEquality(comparisonOf(parent))) return parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.left === node;
  const other = unwrap(parent.left === node ? parent.right : parent.left);
  return other.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(other) && other.text === 'undefined');
}

const isAndOr = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken);
