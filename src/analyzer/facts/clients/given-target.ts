/** Clients that connect to where a request says: an admin tool, a test of a form's settings. Another client could not take their place. */
import ts from 'typescript';
import type { CallSite, Unit } from '../code/units.ts';
import { unitOf } from '../code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, isAssignment, isFunctionWithBody, methodOf, unwrap, walk, wrapped } from '../code/ast.ts';
import { isProbe } from './connection-probe.ts';
import type { Construction } from './construction.ts';
import { declarationOf } from '../code/maybe-undefined.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { requestPart } from '../keys/request-input.ts';

/** Options that say which server, and as whom; a database or a prefix for keys is none. */
const targets = new Set(['host', 'port', 'path', 'url', 'username', 'password', 'sentinels', 'clusters', 'nodes', 'rootNodes', 'socket', 'redisOptions', 'defaults']);
const deepest = 6;

/** Whether the code that makes a client takes the server, or the credentials, from what the request brings; or, to see whether it answers, from whoever asks. */
export function isToldTarget(call: RedisCall, workspace: Workspace): boolean {
  const targets = targetsOf(call.node, workspace);
  if (targets.some((target) => isInput(target, workspace, 0))) return true;
  const unit = unitOf(call.node);
  return unit !== undefined && isProbe(call, workspace.checker) && parametersOf(targets, unit, workspace).size > 0;
}

/** Whether a place on the way to a construction passes on such input. @param site calls the function around it, or one that leads there */
export function passesTarget(site: CallSite, construction: Construction, workspace: Workspace): boolean {
  if (!ts.isCallExpression(site) && !ts.isNewExpression(site)) return false;
  const unit = unitOf(construction);
  if (!unit) return false;
  const asked = parametersOf(targetsOf(construction, workspace), unit, workspace);
  if (asked.size === 0) return false;
  // Further away, whatever is passed may be passed on.
  const isNear = workspace.called(site) === unit;
  return (site.arguments ?? []).some((argument, index) => (!isNear || asked.has(index)) && isInput(argument, workspace, 0));
}

function targetsOf({ arguments: args }: Construction, workspace: Workspace): ts.Expression[] {
  const seen = new Set<ts.Node>();
  return (args ?? []).flatMap((argument) => targetsIn(argument, workspace, seen));
}

/** The values of those options in an object, as written or put together in a variable; any other expression as it is. */
function targetsIn(expression: ts.Expression, workspace: Workspace, seen: Set<ts.Node>): ts.Expression[] {
  const node = unwrap(expression);
  if (seen.has(node)) return [];
  seen.add(node);
  const again = (one: ts.Expression): ts.Expression[] => targetsIn(one, workspace, seen);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((property) => {
      if (ts.isSpreadAssignment(property)) return again(property.expression);
      if (!property.name || !targets.has(property.name.getText().replace(/['"]/g, ''))) return [];
      return ts.isPropertyAssignment(property) ? again(property.initializer) : ts.isShorthandPropertyAssignment(property) ? [property.name] : [];
    });
  }
  const values = ts.isIdentifier(node) ? valuesOf(node, workspace) : [];
  return values.some((value) => ts.isObjectLiteralExpression(unwrap(value))) ? values.flatMap(again) : [node];
}

/** All that a variable is given in its own file: first, later, by Object.assign, to one of its properties. */
export function valuesOf(name: ts.Identifier, { checker }: Workspace): ts.Expression[] {
  const declaration = declarationOf(name, checker);
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return [];
  const later = referencesTo(declaration.name, checker).flatMap((reference): ts.Expression[] => {
    const value = wrapped(reference);
    const { parent } = value;
    if (isAssignment(parent) && parent.left === value) return [parent.right];
    if (ts.isCallExpression(parent) && parent.arguments[0] === value && parent.expression.getText() === 'Object.assign') return parent.arguments.slice(1);
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== value || !targets.has(parent.name.text)) return [];
    return isAssignment(parent.parent) && parent.parent.left === parent ? [parent.parent.right] : [];
  });
  return [...(declaration.initializer ? [declaration.initializer] : []), ...later];
}

/** Whether a value is, or holds, what a request brings; not what is looked up by it. */
function isInput(expression: ts.Expression, workspace: Workspace, depth: number): boolean {
  const node = unwrap(expression);
  if (depth > deepest) return false;
  const again = (one: ts.Expression): boolean => isInput(one, workspace, depth + 1);
  if (requestPart(node, workspace) !== undefined) return true;
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) || again(node.whenFalse);
  if (ts.isBinaryExpression(node)) return again(node.left) || again(node.right);
  if (ts.isTemplateExpression(node)) return node.templateSpans.some((span) => again(span.expression));
  // `hosts[req.params.id]` is one of those that are known.
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return again(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.some(again);
  if (ts.isSpreadElement(node)) return again(node.expression);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.some((property) => (ts.isPropertyAssignment(property) ? again(property.initializer) : ts.isShorthandPropertyAssignment(property) ? again(property.name) : ts.isSpreadAssignment(property) && again(property.expression)));
  }
  if (ts.isCallExpression(node)) return isMadeOfInput(node, workspace, again);
  if (!ts.isIdentifier(node)) return false;
  const declaration = declarationOf(node, workspace.checker);
  if (declaration && ts.isBindingElement(declaration)) {
    const holder = ts.findAncestor(declaration, ts.isVariableDeclaration);
    return holder?.initializer !== undefined && again(holder.initializer);
  }
  return valuesOf(node, workspace).some(again);
}

/** `body.host.trim()`, `Number(body.port)`, `readForm(req.body)`; `tenantOf(req.params.id)` may be anything that the id stands for. */
function isMadeOfInput(call: ts.CallExpression, workspace: Workspace, again: (one: ts.Expression) => boolean): boolean {
  const method = methodOf(call);
  const isConversion = /^(?:Number|String|parseInt|decodeURIComponent)$/.test(call.expression.getText());
  if (call.arguments.some((argument) => (isConversion ? again(argument) : requestPart(unwrap(argument), workspace) === 'whole'))) return true;
  return method !== undefined && again(method.target);
}

/** The places of those parameters of a function that some expressions in it are made of. */
function parametersOf(expressions: readonly ts.Expression[], unit: Unit, workspace: Workspace): Set<number> {
  const found = new Set<number>();
  const seen = new Set<ts.Node>();
  const fn = ts.isClassLike(unit) ? unit.members.find(ts.isConstructorDeclaration) : unit;
  const look = (node: ts.Node): void => {
    if (!ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) return;
    const symbol = ts.isShorthandPropertyAssignment(node.parent) ? workspace.checker.getShorthandAssignmentValueSymbol(node.parent) : workspace.checker.getSymbolAtLocation(node);
    const declaration = symbol?.valueDeclaration;
    if (!declaration || !fn || !contains(fn, declaration) || seen.has(declaration)) return;
    seen.add(declaration);
    const parameter = ts.findAncestor(declaration, ts.isParameter);
    if (parameter && parameter.parent === fn && isFunctionWithBody(fn)) found.add(fn.parameters.indexOf(parameter));
    else if (ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)) valuesOf(declaration.name, workspace).forEach(all);
    else {
      const holder = ts.findAncestor(declaration, ts.isVariableDeclaration);
      if (holder?.initializer) all(holder.initializer);
    }
  };
  const all = (node: ts.Node): void => {
    look(node);
    walk(node, (inner) => {
      look(inner);
      return undefined;
    });
  };
  expressions.forEach(all);
  return found;
}
