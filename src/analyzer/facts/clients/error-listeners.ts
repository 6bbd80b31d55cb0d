/** Whether somebody listens for a client's `error` event: where it is made, where it is kept, whoever it is given or returned to. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf, unwrap, walk } from '../code/ast.ts';
import { resolveAlias } from '../code/fold.ts';
import { adders, mayBeError } from './listened-clients.ts';
import { ListenerSearch } from './listener-search.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { deepest } from '../code/units.ts';

/** @param made a construction, or a `duplicate()` @returns false only where everything that becomes of it is seen */
export function mayBeListenedTo({ node }: RedisCall, workspace: Workspace): boolean {
  if (ts.isNewExpression(node) && classListens(node.expression, workspace.checker)) return true;
  return new ListenerSearch(workspace).of(node, [], 0) !== 'lacks';
}

/** `class AppRedis extends Redis` that listens to itself. */
function classListens(constructor: ts.Expression, checker: ts.TypeChecker, steps = 0): boolean {
  const name = unwrap(constructor);
  const declaration = resolveAlias(checker.getSymbolAtLocation(ts.isPropertyAccessExpression(name) ? name.name : name), checker)?.valueDeclaration;
  if (!declaration || !ts.isClassLike(declaration) || declaration.getSourceFile().isDeclarationFile || steps > deepest) return false;
  let found = false;
  walk(declaration, (node) => {
    const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
    found ||= method !== undefined && adders.has(method.name) && mayBeError((node as ts.CallExpression).arguments[0], checker);
    return !found;
  });
  const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  return found || (base !== undefined && classListens(base.expression, checker, steps + 1));
}
