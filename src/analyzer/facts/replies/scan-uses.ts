/** What code makes of SCAN, HSCAN, SSCAN, ZSCAN: of the cursor that each page brings, of COUNT, of a MATCH that names one key. */
import ts from 'typescript';
import { contains, isFunctionWithBody, methodOf, some, unwrap, walk, wrapped } from '../code/ast.ts';
import { constantText, identityOf, keyPattern } from '../code/fold.ts';
import { matchOf } from '../keys/json-keys.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { replyTaker } from '../calls/use.ts';

/** The commands themselves: they take a cursor and give one back. */
const takesCursor = ({ command }: RedisCall): boolean => /^[HSZ]?SCAN$/.test(command);

/** With what libraries make of them. */
export const scansInSteps = (call: RedisCall): boolean => takesCursor(call) || /^@[hsz]?scan\w*(?:Stream|Iterator)$/i.test(call.command);

/** How the reply of a page is taken: the expressions that are its cursor, those that are its list, and whether it goes anywhere else. */
interface Page {
  cursors: readonly ts.Expression[];
  lists: readonly ts.Node[];
  isElsewhere: boolean;
}

/** Undefined where the reply is not followed. */
function pageOf(call: RedisCall, checker: ts.TypeChecker): Page | undefined {
  const { use } = call;
  if (use.kind === 'awaited') {
    const { parent } = use.value;
    if (ts.isVariableDeclaration(parent) && parent.initializer === use.value) return ofBinding(parent.name, checker);
    if (use.target && ts.isArrayLiteralExpression(use.target)) {
      const [cursor] = use.target.elements;
      return cursor && ts.isIdentifier(cursor) ? { cursors: referencesTo(cursor, checker), lists: use.target.elements.slice(1), isElsewhere: true } : { cursors: [], lists: use.target.elements.slice(1), isElsewhere: true };
    }
    return ofValues([use.value]);
  }
  const reply = replyTaker(call.node, use.kind === 'callback' ? call.callback : undefined)?.reply;
  return reply && ofBinding(reply, checker);
}

function ofBinding(name: ts.BindingName, checker: ts.TypeChecker): Page {
  if (ts.isIdentifier(name)) return ofValues(referencesTo(name, checker));
  const elements = [...name.elements].filter((element): element is ts.BindingElement => ts.isBindingElement(element));
  const isCursor = (element: ts.BindingElement): boolean => (ts.isArrayBindingPattern(name) ? name.elements.indexOf(element) === 0 : (element.propertyName ?? element.name).getText() === 'cursor');
  const cursors = elements.filter(isCursor).flatMap((element) => (ts.isIdentifier(element.name) ? referencesTo(element.name, checker) : []));
  return { cursors, lists: elements.filter((element) => !isCursor(element)), isElsewhere: elements.some((element) => element.dotDotDotToken !== undefined) };
}

function ofValues(values: readonly ts.Expression[]): Page {
  const page: { cursors: ts.Expression[]; lists: ts.Node[]; isElsewhere: boolean } = { cursors: [], lists: [], isElsewhere: false };
  for (const value of values) {
    const part = wrapped(value).parent;
    const name = ts.isPropertyAccessExpression(part) ? part.name.text : ts.isElementAccessExpression(part) ? unquoted(part.argumentExpression) : '';
    if (name === 'cursor' || name === '0') page.cursors.push(part as ts.Expression);
    else if (/^(?:keys|entries|tuples|members|1)$/.test(name)) page.lists.push(part);
    else page.isElsewhere = true;
  }
  return page;
}

const unquoted = (node: ts.Expression): string => (ts.isNumericLiteral(node) || ts.isStringLiteralLike(node) ? node.text : '');

/** `Number(next)`, `parseInt(next, 10)`, `+next`, where the number is kept: a comparison with 0 loses nothing. */
export function cursorAsNumber(call: RedisCall, checker: ts.TypeChecker): ts.Expression | undefined {
  // Version 4 of node-redis makes numbers of them itself.
  if (!takesCursor(call) || (call.dialect === 'node-redis' && call.major === 4)) return undefined;
  for (const cursor of pageOf(call, checker)?.cursors ?? []) {
    const conversion = conversionOf(cursor);
    if (conversion && !isCompared(wrapped(conversion))) return conversion;
  }
  return undefined;
}

function conversionOf(cursor: ts.Expression): ts.Expression | undefined {
  const { parent } = wrapped(cursor);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.PlusToken ? parent : undefined;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== wrapped(cursor)) return undefined;
  const name = methodOf(parent)?.name ?? parent.expression.getText();
  return /^(?:Number|parseInt|parseFloat)$/.test(name) ? parent : undefined;
}

const isCompared = ({ parent }: ts.Expression): boolean =>
  (ts.isBinaryExpression(parent) && /^(?:[!=]==?|[<>]=?|&&|\|\|)$/.test(parent.operatorToken.getText())) || ts.isPrefixUnaryExpression(parent) || ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent);

/** One page from the start, whose cursor nobody looks at, outside of any loop. */
export function onlyFirstPage(call: RedisCall, checker: ts.TypeChecker): boolean {
  const isKeyed = call.command !== 'SCAN';
  const start = call.args.list[isKeyed ? 1 : 0];
  if (!takesCursor(call) || call.loop || !start || constantText(start, checker) !== '0') return false;
  // One collection may be known to fit.
  if (isKeyed && pageSizeOf(call)) return false;
  const page = pageOf(call, checker);
  return page !== undefined && page.cursors.length === 0 && page.lists.length > 0 && !page.isElsewhere;
}

/** `stream.on('data', (keys) => resolve(keys))`: the promise is settled by the first batch. */
export function onlyFirstBatch(call: RedisCall): ts.Node | undefined {
  if (!/^@\w*scan\w*Stream$/i.test(call.command)) return undefined;
  const executor = ts.findAncestor(call.node, (node): node is ts.ArrowFunction | ts.FunctionExpression => isFunctionWithBody(node) && ts.isNewExpression(node.parent) && node.parent.expression.getText() === 'Promise');
  const resolve = executor?.parameters[0]?.name.getText();
  if (!executor || resolve === undefined) return undefined;
  const { parent } = wrapped(call.node);
  const stream = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  let found: ts.Node | undefined;
  walk(executor, (node) => {
    const method = !found && ts.isCallExpression(node) ? methodOf(node) : undefined;
    if (!method || !ts.isCallExpression(node) || !/^(?:on|once)$/.test(method.name)) return undefined;
    const [event, listener] = node.arguments;
    const isOfStream = contains(method.target, call.node) || (stream !== undefined && rootName(method.target) === stream);
    const fn = listener && unwrap(listener);
    if (!isOfStream || !event || !ts.isStringLiteralLike(event) || event.text !== 'data' || !fn || !isFunctionWithBody(fn)) return undefined;
    const settles = (one: ts.Node): boolean => ts.isCallExpression(one) && one.expression.getText() === resolve;
    const statements = ts.isBlock(fn.body) ? fn.body.statements.flatMap((one) => (ts.isExpressionStatement(one) ? [one.expression] : ts.isReturnStatement(one) && one.expression ? [one.expression] : [])) : [fn.body];
    found = statements.find((one) => settles(unwrap(one)));
    return undefined;
  });
  return found;
}

/** `stream` of `stream.on('data', …).on('end', …)`. */
function rootName(target: ts.Expression): string | undefined {
  let node = unwrap(target);
  while (ts.isCallExpression(node)) {
    const method = methodOf(node);
    if (!method) return undefined;
    node = unwrap(method.target);
  }
  return ts.isIdentifier(node) ? node.text : undefined;
}

/** Where COUNT is written. */
export function pageSizeOf({ args }: RedisCall): ts.Expression | undefined {
  const word = args.list.findIndex((one) => /^["'`]count["'`]$/i.test(one.getText()));
  if (word >= 0) return args.list[word + 1];
  for (const one of [...args.list, ...(args.options ? [args.options] : [])]) {
    const literal = unwrap(one);
    if (!ts.isObjectLiteralExpression(literal)) continue;
    for (const property of literal.properties) if (ts.isPropertyAssignment(property) && /^count$/i.test(property.name.getText())) return property.initializer;
  }
  return undefined;
}

/** A MATCH without wildcards, and names compared with what it says: one key is looked for. */
export function oneKnownKey(call: RedisCall, checker: ts.TypeChecker): boolean {
  if (call.command !== 'SCAN' && !call.command.startsWith('@scan')) return false;
  const match = matchOf(call);
  if (!match) return false;
  const pattern = keyPattern(match, checker);
  if (pattern.parts.length === 0 || pattern.parts.some((part) => 'literal' in part && /[*?[\\]/.test(part.literal))) return false;
  if (pattern.parts.every((part) => 'literal' in part)) return true;
  // What fills a hole may have wildcards of its own, unless a name is expected to be the same.
  const wanted = identityOf(pattern);
  if (wanted.includes('{?') || !pattern.parts.some((part) => 'literal' in part)) return false;
  return some(call.fn, (node) => ts.isBinaryExpression(node) && /^===?$/.test(node.operatorToken.getText()) && [node.left, node.right].some((side) => identityOf(keyPattern(side, checker)) === wanted));
}
