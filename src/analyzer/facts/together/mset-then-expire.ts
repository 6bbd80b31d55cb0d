/** MSET, which takes no TTL, and the EXPIRE of each of its keys in a loop after it. Symbols alone. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { onOnePath } from '../code/paths.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { unitOf } from '../code/units.ts';

export interface MsetThenExpire {
  mset: RedisCall;
  expire: RedisCall;
}

const expiries = /^P?EXPIRE(?:AT)?$/;

/** Outside MULTI; one for each MSET. */
export function msetsThenExpired({ calls }: RegionFacts, { checker }: Pick<Workspace, 'checker'>): MsetThenExpire[] {
  return calls.flatMap((mset) => {
    const [given, ...more] = mset.command === 'MSET' ? (mset.node.arguments ?? []) : [];
    const object = given && more.length === 0 ? symbolOf(given, checker) : undefined;
    if (!object || mset.receiver.kind === 'multi') return [];
    const expire = calls.find((call) => expiries.test(call.command) && call.receiver.kind !== 'multi' && call.receiver.identity === mset.receiver.identity && unitOf(call.node) === unitOf(mset.node) && onOnePath(mset.node, call.node) && keysOf(call, checker) === object);
    return expire ? [{ mset, expire }] : [];
  });
}

/** Of which object's keys a command's key is each: of `items` in `for (const key of Object.keys(items)) redis.expire(key, 60)`. */
function keysOf({ args: { keys: [key] } }: RedisCall, checker: ts.TypeChecker): ts.Symbol | undefined {
  const name = key && unwrap(key.node);
  const declaration = name && ts.isIdentifier(name) ? checker.getSymbolAtLocation(name)?.valueDeclaration : undefined;
  if (!declaration) return undefined;
  // `([key]) => …`, `for (const [key] of …)`
  const pattern = ts.isBindingElement(declaration) && ts.isArrayBindingPattern(declaration.parent) && declaration.parent.elements[0] === declaration ? declaration.parent : undefined;
  const holder = pattern ? pattern.parent : declaration;
  const behind = listBehind(holder);
  const list = behind && unwrap(behind);
  const method = list && ts.isCallExpression(list) ? methodOf(list) : undefined;
  if (!method || !list || !ts.isCallExpression(list) || method.target.getText() !== 'Object' || method.name !== (pattern ? 'entries' : 'keys')) return undefined;
  const [object] = list.arguments;
  return object && symbolOf(object, checker);
}

/** What a loop's variable, or the parameter of a callback, runs over. */
function listBehind(holder: ts.Node): ts.Expression | undefined {
  if (ts.isVariableDeclaration(holder)) return ts.isForOfStatement(holder.parent.parent) ? holder.parent.parent.expression : undefined;
  const fn = ts.isParameter(holder) && holder.parent.parameters[0] === holder ? holder.parent : undefined;
  const call = fn && isFunctionWithBody(fn) ? fn.parent : undefined;
  const method = call && ts.isCallExpression(call) && call.arguments[0] === fn ? methodOf(call) : undefined;
  return method && /^(?:map|forEach)$/.test(method.name) ? method.target : undefined;
}

function symbolOf(node: ts.Expression, checker: ts.TypeChecker): ts.Symbol | undefined {
  const name = unwrap(node);
  return ts.isIdentifier(name) ? checker.getSymbolAtLocation(name) : undefined;
}
