/** A client that is to have its own options where the shared one stands: what it is asked for with, and whether that is one client or ever more. */
import ts from 'typescript';
import { contains, isFunctionWithBody, unwrap, walk } from '../../facts/code/ast.ts';
import { objectLiteral } from '../../facts/calls/call-arguments.ts';
import type { Construction } from '../../facts/clients/construction.ts';
import { valuesOf } from '../../facts/clients/given-target.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { deepest, unitOf, type Unit } from '../../facts/code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Refusal } from './refusal.ts';

/** Options that change what the client's methods are: the shared client's type does not have them. */
const ofTheType = new Set(['modules', 'functions', 'scripts', 'RESP', 'commandOptions', 'replyMapping']);

/** The arguments for the template's `redisWith`. */
export function askedOptions(call: RedisCall, workspace: Workspace): string | Refusal {
  const args = (call.node as Construction).arguments ?? [];
  for (const argument of args) {
    const name = optionNames(argument, workspace.checker).find((one) => ofTheType.has(one));
    if (name !== undefined) return new Refusal(`its option \`${name}\` changes what the client can do, which a shared client with other options does not share`, argument);
    if (dependsOnRequest(argument, call.node, workspace, 0)) {
      return new Refusal('what it connects to depends on each run; keep such clients in a Map, one for each target', argument);
    }
  }
  if (args.some(ts.isSpreadElement)) return new Refusal('its arguments are spread', args[0]);
  return call.dialect === 'ioredis' ? ofIoredis(args, workspace) : (args[0]?.getText() ?? '{}');
}

/** `new Redis(6380, 'cache', { db: 1 })` → `{ port: 6380, host: 'cache', db: 1 }`; an address or an object stays as it is. */
function ofIoredis(args: readonly ts.Expression[], { checker }: Workspace): string | Refusal {
  const [first, second, third] = args;
  if (!first) return '{}';
  const isHost = (node: ts.Expression): boolean => isOfType(node, ts.TypeFlags.StringLike, checker) || /^process\.env\b/.test(unwrap(node).getText());
  const hasHost = second !== undefined && isHost(second);
  if (!hasHost && !isOfType(first, ts.TypeFlags.NumberLike, checker)) {
    const isSure = second === undefined || objectLiteral(second, checker) !== undefined || isOfType(second, ts.TypeFlags.Object, checker);
    return isSure && !third ? args.map((argument) => argument.getText()).join(', ') : new Refusal('it cannot be told which of its arguments are the options', first);
  }
  const rest = hasHost ? third : second;
  const inner = rest && unwrap(rest);
  if (inner && !ts.isObjectLiteralExpression(inner)) return new Refusal('its options are put together from several arguments', rest);
  const others = inner?.properties.map((property) => property.getText()) ?? [];
  return `{ ${[`port: ${first.getText()}`, ...(hasHost ? [`host: ${second.getText()}`] : []), ...others].join(', ')} }`;
}

function isOfType(node: ts.Expression, flags: ts.TypeFlags, checker: ts.TypeChecker): boolean {
  return (checker.getNonNullableType(checker.getTypeAtLocation(node)).flags & flags) !== 0;
}

function optionNames(argument: ts.Expression, checker: ts.TypeChecker): string[] {
  return objectLiteral(argument, checker)?.properties.flatMap(({ name }) => (name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [])) ?? [];
}

/** Whether what an expression says may be another thing each time its function runs: then clients would be kept without end. */
function dependsOnRequest(expression: ts.Expression, at: ts.Node, workspace: Workspace, steps: number, seen = new Set<ts.Node>()): boolean {
  const unit = unitOf(at);
  if (!unit) return false;
  const look = (node: ts.Node): boolean => {
    const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    // `this.url` may be a parameter of the constructor.
    if (!ts.isIdentifier(node) || (isProperty && (node.parent as ts.PropertyAccessExpression).expression.kind !== ts.SyntaxKind.ThisKeyword)) return false;
    const symbol = ts.isShorthandPropertyAssignment(node.parent) ? workspace.checker.getShorthandAssignmentValueSymbol(node.parent) : workspace.checker.getSymbolAtLocation(node);
    const declaration = symbol?.valueDeclaration;
    if (declaration && isProperty) return ts.isParameter(declaration) && ts.isConstructorDeclaration(declaration.parent) && ofParameter(declaration, declaration.parent.parent);
    // What stands around the function is there before it runs.
    if (!declaration || !contains(unit, declaration) || declaration === unit) return false;
    const parameter = ts.findAncestor(declaration, ts.isParameter);
    if (parameter && contains(unit, parameter)) return ofParameter(parameter, unit);
    if (ts.isVariableDeclaration(declaration)) return declaration.initializer === undefined || (!seen.has(declaration) && valuesOf(node, workspace).some((value) => dependsOnRequest(value, at, workspace, steps, seen.add(declaration))));
    return false;
  };
  const ofParameter = (parameter: ts.ParameterDeclaration, owner: Unit): boolean => {
    const fn = parameter.parent;
    const isOfUnit = fn === owner || (ts.isConstructorDeclaration(fn) && fn.parent === owner);
    const index = isOfUnit && isFunctionWithBody(fn) ? fn.parameters.indexOf(parameter) : -1;
    const callers = workspace.callers(owner);
    // A function that nobody calls is a handler; a class that nobody makes is made by a framework, once.
    if (index < 0 || steps >= deepest || (callers.length === 0 && !ts.isClassLike(owner))) return true;
    return callers.some((site) => {
      const argument = ts.isPropertyAccessExpression(site) ? undefined : site.arguments?.[index];
      return argument !== undefined && dependsOnRequest(argument, site, workspace, steps + 1);
    });
  };
  let found = look(expression);
  walk(expression, (node) => {
    found ||= look(node);
    return !found;
  });
  return found;
}
