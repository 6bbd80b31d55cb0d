/** Whether a command writes back what another one read from that key, changed by the program. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { enclosingFunction, some, unwrap } from '../code/ast.ts';
import { definitionsOf } from '../code/definitions.ts';
import { fieldsRead, fieldWrites } from '../values/field-writes.ts';
import { jsonPath } from '../values/json-path.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import type { KeyPair } from './key-pairs.ts';
import { reachedWhen } from '../replies/reply-absence.ts';
import { flowOf, handsOutReply } from '../replies/reply-flow.ts';

const deepest = 6;

export function writesBackChanged(pair: KeyPair, workspace: Workspace): boolean {
  const { first, second } = pair;
  const { checker } = workspace;
  const isChanged = (value: ts.Expression): boolean => flowOf(value, first.site, checker) === 'changed';
  return changedValues(pair, workspace).some(isChanged) && handsOutReply(first, workspace) && reachedWhen(first, second.site, workspace).present !== false;
}

/** The values that are written where the old one was read. */
function changedValues({ first, second }: KeyPair, workspace: Workspace): readonly ts.Expression[] {
  const { checker } = workspace;
  const isDirect = second.site === second.call.node;
  if (second.call.command === 'JSON.SET') return isDirect ? changedPart(first, second, checker) : second.site.arguments;
  if (!second.call.command.startsWith('H')) return isDirect ? (second.call.args.value ? [second.call.args.value] : []) : second.site.arguments;
  const written = (fieldWrites(second.call, checker) ?? []).flatMap(({ field, value }) => {
    const seen = isDirect ? value : givenFor(value, second, workspace);
    return seen && !field.includes('{?') ? [{ field, value: seen }] : [];
  });
  if (first.call.command === 'HGETALL') {
    const [, object, ...more] = second.call.args.list;
    const whole = object && more.length === 0 && !fieldWrites(second.call, checker) ? (isDirect ? object : givenFor(object, second, workspace)) : undefined;
    if (whole) return [whole];
    return written.filter(({ field, value }) => readsProperty(value, field, first.site, checker, 0)).map(({ value }) => value);
  }
  const read = fieldsRead(first.call, checker) ?? [];
  const isEntry = first.call.command === 'HMGET' && first.site === first.call.node;
  return written.flatMap(({ field, value }) => {
    const index = read.indexOf(field);
    return index < 0 || (isEntry && !readsEntry(value, index, first.site, checker, 0)) ? [] : [value];
  });
}

/** What JSON.SET writes of what JSON.GET has read: the same part of the document, or a member of the whole. */
function changedPart(first: KeyEffect, { call }: KeyEffect, checker: ts.TypeChecker): ts.Expression[] {
  const { value } = call.args;
  const [read, written] = [jsonPath(first.call, checker), jsonPath(call, checker)];
  if (!value || read === undefined || written === undefined) return [];
  if (read === written) return [value];
  return read === '' && readsProperty(value, JSON.stringify(written), first.site, checker, 0) ? [value] : [];
}

/** What the caller of a helper gives for a parameter that the helper writes: `object` of `add(key, object)`, which does `hset(key, object)`. */
function givenFor(value: ts.Expression, { call, site }: KeyEffect, { checker }: Workspace): ts.Expression | undefined {
  const name = unwrap(value);
  const parameter = ts.isIdentifier(name) ? (ts.isShorthandPropertyAssignment(name.parent) ? checker.getShorthandAssignmentValueSymbol(name.parent) : checker.getSymbolAtLocation(name))?.valueDeclaration : undefined;
  if (!parameter || !ts.isParameter(parameter) || parameter.parent !== enclosingFunction(call.node)) return undefined;
  return site.arguments[parameter.parent.parameters.indexOf(parameter)];
}

/** Whether a value is made of the property of that name of the object that was read: `Number(user.visits) + 1`. */
function readsProperty(value: ts.Expression, field: string, source: ts.CallExpression, checker: ts.TypeChecker, depth: number): boolean {
  const found = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node)) return JSON.stringify(node.name.text) === field && flowOf(node, source, checker) !== 'none';
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) return JSON.stringify(node.argumentExpression.text) === field && flowOf(node, source, checker) !== 'none';
    if (!ts.isIdentifier(node) || depth > deepest) return false;
    return (definitionsOf(node, checker) ?? []).some((one) => one.kind === 'value' && readsProperty(one.node, field, source, checker, depth + 1));
  };
  return found(unwrap(value)) || some(value, found, true);
}

/** Whether a value is made of that entry of the list that was read: `const [visits] = …; Number(visits) + 1`, `Number(fields[0]) + 1`. */
function readsEntry(value: ts.Expression, index: number, source: ts.CallExpression, checker: ts.TypeChecker, depth: number): boolean {
  const found = (node: ts.Node): boolean => {
    if (ts.isElementAccessExpression(node)) return node.argumentExpression.getText() === String(index) && flowOf(node.expression, source, checker) === 'same';
    if (!ts.isIdentifier(node) || depth > deepest) return false;
    return (definitionsOf(node, checker) ?? []).some((one) => (one.kind === 'part' ? isEntryOf(node, index, checker) && flowOf(one.node, source, checker) === 'same' : one.kind === 'value' && readsEntry(one.node, index, source, checker, depth + 1)));
  };
  return found(unwrap(value)) || some(value, found, true);
}

/** Whether a variable is that element of a list's pattern. */
function isEntryOf(name: ts.Identifier, index: number, checker: ts.TypeChecker): boolean {
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declaration !== undefined && ts.isBindingElement(declaration) && ts.isArrayBindingPattern(declaration.parent) && declaration.parent.elements.indexOf(declaration) === index;
}
