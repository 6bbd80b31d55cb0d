/** Whether anybody takes the replies of a queue by their place: more commands would then move them. */
import ts from 'typescript';
import { methodOf, unwrap, wrapped } from '../../facts/code/ast.ts';
import { asksWhetherThere } from '../../facts/replies/reply-tests.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { referencesTo } from '../../facts/code/references.ts';
import { awaitedValue } from '../../facts/calls/use.ts';

/** `undefined` where the replies are only looked through for errors, or not at all, and EXEC sends the queue as one transaction; else why not. */
export function repliesInTheWay(call: RedisCall & { node: ts.CallExpression }, checker: ts.TypeChecker): { node: ts.Node; reason: string } | undefined {
  const ends = execCalls(call.node, checker);
  if (!ends) return { node: call.nameNode, reason: 'queues it where the end of the transaction is not seen' };
  for (const { end, method } of ends) {
    if (method !== 'exec') return { node: end, reason: `sends the queue by ${method}, not as one transaction` };
    if (!isUnindexed(end, checker)) return { node: end, reason: 'takes the replies of the queue by their place' };
  }
  return undefined;
}

interface Exec {
  end: ts.CallExpression;
  method: string;
}

function execCalls(queued: ts.CallExpression, checker: ts.TypeChecker): Exec[] | undefined {
  const own = chainEnd(queued);
  if (own) return [own];
  const root = unwrap(chainRoot(queued));
  const declaration = ts.isIdentifier(root) ? checker.getSymbolAtLocation(root)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !declaration.initializer) return undefined;
  // `const batch = client.multi()` and no other.
  if (!isQueueMade(unwrap(declaration.initializer))) return undefined;
  const ends: Exec[] = [];
  for (const reference of referencesTo(declaration.name, checker)) {
    const access = wrapped(reference).parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent) || access.parent.expression !== access) return undefined;
    const end = /^exec/.test(access.name.text) ? { end: access.parent, method: access.name.text } : chainEnd(access.parent);
    if (end) ends.push(end);
    else if (!ts.isExpressionStatement(lastOf(access.parent).parent)) return undefined;
  }
  return ends.length > 0 ? ends : undefined;
}

const isQueueMade = (node: ts.Expression): boolean => ts.isCallExpression(node) && /^multi$/i.test(methodOf(node)?.name ?? '');

/** The `.exec()` that a chain of queued commands ends with. */
function chainEnd(call: ts.CallExpression): Exec | undefined {
  const last = lastOf(call);
  const method = methodOf(last)?.name ?? '';
  return /^exec/.test(method) ? { end: last, method } : undefined;
}

function lastOf(call: ts.CallExpression): ts.CallExpression {
  let at = call;
  for (;;) {
    const access = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent) || access.parent.expression !== access || /^(?:then|catch|finally)$/.test(access.name.text)) return at;
    at = access.parent;
  }
}

function chainRoot(call: ts.CallExpression): ts.Expression {
  let at: ts.Expression = call;
  for (let method = methodOf(call); method; ) {
    at = unwrap(method.target);
    method = ts.isCallExpression(at) ? methodOf(at) : undefined;
  }
  return at;
}

function isUnindexed(end: ts.CallExpression, checker: ts.TypeChecker): boolean {
  return isUnindexedValue(awaitedValue(end), checker);
}

function isUnindexedValue(value: ts.Expression, checker: ts.TypeChecker): boolean {
  const { parent } = value;
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) || asksWhetherThere(value)) return true;
  if (ts.isBinaryExpression(parent) && parent.left === value && /^(?:\?\?|\|\|)$/.test(parent.operatorToken.getText())) return isUnindexedValue(wrapped(parent), checker);
  if (ts.isForOfStatement(parent) && parent.expression === value) return ts.isVariableDeclarationList(parent.initializer) && takesFirstOnly(parent.initializer.declarations[0]?.name);
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return referencesTo(parent.name, checker).every((reference) => isUnindexedValue(wrapped(reference), checker));
  // `results.some(([error]) => error)`
  if (ts.isPropertyAccessExpression(parent) && /^(?:some|find|every|forEach)$/.test(parent.name.text) && ts.isCallExpression(parent.parent)) {
    const callback = parent.parent.arguments[0];
    const fn = callback && unwrap(callback);
    return fn !== undefined && ts.isFunctionLike(fn) && fn.parameters.length === 1 && takesFirstOnly(fn.parameters[0]?.name);
  }
  return false;
}

/** `[error]`: the error of an entry, not its reply. */
function takesFirstOnly(name: ts.BindingName | undefined): boolean {
  return name !== undefined && ts.isArrayBindingPattern(name) && name.elements.length === 1;
}

