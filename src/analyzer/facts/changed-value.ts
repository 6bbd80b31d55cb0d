/** Whether a command writes back what another one read from that key, changed by the program. */
import ts from 'typescript';
import type { Workspace } from '../workspace/workspace.ts';
import { enclosingFunction, some, unwrap } from './ast.ts';
import { definitionsOf } from './definitions.ts';
import { fieldRead, fieldWrites } from './field-writes.ts';
import type { KeyEffect } from './key-effects.ts';
import type { KeyPair } from './key-pairs.ts';
import { reachedWhen } from './reply-absence.ts';
import { flowOf, handsOutReply } from './reply-flow.ts';

export function writesBackChanged(pair: KeyPair, workspace: Workspace): boolean {
  const { first, second } = pair;
  const { checker } = workspace;
  const isChanged = (value: ts.Expression): boolean => flowOf(value, first.site, checker) === 'changed';
  return changedValues(pair, workspace).some(isChanged) && handsOutReply(first, workspace) && reachedWhen(first, second.site, workspace).present !== false;
}

/** The values that are written where the old one was read. */
function changedValues({ first, second }: KeyPair, { checker }: Workspace): readonly ts.Expression[] {
  // A helper writes what it is given, which one of its arguments is.
  if (second.site !== second.call.node) return !second.call.command.startsWith('H') ? second.site.arguments : first.call.command === 'HGETALL' ? wholeGiven(second, checker) : [];
  if (!second.call.command.startsWith('H')) return second.call.args.value ? [second.call.args.value] : [];
  const fields = fieldWrites(second.call, checker);
  if (first.call.command === 'HGETALL') {
    const object = second.call.args.list[1];
    if (!fields) return object && second.call.args.list.length === 2 ? [object] : [];
    return fields.filter(({ field, value }) => readsProperty(value, field, first.site, checker, 0)).map(({ value }) => value);
  }
  const read = first.site === first.call.node ? fieldRead(first.call, checker) : undefined;
  return read === undefined || read.includes('{?') ? [] : (fields ?? []).filter(({ field }) => field === read).map(({ value }) => value);
}

/** The object that a helper is given, where it writes all of it: `add(key, object)`, which does `hset(key, object)`. */
function wholeGiven({ call, site }: KeyEffect, checker: ts.TypeChecker): ts.Expression[] {
  const [, object, ...more] = call.args.list;
  const name = object && more.length === 0 ? unwrap(object) : undefined;
  const parameter = name && ts.isIdentifier(name) ? checker.getSymbolAtLocation(name)?.valueDeclaration : undefined;
  if (!parameter || !ts.isParameter(parameter) || parameter.parent !== enclosingFunction(call.node)) return [];
  const given = site.arguments[parameter.parent.parameters.indexOf(parameter)];
  return given ? [given] : [];
}

/** Whether a value is made of the property of that name of the object that was read: `Number(user.visits) + 1`. */
function readsProperty(value: ts.Expression, field: string, source: ts.CallExpression, checker: ts.TypeChecker, depth: number): boolean {
  const found = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node)) return JSON.stringify(node.name.text) === field && flowOf(node, source, checker) !== 'none';
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) return JSON.stringify(node.argumentExpression.text) === field && flowOf(node, source, checker) !== 'none';
    if (!ts.isIdentifier(node) || depth > 6) return false;
    return (definitionsOf(node, checker) ?? []).some((one) => one.kind === 'value' && readsProperty(one.node, field, source, checker, depth + 1));
  };
  return found(unwrap(value)) || some(value, found, true);
}
