/** The commands that the call of a helper sends to a client which its caller knows, by itself or by the helpers that it calls, up to three deep. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { enclosingFunction, methodOf } from '../code/ast.ts';
import { clientDeclaration, clientRoot } from '../clients/client-identity.ts';
import { declarationOfClient } from '../clients/client-names.ts';
import { propertyOf } from '../clients/client-property.ts';
import type { RedisCall } from './redis-call.ts';
import { deepest, type Unit } from '../code/units.ts';

export interface ReachedCall {
  call: RedisCall;
  /** By what the caller knows the client. */
  declaration: ts.Declaration;
}

/**
 * @param isWanted of the commands of a helper, told by the command and its helper
 * @param isRun whether a command, or the call of a further helper, is sure to be run when its helper is
 */
export function reachedCalls(site: ts.CallExpression, workspace: Workspace, isWanted: (call: RedisCall) => boolean, isRun: (node: ts.Node, unit: Unit, client: string) => boolean, depth = 1): ReachedCall[] {
  const unit = workspace.called(site);
  if (!unit || ts.isClassLike(unit)) return [];
  const own = workspace.callsIn(unit).flatMap((call): ReachedCall[] => {
    if (!isWanted(call) || enclosingFunction(call.node) !== unit || !isRun(call.node, unit, call.receiver.node?.getText() ?? '')) return [];
    const declaration = declarationOfClient(call, workspace.checker);
    return declaration ? [{ call, declaration }] : [];
  });
  const further = depth >= deepest ? [] : workspace.sitesWithin(unit).flatMap(([inner, innerSite]) =>
    (inner !== unit && ts.isCallExpression(innerSite) && enclosingFunction(innerSite) === unit && isRun(innerSite, unit, '') ? reachedCalls(innerSite, workspace, isWanted, isRun, depth + 1) : []));
  return [...own, ...further].flatMap((one) => {
    const declaration = seenBy(site, unit, one.declaration, workspace);
    return declaration ? [{ call: one.call, declaration }] : [];
  });
}

/** What the caller of a helper knows a client by: what it gives for a parameter, else the same name; undefined where that is another client. */
function seenBy(site: ts.CallExpression, unit: Unit, declaration: ts.Declaration, { checker }: Workspace): ts.Declaration | undefined {
  if (ts.isParameter(declaration) && declaration.parent === unit) {
    const argument = site.arguments[declaration.parent.parameters.indexOf(declaration)];
    return argument && !ts.isSpreadElement(argument) ? clientDeclaration(clientRoot(argument, checker, false), checker) : undefined;
  }
  // Another object's field is another client.
  const isOwn = methodOf(site)?.target.kind === ts.SyntaxKind.ThisKeyword;
  return propertyOf(declaration) && !isOwn ? undefined : declaration;
}
