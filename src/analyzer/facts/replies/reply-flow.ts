/**
 * Whether a value is made of a command's reply, and how: read backwards from the value, through the variables of the function.
 * What only decides which of two values it is (`raw ? a : b`) does not count.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isAssignment, methodOf, some, unwrap } from '../code/ast.ts';
import { definitionsOf } from '../code/definitions.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import { returnedBy } from '../code/returned-by.ts';
import { unitOf, type Unit } from '../code/units.ts';
import { replyTaker } from '../calls/use.ts';

/** `part`: a property of it; `same`: it, decoded or encoded; `changed`: computed from it, or it with something changed in it. */
export type Flow = 'none' | 'part' | 'same' | 'changed';

const order: readonly Flow[] = ['none', 'part', 'same', 'changed'];
const most = (flows: readonly Flow[]): Flow => flows.reduce<Flow>((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'none');
const deepest = 24;

/** They give what they are given in another form. */
const codecs = /^(?:parse|stringify|String|Number|BigInt|Boolean|parseInt|parseFloat|from|toString|valueOf|structuredClone|trim|deserializ\w+|serializ\w+|decode|encode|superjson|freeze|assertDefined|resolve)$/;

/** @param source the command, or the call of the helper that hands its reply out */
export function flowOf(value: ts.Expression, source: ts.CallExpression, checker: ts.TypeChecker, depth = 0): Flow {
  const node = unwrap(value);
  const again = (inner: ts.Expression): Flow => flowOf(inner, source, checker, depth + 1);
  if (node === source) return 'same';
  if (depth > deepest || ts.isFunctionLike(node) || ts.isLiteralExpression(node)) return 'none';
  if (ts.isIdentifier(node)) return flowOfVariable(node, source, checker, depth);
  if (ts.isAwaitExpression(node)) {
    const inner = unwrap(node.expression);
    const flow = again(inner);
    return ts.isCallExpression(inner) && inner !== source && flow === 'changed' && !isMadeFrom(inner, again, checker) ? 'none' : flow;
  }
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return again(node.expression) === 'none' ? 'none' : 'part';
  if (ts.isConditionalExpression(node)) return most([again(node.whenTrue), again(node.whenFalse)]);
  if (ts.isBinaryExpression(node)) {
    if (isAssignment(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return again(node.right);
    const flow = most([again(node.left), again(node.right)]);
    const kind = node.operatorToken.kind;
    return flow === 'none' || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.AmpersandAmpersandToken ? flow : 'changed';
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const flow = again(node.operand);
    return node.operator === ts.SyntaxKind.PlusToken || flow === 'none' ? flow : 'changed';
  }
  if (ts.isCallExpression(node)) {
    const method = methodOf(node);
    const name = method?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    const flow = most([...node.arguments.map((one) => again(ts.isSpreadElement(one) ? one.expression : one)), ...(method ? [again(method.target)] : [])]);
    if (flow === 'none' || codecs.test(name) || name === 'then' || name === 'catch') return flow;
    return 'changed';
  }
  if (ts.isTemplateExpression(node)) {
    const flow = most(node.templateSpans.map((span) => again(span.expression)));
    const [only] = node.templateSpans;
    return flow === 'none' || (node.templateSpans.length === 1 && node.head.text === '' && only?.literal.text === '') ? flow : 'changed';
  }
  const within = ts.isObjectLiteralExpression(node) ? node.properties.flatMap(valueOf) : ts.isArrayLiteralExpression(node) ? node.elements.flatMap(valueOf) : ts.isNewExpression(node) ? (node.arguments ?? []).flatMap(valueOf) : [];
  return within.some((one) => again(one) !== 'none') ? 'changed' : 'none';
}

function valueOf(node: ts.ObjectLiteralElementLike | ts.Expression): ts.Expression[] {
  if (ts.isPropertyAssignment(node)) return [node.initializer];
  if (ts.isShorthandPropertyAssignment(node)) return [node.name];
  if (ts.isSpreadAssignment(node) || ts.isSpreadElement(node)) return [node.expression];
  return ts.isExpression(node) ? [node] : [];
}

/** They wait while they change or pack what they are given. */
const changers = /(?:en|de)crypt|compress|zip|deflate|inflate|encode|decode|serial|stringify|merge|patch|apply|transform|migrate|reduce|normali[sz]e/i;

/** What is waited for is another value, fetched by the old one (`await list(cursor)`), but for what such a function, or one that the caller gives, makes of it. */
function isMadeFrom(call: ts.CallExpression, flow: (node: ts.Expression) => Flow, checker: ts.TypeChecker): boolean {
  if (!call.arguments.some((one) => ['same', 'changed'].includes(flow(ts.isSpreadElement(one) ? one.expression : one)))) return false;
  if (changers.test(methodOf(call)?.name ?? call.expression.getText())) return true;
  const declaration = ts.isIdentifier(call.expression) ? checker.getSymbolAtLocation(call.expression)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isParameter(declaration);
}

function flowOfVariable(name: ts.Identifier, source: ts.CallExpression, checker: ts.TypeChecker, depth: number): Flow {
  const flows: Flow[] = [];
  let touched = false;
  let given = false;
  for (const definition of definitionsOf(name, checker) ?? []) {
    if (definition.kind === 'parameter') flows.push(isReplyParameter(definition.node, source) ? 'same' : 'none');
    else if (definition.kind === 'value') flows.push(flowOf(definition.node, source, checker, depth + 1));
    else if (definition.kind === 'part') flows.push(flowOf(definition.node, source, checker, depth + 1) === 'none' ? 'none' : 'part');
    // What was done to it before the reply was there is no change of that.
    else if (definition.node.end > source.pos) {
      touched = true;
      given ||= definition.values.some((value) => flowOf(value, source, checker, depth + 1) !== 'none');
    }
  }
  const flow = most(flows);
  return (touched && flow !== 'none') || given ? 'changed' : flow;
}

/** `r.get(k, (error, reply) => …)`, `r.get(k).then((reply) => …)`. */
export function isReplyParameter(parameter: ts.ParameterDeclaration, source: ts.CallExpression): boolean {
  const last = source.arguments.at(-1);
  return replyTaker(source)?.reply === parameter.name || (last !== undefined && replyTaker(source, last)?.reply === parameter.name);
}

/** Whether the call of a helper gives the reply of the command that the helper sends, whatever it is made into. */
export function handsOutReply({ call, site }: KeyEffect, workspace: Workspace): boolean {
  return site === call.node || returnsReply(workspace.called(site), call.node as ts.CallExpression, workspace, 0);
}

function returnsReply(unit: Unit | undefined, command: ts.CallExpression, workspace: Workspace, depth: number): boolean {
  if (!unit || ts.isClassLike(unit) || depth > 3) return false;
  if (unitOf(command) === unit) return returnedBy(unit).some((value) => flowOf(value, command, workspace.checker) !== 'none' || some(value, (node) => node === command));
  return workspace.sitesWithin(unit).some(
    ([inner, site]) => ts.isCallExpression(site) && inner !== unit && returnsReply(inner, command, workspace, depth + 1) && returnedBy(unit).some((value) => flowOf(value, site, workspace.checker) !== 'none'),
  );
}
