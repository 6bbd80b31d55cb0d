/**
 * The names that one client goes by over the workspace: the variable or property it is kept in, the parameter of a helper that is given it,
 * the function that hands it out, what tells a container of dependencies to. What is said of a client in one file is found from another by its key.
 */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, isAssignment, isFunctionWithBody, unwrap, walkOwn } from '../code/ast.ts';
import { clientDeclaration, clientRoot, holderOf } from './client-identity.ts';
import { parameterBehind } from './client-property.ts';
import { namesByProvider } from './provided-client.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { deepest, type CallSite, type Unit } from '../code/units.ts';

export interface ClientName {
  declaration: ts.Declaration;
  /** Where the client is used under that name: the command itself, or the call that gives the client to a helper. */
  site: CallSite;
}

/** What the receiver of a call is declared by, or what a construction is put into; undefined where nothing of the project's says it. */
export function declarationOfClient({ command, node, receiver }: RedisCall, checker: ts.TypeChecker): ts.Declaration | undefined {
  const found = command === '@construct' ? holderOf(node, checker) : receiver.node && clientDeclaration(receiver.node, checker);
  return found && !found.getSourceFile().isDeclarationFile ? found : undefined;
}

/** The name by which a call knows its client, and those by which the callers do that gave it, up to three steps up. */
export function namesOf(call: RedisCall, workspace: Workspace): ClientName[] {
  const declaration = declarationOfClient(call, workspace.checker);
  return declaration ? namesFrom(declaration, call.node, workspace) : [];
}

/** @param site where the client is used under the name */
function namesFrom(declaration: ts.Declaration, site: CallSite, workspace: Workspace): ClientName[] {
  const names: ClientName[] = [];
  const seen = new Map<ts.Declaration, Set<CallSite>>();
  const add = (name: ClientName, steps: number): void => {
    const sites = seen.get(name.declaration) ?? new Set();
    seen.set(name.declaration, sites);
    if (sites.has(name.site) || name.declaration.getSourceFile().isDeclarationFile) return;
    sites.add(name.site);
    names.push(name);
    const same = handedOutBy(name.declaration, workspace);
    if (same) add({ ...name, declaration: same }, steps);
    for (const provided of namesByProvider(name.declaration, workspace)) add({ ...name, declaration: provided }, steps);
    if (steps < deepest) for (const given of givenTo(name, workspace)) add(given, steps + 1);
  };
  add({ declaration, site }, 0);
  return names;
}

/** What a function, a getter, or a variable that holds the outcome of one, stands for: `getClient()`, where that returns the one it keeps. */
function handedOutBy(declaration: ts.Declaration, workspace: Workspace): ts.Declaration | undefined {
  let unit: Unit | undefined;
  if (isFunctionWithBody(declaration)) unit = declaration;
  else if (ts.isVariableDeclaration(declaration) && declaration.initializer) {
    let value = unwrap(declaration.initializer);
    if (ts.isAwaitExpression(value)) value = unwrap(value.expression);
    if (ts.isCallExpression(value)) unit = workspace.called(value);
  }
  if (!unit || ts.isClassLike(unit)) return undefined;
  workspace.callsIn(unit);
  const kept = returnedName(unit);
  const found = kept && clientDeclaration(kept, workspace.checker);
  return found && !contains(unit, found) ? found : undefined;
}

/** The one variable or property that a function returns, however it comes by its value: `return (client ??= open())`. */
function returnedName(fn: Unit): ts.Expression | undefined {
  if (ts.isClassLike(fn)) return undefined;
  const returned: ts.Expression[] = [];
  if (!ts.isBlock(fn.body)) returned.push(fn.body);
  else {
    walkOwn(fn.body, (node) => {
      if (ts.isReturnStatement(node) && node.expression) returned.push(node.expression);
      return undefined;
    });
  }
  const names = returned.map((one) => {
    let inner = unwrap(one);
    if (ts.isAwaitExpression(inner)) inner = unwrap(inner.expression);
    return isAssignment(inner) ? unwrap(inner.left) : inner;
  });
  const [first] = names;
  if (!first || !(ts.isIdentifier(first) || ts.isPropertyAccessExpression(first))) return undefined;
  return names.every((name) => name.getText() === first.getText()) ? first : undefined;
}

/** Where callers give a client to the parameter that a name is, or that a class keeps as a property. */
function givenTo({ declaration, site }: ClientName, workspace: Workspace): ClientName[] {
  const parameter = parameterBehind(declaration);
  if (!parameter) return [];
  const fn = parameter.parent;
  const ofClass = ts.isConstructorDeclaration(fn);
  const unit: Unit | undefined = ofClass ? fn.parent : isFunctionWithBody(fn) ? fn : undefined;
  if (!unit) return [];
  const index = fn.parameters.indexOf(parameter);
  const own = parameter === declaration ? [] : [{ declaration: parameter, site }];
  return [...own, ...workspace.callers(unit).flatMap((caller) => {
    const argument = ts.isPropertyAccessExpression(caller) ? undefined : caller.arguments?.[index];
    if (!argument || ts.isSpreadElement(argument)) return [];
    const given = clientDeclaration(clientRoot(argument, workspace.checker, false), workspace.checker);
    // A class uses what it is given when its methods run, not where it is made.
    return given ? [{ declaration: given, site: ofClass ? site : caller }] : [];
  })];
}
