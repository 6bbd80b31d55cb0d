/**
 * A client that is made to see whether a server answers: connected, pinged and closed in one function, which hears of the failure. Measured with
 * node-redis 4–6: without a listener, `connect()` rejects at the first failure; with one, it tries for ever.
 */
import ts from 'typescript';
import { contains, enclosingFunction, isAssignment, methodOf, wrapped } from '../code/ast.ts';
import { holderOf } from './client-identity.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';

const closers = new Set(['quit', 'disconnect', 'close', 'destroy', 'end', 'QUIT']);
/** Say that the server is there, and read no key. */
const asking = new Set(['connect', 'ping', 'PING', 'info', 'INFO', 'time', 'TIME', 'echo', 'ECHO', 'auth', 'AUTH', 'dbSize', 'dbsize', 'DBSIZE', 'once', 'on', 'off', 'removeAllListeners']);

/** Whether nothing else is done with the client than what shows that there is a server, and the function closes it. */
export function isProbe({ node }: RedisCall, checker: ts.TypeChecker): boolean {
  const uses = localUses(node, checker);
  if (!uses || !uses.every((use) => isHarmless(use))) return false;
  const asked = uses.flatMap((use) => callOf(use) ?? []);
  const name = (call: ts.CallExpression): string => methodOf(call)?.name ?? '';
  return asked.some((call) => closers.has(name(call))) && asked.some((call) => asking.has(name(call)) && isHeard(call));
}

/** Whether the function that makes a client of its own waits for `connect()` and handles its failure: one that never comes would leave it waiting. */
export function hearsConnect({ node }: RedisCall, checker: ts.TypeChecker): boolean {
  return localUses(node, checker)?.some((use) => {
    const call = callOf(use);
    return call !== undefined && methodOf(call)?.name === 'connect' && ts.isAwaitExpression(call.parent) && isHeard(call);
  }) ?? false;
}

/** All uses of the client of a function's own variable that it leaves to nobody; undefined where it is kept, or may be. */
function localUses(construction: ts.Expression, checker: ts.TypeChecker): ts.Identifier[] | undefined {
  const scope = enclosingFunction(construction);
  const holder = holderOf(construction, checker);
  if (ts.isSourceFile(scope) || !holder || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name) || !contains(scope, holder)) return undefined;
  const uses = referencesTo(holder.name, checker);
  return uses.some((use) => isKept(use)) ? undefined : uses;
}

/** Returned, assigned, put into something. */
function isKept(use: ts.Identifier): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  return ts.isReturnStatement(parent) || (isAssignment(parent) && parent.right === outer) || ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent) || ts.isArrayLiteralExpression(parent) || ts.isVariableDeclaration(parent);
}

function isHarmless(use: ts.Identifier): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === outer) {
    const call = callOf(use);
    return call === undefined || closers.has(parent.name.text) || asking.has(parent.name.text);
  }
  return (isAssignment(parent) && parent.left === outer) || ts.isIfStatement(parent) || ts.isBinaryExpression(parent) || ts.isPrefixUnaryExpression(parent);
}

function callOf(use: ts.Identifier): ts.CallExpression | undefined {
  const access = wrapped(use).parent;
  return ts.isPropertyAccessExpression(access) && ts.isCallExpression(access.parent) && access.parent.expression === access ? access.parent : undefined;
}

/** In a `try` that catches, with a `.catch()`, or with a callback. */
function isHeard(call: ts.CallExpression): boolean {
  const last = call.arguments.at(-1);
  if (last && (ts.isArrowFunction(last) || ts.isFunctionExpression(last))) return true;
  if (ts.isPropertyAccessExpression(call.parent) && /^(?:then|catch)$/.test(call.parent.name.text)) return true;
  for (let at: ts.Node = call; at.parent && !ts.isFunctionLike(at); at = at.parent) if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) return true;
  return false;
}
