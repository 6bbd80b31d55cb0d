/** Keys of whose text nothing is known, but that go by a name of their class or module: `this.hashKey`, `queues.stalled`. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { enclosingClass, isFunctionWithBody, unwrap } from '../code/ast.ts';
import { isConst, resolveAlias } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionsOf } from '../calls/regions.ts';

/** Made of such names and literals alone: nothing that a caller passes is part of it. */
export function isNamedKey(key: ts.Expression, checker: ts.TypeChecker): boolean {
  const node = unwrap(key);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isNamedKey(expression, checker));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return [node.left, node.right].every((one) => isNamedKey(one, checker));
  if (ts.isStringLiteralLike(node)) return true;
  let root = node;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === ts.SyntaxKind.ThisKeyword) return root !== node;
  if (!ts.isIdentifier(root)) return false;
  const symbol = checker.getSymbolAtLocation(root);
  const declaration = resolveAlias(symbol, checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
  if (!ts.findAncestor(declaration, isFunctionWithBody)) return true;
  // Of a function: an object of names that is made once there.
  const made = isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return made !== undefined && root !== node && ts.isObjectLiteralExpression(made);
}

/** The commands of a file on the key of the same name: of `this`, in the same class. */
export function usesOfSameName(call: RedisCall, workspace: Workspace): RedisCall[] {
  const owner = enclosingClass(call.node);
  const identity = call.args.keys[0]?.identity;
  const calls = regionsOf(call.sourceFile).flatMap((region) => workspace.callsIn(region));
  return calls.filter((one) => one.args.keys.some((key) => key.identity === identity) && enclosingClass(one.node) === owner);
}
