/** Functions given to a command for its reply, as Node's own API has them. */
import ts from 'typescript';
import { methodOf, unwrap } from './ast.ts';
import { isPlainValue } from './plain-value.ts';
import { typeOfUse } from '../calls/receiver-of.ts';

/** A trailing function: node-redis 3 and ioredis call it with the reply. */
export function callbackOf(call: ts.Node, args: readonly ts.Expression[], checker: ts.TypeChecker): ts.Expression | undefined {
  const last = args.at(-1);
  if (!last || ts.isSpreadElement(last)) return undefined;
  const inner = unwrap(last);
  if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) return last;
  if (!ts.isIdentifier(inner) && !ts.isPropertyAccessExpression(inner) && !ts.isCallExpression(inner)) return undefined;
  // Who waits for the promise gives no callback.
  if (ts.isAwaitExpression(call.parent)) return undefined;
  if (isPlainValue(inner, checker)) return undefined;
  const type = typeOfUse(inner, checker);
  if (type.getCallSignatures().length > 0) return last;
  // Untyped JavaScript: `client.set(key, value, done)`.
  const untyped = (type.flags & ts.TypeFlags.Any) !== 0;
  const isCallback = (node: ts.Expression): boolean => ts.isIdentifier(node) && /^(?:cb|callback|done|next|resolve|reject)$/.test(node.text);
  // `handleResponse(done)`, IcedCoffeeScript's `deferrals.defer(…)`.
  const givesCallback = ts.isCallExpression(inner) && (methodOf(inner)?.name === 'defer' || inner.arguments.some((argument) => isCallback(unwrap(argument))));
  return untyped && (isCallback(inner) || givesCallback) ? last : undefined;
}
