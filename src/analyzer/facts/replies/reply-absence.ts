/**
 * Where a read finds nothing, which way the code goes: the conditions between a read and a place further down, tried with the reply that
 * a missing key gives and with that of one that is there.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { comparisonOf, type Comparison } from '../code/comparison.ts';
import { definitionsOf } from '../code/definitions.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import { guardsBetween, type Guard } from '../code/path-conditions.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { flowOf, isReplyParameter } from './reply-flow.ts';
import { unitOf, type Unit } from '../code/units.ts';

/** As much of a value as conditions ask for; undefined where it is not known. `some`: a number from one on; `record`, `list`: with something in it. */
type Known = 'null' | 'zero' | 'one' | 'some' | 'text' | 'object' | 'record' | 'empty record' | 'list' | 'empty list' | 'true' | 'false' | 'NaN' | undefined;

interface Assumed {
  source: ts.CallExpression;
  reply: Known;
  workspace: Workspace;
  depth: number;
}

/** Whether a place is got to; undefined where that hangs on something else too. */
export interface Reached {
  absent: boolean | undefined;
  present: boolean | undefined;
}

/** @param target a node of the same function as the read's site, further down */
export function reachedWhen(read: KeyEffect, target: ts.Node, workspace: Workspace): Reached {
  const guards = guardsBetween(read.site, target);
  const tried = (reply: Known): boolean | undefined => {
    const value = replyOf(read, reply, workspace);
    const results = guards.map(({ test, holds }) => {
      const known = truth(evaluate(test, { source: read.site, reply: value, workspace, depth: 0 }));
      return known === undefined ? undefined : known === holds;
    });
    return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
  };
  const [absent, present] = repliesOf(read);
  return { absent: tried(absent), present: tried(present) };
}

/** What a condition on the reply of a command in the same function comes to. */
export function isRepliedWhen(call: RedisCall, condition: ts.Expression, workspace: Workspace): Reached {
  const [absent, present] = repliesOf({ call });
  const tried = (reply: Known): boolean | undefined => truth(evaluate(condition, { source: call.node as ts.CallExpression, reply, workspace, depth: 0 }));
  return { absent: tried(absent), present: tried(present) };
}

/** Of a key that is not there, and of one that is. */
function repliesOf({ call }: Pick<KeyEffect, 'call'>): [Known, Known] {
  switch (call.command) {
    case 'EXISTS':
    case 'STRLEN':
    case 'SCARD':
    case 'LLEN':
    case 'HLEN':
      return ['zero', 'one'];
    case 'HGETALL':
      // node-redis 3 alone gives null.
      return [call.dialect === 'node-redis' && call.major < 4 ? 'null' : 'empty record', 'record'];
    case 'GET':
    case 'HGET':
    case 'GETEX':
    case 'JSON.GET':
      return ['null', call.command === 'JSON.GET' && call.spelling !== 'raw' ? 'object' : 'text'];
    case 'SMEMBERS':
    case 'LRANGE':
    case 'ZRANGE':
      return ['empty list', 'list'];
    default:
      return [undefined, 'object'];
  }
}

/** What the call of a helper gives, by what it makes of the reply. */
function replyOf({ call, site }: KeyEffect, reply: Known, workspace: Workspace): Known {
  if (site === call.node || reply === undefined) return reply;
  return outcome(workspace.called(site), call.node as ts.CallExpression, reply, workspace, 0);
}

function outcome(unit: Unit | undefined, command: ts.CallExpression, reply: Known, workspace: Workspace, depth: number): Known {
  if (!unit || ts.isClassLike(unit) || !isFunctionWithBody(unit) || depth > 3) return undefined;
  const run = (source: ts.CallExpression, value: Known): Known => {
    const assumed: Assumed = { source, reply: value, workspace, depth: 0 };
    const { body } = unit;
    return ts.isBlock(body) ? (returned(body.statements, assumed)?.value ?? undefined) : evaluate(body, assumed);
  };
  if (unitOf(command) === unit) return run(command, reply);
  for (const [inner, site] of workspace.sitesWithin(unit)) {
    if (!ts.isCallExpression(site) || inner === unit) continue;
    const value = outcome(inner, command, reply, workspace, depth + 1);
    if (value !== undefined) return run(site, value);
  }
  return undefined;
}

/** What statements return: `value` undefined where it is not known; undefined where they run to their end. */
function returned(statements: readonly ts.Statement[], assumed: Assumed): { value: Known } | undefined {
  for (const statement of statements) {
    if (ts.isReturnStatement(statement)) return { value: statement.expression ? evaluate(statement.expression, assumed) : 'null' };
    if (ts.isBlock(statement)) {
      const inner = returned(statement.statements, assumed);
      if (inner) return inner;
    } else if (ts.isTryStatement(statement)) {
      const inner = returned(statement.tryBlock.statements, assumed);
      if (inner) return inner;
    } else if (ts.isIfStatement(statement)) {
      const is = truth(evaluate(statement.expression, assumed));
      const branches = [...(is === false ? [] : [statement.thenStatement]), ...(is === true ? [] : [statement.elseStatement])];
      const results = branches.map((branch) => branch && returned([branch], assumed));
      if (is === undefined && results.some((one) => one !== undefined)) return { value: undefined };
      if (results[0]) return results[0];
    } else if (!ts.isVariableStatement(statement) && !ts.isExpressionStatement(statement)) return { value: undefined };
  }
  return undefined;
}

/** The conditions on the way from a read to a place that hang on what the reply holds, not only on whether there is one. */
export function contentGuards(read: KeyEffect, target: ts.Node, workspace: Workspace): readonly Guard[] {
  const [, present] = repliesOf(read);
  const value = replyOf(read, present, workspace);
  return guardsBetween(read.site, target).filter(
    ({ test }) => truth(evaluate(test, { source: read.site, reply: value, workspace, depth: 0 })) === undefined && flowOf(test, read.site, workspace.checker) !== 'none',
  );
}

const truths: Readonly<Record<NonNullable<Known>, boolean>> = {
  null: false, zero: false, one: true, some: true, text: true, object: true, record: true, 'empty record': true, list: true, 'empty list': true, true: true, false: false, NaN: false,
};
const truth = (value: Known): boolean | undefined => value && truths[value];
const known = (value: boolean | undefined): Known => (value === undefined ? undefined : value ? 'true' : 'false');

function evaluate(expression: ts.Expression, assumed: Assumed): Known {
  const node = unwrap(expression);
  if (node === assumed.source) return assumed.reply;
  if (assumed.depth > 24) return undefined;
  const again = (inner: ts.Expression): Known => evaluate(inner, { ...assumed, depth: assumed.depth + 1 });
  if (ts.isAwaitExpression(node)) return again(node.expression);
  if (ts.isIdentifier(node)) return node.text === 'undefined' ? 'null' : node.text === 'NaN' ? 'NaN' : valueOfVariable(node, assumed);
  if (ts.isStringLiteralLike(node)) return node.text === '' ? undefined : 'text';
  if (ts.isNumericLiteral(node)) return Number(node.text) === 0 ? 'zero' : Number(node.text) === 1 ? 'one' : undefined;
  if (node.kind === ts.SyntaxKind.NullKeyword) return 'null';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return known(node.kind === ts.SyntaxKind.TrueKeyword);
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node) || ts.isNewExpression(node)) return 'object';
  if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.ExclamationToken) return known(not(truth(again(node.operand))));
    return node.operator === ts.SyntaxKind.PlusToken ? toNumber(again(node.operand)) : undefined;
  }
  if (ts.isConditionalExpression(node)) {
    const is = truth(again(node.condition));
    if (is !== undefined) return again(is ? node.whenTrue : node.whenFalse);
    const [a, b] = [again(node.whenTrue), again(node.whenFalse)];
    return a === b ? a : undefined;
  }
  if (ts.isBinaryExpression(node)) return binary(node, again);
  if (ts.isPropertyAccessExpression(node)) {
    const owner = again(node.expression);
    if (owner === 'null' && node.questionDotToken) return 'null';
    if (node.name.text !== 'length') return undefined;
    return owner === 'list' ? 'some' : owner === 'empty list' ? 'zero' : undefined;
  }
  return ts.isCallExpression(node) ? ofCall(node, again) : undefined;
}

function ofCall(node: ts.CallExpression, again: (inner: ts.Expression) => Known): Known {
  const method = methodOf(node);
  const name = method?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
  const [first] = node.arguments;
  const value = first && again(first);
  if (/^(?:keys|values|entries)$/.test(name) && method?.target.getText() === 'Object') return value === 'record' ? 'list' : value === 'empty record' ? 'empty list' : undefined;
  if (name === 'Boolean') return known(truth(value));
  if (name === 'Number') return toNumber(value);
  if (name === 'parseInt' || name === 'parseFloat') return value === 'null' ? 'NaN' : undefined;
  if (name === 'parse') return value === 'null' ? 'null' : value === 'text' ? 'object' : undefined;
  if (method && /^(?:catch|finally)$/.test(name)) return again(method.target);
  return undefined;
}

const toNumber = (value: Known): Known => (value === 'null' || value === 'zero' || value === 'false' ? 'zero' : value === 'one' || value === 'true' ? 'one' : undefined);
const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function binary(node: ts.BinaryExpression, again: (inner: ts.Expression) => Known): Known {
  const kind = node.operatorToken.kind;
  const left = again(node.left);
  const is = truth(left);
  switch (kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      if (is === undefined) return truth(again(node.right)) === false ? 'false' : undefined;
      return is ? again(node.right) : left;
    case ts.SyntaxKind.BarBarToken:
      if (is === undefined) return truth(again(node.right)) === true ? 'true' : undefined;
      return is ? left : again(node.right);
    case ts.SyntaxKind.QuestionQuestionToken:
      return left === undefined ? undefined : left === 'null' ? again(node.right) : left;
    case ts.SyntaxKind.EqualsToken:
      return again(node.right);
    default: {
      const comparison = comparisonOf(node);
      return comparison && known(compared(left, comparison, again(node.right)));
    }
  }
}

function compared(left: Known, comparison: Comparison, right: Known): boolean | undefined {
  switch (comparison) {
    case '==':
      return equal(left, right);
    case '!=':
      return not(equal(left, right));
    case '>':
      return greater(left, right);
    case '<=':
      return not(greater(left, right));
    case '<':
      return greater(right, left);
    case '>=':
      return not(greater(right, left));
  }
}

/** Two texts may be any. */
function equal(a: Known, b: Known): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return /^(?:null|zero|one|true|false)$/.test(a) ? true : undefined;
  return (a === 'some' && b === 'one') || (a === 'one' && b === 'some') ? undefined : false;
}

function greater(a: Known, b: Known): boolean | undefined {
  if (a === 'some' || b === 'some') return (a === 'some' && b === 'zero') || (a === 'zero' && b === 'some') ? a === 'some' : undefined;
  const [x, y] = [numberOf(a), numberOf(b)];
  return x === undefined || y === undefined ? undefined : x > y;
}

const numberOf = (value: Known): number | undefined => (value === 'zero' || value === 'null' ? 0 : value === 'one' ? 1 : undefined);

function valueOfVariable(name: ts.Identifier, assumed: Assumed): Known {
  const definitions = definitionsOf(name, assumed.workspace.checker) ?? [];
  const values = definitions.map((one): Known => {
    if (one.kind === 'parameter') return isReplyParameter(one.node, assumed.source) ? assumed.reply : undefined;
    return one.kind === 'value' ? evaluate(one.node, { ...assumed, depth: assumed.depth + 1 }) : undefined;
  });
  const [first] = values;
  return values.every((one) => one === first) ? first : undefined;
}
