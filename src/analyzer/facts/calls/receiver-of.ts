/** Which client an expression stands for: by the declaration of the method that is called, by its type, in untyped code by what is assigned. */
import ts from 'typescript';
import { methodOrigin, receiverType, type ReceiverType } from '../../dialects/client-types.ts';
import { clientByFlow, isUntyped } from '../clients/assignment-flow.ts';
import { unwrap } from '../code/ast.ts';
import { resolveAlias } from '../code/fold.ts';

/** By the declaration of the method itself: a subclass's own `keys` is not the library's. */
export function typedReceiver(type: ts.Type, method: string | undefined, checker: ts.TypeChecker): ReceiverType | undefined {
  if (type.flags & ts.TypeFlags.Any) return undefined;
  const receiver = receiverType(type, checker);
  if (method === undefined) return receiver;
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    const origin = methodOrigin(part, method, checker);
    if (origin && receiver) return receiver;
    // `Pick<Redis, 'get'>` has the library's method but none of its types: take it for a client. A stream of keys is none.
    if (origin?.isOfClient) {
      const { isOfClient: _, ...library } = origin;
      return { ...library, kind: 'client', maybeCluster: false };
    }
  }
  return undefined;
}

/** Of a receiver or an argument, `null` and `undefined` apart: as declared, where the code on the way to it cannot have narrowed that; following the way costs more. */
export function typeOfUse(owner: ts.Expression, checker: ts.TypeChecker): ts.Type {
  const node = unwrap(owner);
  const name = ts.isIdentifier(node) ? node : ts.isPropertyAccessExpression(node) ? node.name : undefined;
  const symbol = name && resolveAlias(checker.getSymbolAtLocation(name), checker);
  const declared = symbol && symbol.flags & (ts.SymbolFlags.Variable | ts.SymbolFlags.Property) ? checker.getNonNullableType(checker.getTypeOfSymbol(symbol)) : undefined;
  const mayNarrow = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Union | ts.TypeFlags.TypeParameter | ts.TypeFlags.Never;
  return declared && !(declared.flags & mayNarrow) ? declared : checker.getNonNullableType(checker.getTypeAtLocation(owner));
}

export function clientOfAny(owner: ts.Expression, type: ts.Type, checker: ts.TypeChecker): ReceiverType | undefined {
  return isUntyped(type, owner) ? clientByFlow(owner, checker) : undefined;
}
