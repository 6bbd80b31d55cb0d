/** Whether a list may be empty where it is used, and nobody has asked its length before. */
import ts from 'typescript';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap, walk } from '../code/ast.ts';
import { isBatchFunction } from '../calls/batch-function.ts';
import { place } from '../code/fold.ts';
import { isList, listArgument } from '../calls/list-argument.ts';
import { hasElements, listOrigin, type ListOrigin } from './list-origin.ts';
import { argumentsFor } from '../code/maybe-undefined.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { conditionsBefore, referenceText } from '../code/tested.ts';

/**
 * Why the lists of commands may be empty, by the commands' region. As texts, which are the same when they are told again: what a region's
 * other findings are made of does not change with those who call its functions.
 */
const emptyLists = new Join<string>('empty-lists', function* (calls, workspace) {
  for (const call of calls) {
    const given = listArgument(call);
    if (!given) continue;
    const origin = listOrigin(given.list, workspace);
    const why = whyEmpty(given.list, workspace, origin);
    if (why !== undefined && isList(given, origin, workspace.checker)) yield [keyOf(regionOf(call.node)), `${place(call.node)} ${why}`];
  }
});

const keyOf = (region: Region): string => region.getSourceFile().fileName + place(region);

/** Why the list that a command is given may be empty, for those commands of a region of which that is known. */
export function emptyListsIn(region: Region, workspace: Workspace): (call: RedisCall) => string | undefined {
  const reasons = new Map(workspace.under(emptyLists, keyOf(region)).map((text): [string, string] => [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)]));
  return ({ node }) => reasons.get(place(node));
}

/** Calls are followed up to this many steps (RULES.md, "Helpers"). */
const deepest = 3;

/** Why a list may be empty, for people; undefined where it is not known to be. */
function whyEmpty(list: ts.Expression, workspace: Workspace, origin = listOrigin(list, workspace), depth = 0): string | undefined {
  const why = reason(origin, workspace, depth);
  return why === undefined || isMeasured(list, origin.same) || hasElements(list, workspace.checker) ? undefined : why;
}

function reason({ kind, filtered, parameter }: ListOrigin, workspace: Workspace, depth: number): string | undefined {
  if (kind === 'unknown' || kind === 'some' || kind === 'part') return undefined;
  if (filtered) return kind === 'collected' ? 'what passes the condition' : 'what a filter leaves';
  if (kind === 'collected') return undefined;
  if (kind === 'reply') return 'a reply';
  if (kind === 'page') return 'a page of a scan';
  if (kind === 'query') return 'the result of a query';
  if (!parameter) return 'a parameter';
  if (isBatchFunction(parameter.parent, workspace)) return undefined;
  const given = argumentsFor(parameter, workspace);
  if (kind === 'rest') return given.some((one) => one === 'none') ? 'a parameter' : undefined;
  if (given.length === 0) return 'a parameter';
  const isEmpty = given.some((one) => {
    if (one === 'none') return parameter.initializer !== undefined && isEmptyLiteral(parameter.initializer);
    if (one === 'spread' || depth >= deepest) return false;
    return isEmptyLiteral(one) || whyEmpty(one, workspace, undefined, depth + 1) !== undefined;
  });
  return isEmpty ? 'a parameter' : undefined;
}

const isEmptyLiteral = (expression: ts.Expression): boolean => {
  const node = unwrap(expression);
  return ts.isArrayLiteralExpression(node) && node.elements.length === 0;
};

const measures = new Set(['length', 'size', 'at', 'some', 'every', 'includes', 'has']);

/** Whether the length of one of some lists has been asked for before. */
function isMeasured(at: ts.Expression, lists: readonly ts.Expression[]): boolean {
  const texts = new Set(lists.map(referenceText));
  if (texts.size === 0) return false;
  const isMeasure = (node: ts.Node): boolean => {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node)) return false;
    if (!texts.has(referenceText(node))) return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return measures.has(parent.name.text);
    if (ts.isElementAccessExpression(parent) && parent.expression === node) return true;
    // `isEmpty(keys)`
    return ts.isCallExpression(parent) && parent.expression !== node;
  };
  for (const condition of conditionsBefore(at)) {
    let found = isMeasure(condition);
    walk(condition, (node) => {
      found ||= isMeasure(node);
      return !found;
    });
    if (found) return true;
  }
  return false;
}
