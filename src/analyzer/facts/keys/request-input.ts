/** Whether a text is, or holds, what a request brought, as it came: followed through variables and what only trims it, up to whatever checks or changes it. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { firstFor, isFunctionWithBody, methodOf, unwrap, walk } from '../code/ast.ts';
import { comparisonOf } from '../code/comparison.ts';
import { declarationOf } from '../code/maybe-undefined.ts';
import { passedFor } from '../code/passed-argument.ts';
import { conditionsBefore, referenceText } from '../code/tested.ts';

const deepest = 5;
/** Parts of a request that its sender writes. */
const parts = new Set(['query', 'params', 'body', 'headers', 'cookies', 'param', 'header', 'json', 'text', 'formData', 'searchParams', 'queryStringParameters', 'pathParameters']);
/** Ways to those parts. */
const ways = new Set(['request', 'req', 'raw', 'url', 'nextUrl', 'valid']);
const decorators = new Set(['Query', 'Param', 'Body', 'Headers', 'Cookies', 'Args', 'Payload']);
/** Leave the text what it is, for a pattern and for a key. */
const harmless = new Set(['toString', 'trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'normalize']);

/** The input that a text is; undefined where something stands before or behind it, or it was checked. */
export function wholeInput(text: ts.Expression, workspace: Workspace, depth = 0): ts.Expression | undefined {
  const node = unwrap(text);
  if (depth > deepest) return undefined;
  const again = (one: ts.Expression): ts.Expression | undefined => wholeInput(one, workspace, depth + 1);
  if (ts.isAwaitExpression(node)) return again(node.expression);
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) ?? again(node.whenFalse);
  if (ts.isBinaryExpression(node)) return isChoice(node) ? again(node.left) ?? again(node.right) : undefined;
  if (ts.isTemplateExpression(node)) {
    const [span, ...more] = node.templateSpans;
    return span && more.length === 0 && node.head.text === '' && span.literal.text === '' ? again(span.expression) : undefined;
  }
  if (isChecked(node) || isNoText(node, workspace.checker)) return undefined;
  if (isSource(node, workspace)) return node;
  if (ts.isCallExpression(node)) {
    const method = methodOf(node);
    if (method) return harmless.has(method.name) ? again(method.target) : undefined;
    const [first] = node.arguments;
    return first && ts.isIdentifier(node.expression) && /^(?:String|decodeURIComponent|decodeURI)$/.test(node.expression.text) ? again(first) : undefined;
  }
  const declaration = declarationOf(node, workspace.checker);
  return declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) && declaration.initializer ? again(declaration.initializer) : undefined;
}

/** The input that is some part of a text, helpers' parameters included: what a caller passes for one. */
export function inputWithin(text: ts.Expression, workspace: Workspace, depth = 0): ts.Expression | undefined {
  const node = unwrap(text);
  if (depth > deepest) return undefined;
  const again = (one: ts.Expression): ts.Expression | undefined => inputWithin(one, workspace, depth + 1);
  const whole = wholeInput(node, workspace);
  if (whole) return whole;
  if (ts.isTemplateExpression(node)) return firstFor(node.templateSpans.map(({ expression }) => expression), again);
  if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.PlusToken || isChoice(node))) return again(node.left) ?? again(node.right);
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) ?? again(node.whenFalse);
  if (!ts.isIdentifier(node) || isChecked(node) || isNoText(node, workspace.checker)) return undefined;
  for (const { argument } of passedFor(node, workspace)) {
    const input = wholeInput(argument, workspace);
    if (input) return input;
  }
  const declaration = declarationOf(node, workspace.checker);
  return declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) && declaration.initializer ? again(declaration.initializer) : undefined;
}

const isChoice = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean => kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;

/** A number, a boolean, one of some texts that the type names. */
function isNoText(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node);
  const scalar = ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike | ts.TypeFlags.StringLiteral | ts.TypeFlags.Enum | ts.TypeFlags.Undefined | ts.TypeFlags.Null;
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => (flags & scalar) !== 0);
}

/** `req.query.q`, `new URL(request.url).searchParams.get('q')`, `name` of `const { name } = req.params`. */
const isSource = (node: ts.Expression, workspace: Workspace): boolean => requestPart(node, workspace) === 'value';

/** `req.body` is a `whole` part of a request, `req.body.host` a `value` in one. */
export function requestPart(node: ts.Expression, workspace: Workspace): 'whole' | 'value' | undefined {
  const path = pathOf(node, workspace.checker);
  if (!path) return undefined;
  const { parameter, names } = path;
  if (isDecorated(parameter)) return 'value';
  const at = names.findIndex((name) => !ways.has(name));
  // The part itself is an object, but for one that is asked for by a call.
  const [part = '', ...rest] = names.slice(Math.max(at, 0));
  if (!parts.has(part)) return undefined;
  const name = ts.isIdentifier(parameter.name) ? parameter.name.text : '';
  const isRequest = /^_?(?:req|request|ctx|context)$/.test(name) || /^a (?:request handler|function invocation)$/.test(workspace.requestPath(parameter, () => false) ?? '');
  if (!isRequest) return undefined;
  return rest.length === 0 ? 'whole' : 'value';
}

interface Path {
  parameter: ts.ParameterDeclaration;
  names: readonly string[];
}

function pathOf(expression: ts.Expression, checker: ts.TypeChecker, depth = 0): Path | undefined {
  const node = unwrap(expression);
  if (depth > 12) return undefined;
  const again = (one: ts.Expression): Path | undefined => pathOf(one, checker, depth + 1);
  if (ts.isAwaitExpression(node)) return again(node.expression);
  if (ts.isPropertyAccessExpression(node)) return extended(again(node.expression), node.name.text);
  if (ts.isElementAccessExpression(node)) return extended(again(node.expression), ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : '*');
  if (ts.isNewExpression(node)) return node.expression.getText() === 'URL' && node.arguments?.[0] ? again(node.arguments[0]) : undefined;
  if (ts.isCallExpression(node)) {
    const method = methodOf(node);
    if (!method || !(parts.has(method.name) || method.name === 'get')) return undefined;
    // `c.req.query('q')` is a value of the query.
    const called = method.name === 'get' ? again(method.target) : extended(again(method.target), method.name);
    return node.arguments.length > 0 || method.name === 'text' ? extended(called, '*') : called;
  }
  const declaration = declarationOf(node, checker);
  return declaration && pathOfDeclaration(declaration, checker, depth + 1);
}

function pathOfDeclaration(declaration: ts.Node, checker: ts.TypeChecker, depth: number): Path | undefined {
  if (ts.isParameter(declaration)) return isFunctionWithBody(declaration.parent) ? { parameter: declaration, names: [] } : undefined;
  if (ts.isVariableDeclaration(declaration)) return declaration.initializer && pathOf(declaration.initializer, checker, depth);
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent) || declaration.dotDotDotToken) return undefined;
  const name = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? extended(pathOfDeclaration(declaration.parent.parent, checker, depth), name.text) : undefined;
}

const extended = (path: Path | undefined, name: string): Path | undefined => path && { parameter: path.parameter, names: [...path.names, name] };

/** Nest: `(@Query('q') q: string)`; with a pipe it is checked. */
function isDecorated(parameter: ts.ParameterDeclaration): boolean {
  return (ts.getDecorators(parameter) ?? []).some(({ expression }) => ts.isCallExpression(expression) && ts.isIdentifier(expression.expression) && decorators.has(expression.expression.text) && expression.arguments.length <= 1);
}

/** Whether code looks at what the value is before it uses it, beyond whether it is there at all. */
function isChecked(node: ts.Expression): boolean {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false;
  const text = referenceText(node);
  for (const condition of conditionsBefore(node)) {
    let found = checks(condition, text);
    walk(condition, (at) => {
      found ||= checks(at, text);
      return !found;
    });
    if (found) return true;
  }
  return false;
}

/** Whether a node is that value within something that tells what it is. */
function checks(node: ts.Node, text: string): boolean {
  if ((!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) || referenceText(node) !== text) return false;
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isCallExpression(parent)) return parent.expression !== at && !/^(?:Boolean|Array\.isArray)$/.test(parent.expression.getText());
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === at;
  if (ts.isElementAccessExpression(parent) || ts.isSwitchStatement(parent)) return true;
  if (!ts.isBinaryExpression(parent)) return false;
  const other = unwrap(parent.left === at ? parent.right : parent.left);
  const isPresence = other.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(other) && other.text === 'undefined') || (ts.isStringLiteralLike(other) && other.text === '');
  const compares = comparisonOf(parent) !== undefined || parent.operatorToken.kind === ts.SyntaxKind.InKeyword;
  return compares && !isPresence;
}
