/** A read that gives the same until somebody writes, and nothing that could have been written between two of them. */
import ts from 'typescript';
import { isReadOnly } from '../../../redis/commands.ts';
import { contains, isAssignment, some, unwrap, walk } from './ast.ts';
import { onOnePath } from './paths.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { unitOf, type Unit } from './units.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Random, walked by a cursor, or of the moment. */
const volatile = /^(?:.*RAND.*|.*SCAN|XREAD.*|XPENDING|P?TTL|TOUCH|OBJECT .*|MEMORY .*|DUMP|WAIT.*|LOLWUT|KEYS)$/;

export const isPureRead = (command: string): boolean => isReadOnly(command) && !volatile.test(command);

/** Whether a function does nothing about Redis but send this one command, each time it is called: it keeps no reply of an earlier call. */
export function isPureReader(unit: Unit, call: RedisCall, workspace: Workspace): boolean {
  if (ts.isClassLike(unit) || (ts.canHaveDecorators(unit) && ts.getDecorators(unit)?.length)) return false;
  const own = workspace.callsIn(unit);
  if (own.length !== 1 || own[0] !== call || !isPureRead(call.command) || workspace.sitesWithin(unit).length > 0) return false;
  return !some(unit, (node) => (isBranch(node) && node.getStart() < call.node.getStart() && !isEvaluatedFirst(node, call.node)) || (isAssignment(node) && isOuter(node.left, unit)));
}

const isBranch = (node: ts.Node): boolean =>
  ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isSwitchStatement(node) || ts.isTryStatement(node) || ts.isReturnStatement(node) || isShort(node);

const isShort = (node: ts.Node): boolean => ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)=?$/.test(node.operatorToken.getText());

/** `(await redis.get(key)) ?? '{}'`, `return redis.get(key)`: whatever the node decides, the command is sent. */
function isEvaluatedFirst(node: ts.Node, call: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isTryStatement(node)) return contains(ts.isTryStatement(node) ? node.tryBlock : node, call);
  if (ts.isConditionalExpression(node)) return contains(node.condition, call);
  if (ts.isIfStatement(node) || ts.isSwitchStatement(node)) return contains(node.expression, call);
  return ts.isBinaryExpression(node) && contains(node.left, call);
}

function isOuter(target: ts.Expression, unit: Unit): boolean {
  const inner = unwrap(target);
  return !ts.isIdentifier(inner) || !some(unit, (node) => (ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name) && node.name.text === inner.text);
}

/** Whether nothing between two places of one function could write, or lets time go by: no other command, nothing else that is waited for. */
export function isUndisturbed(first: ts.Node, second: ts.Node, workspace: Workspace): boolean {
  const root: Unit | Region = unitOf(first) ?? regionOf(first);
  const isBetween = (node: ts.Node): boolean => node.getStart() >= first.end && node.end <= second.getStart() && onOnePath(node, second);
  const commands = new Map(workspace.callsIn(root).map((call): [ts.Node, RedisCall] => [call.node, call]));
  for (const [node, call] of commands) if (!isReadOnly(call.command) && !call.command.startsWith('@on') && isBetween(node)) return false;
  for (const [unit, site] of workspace.sitesWithin(root)) {
    if (isBetween(site) && !workspace.callsIn(unit).every((call) => isReadOnly(call.command))) return false;
  }
  let disturbed = false;
  walk(root, (node) => {
    if (disturbed || node.end <= first.end || node.pos >= second.getStart()) return false;
    if (ts.isAwaitExpression(node)) disturbed ||= isBetween(node) && !isReadOnly(commands.get(unwrap(node.expression))?.command ?? '');
    else if (ts.isYieldExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) disturbed ||= isBetween(node);
    return undefined;
  });
  return !disturbed;
}
