/** Commands that a function sends on a client which it has closed before, each by itself or by a helper, with no connecting in between. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, enclosingFunction, isAssignment, isFunctionWithBody, methodOf, some, walkOwn } from '../code/ast.ts';
import { declarationOfClient } from './client-names.ts';
import { propertyOf } from './client-property.ts';
import { closingsIn, hasName, isCertain, type Closing } from './closings.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { isConst } from '../code/fold.ts';
import { nodesIn } from '../calls/nodes.ts';
import { onOnePath } from '../code/paths.ts';
import { reachedCalls } from '../calls/reached-calls.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import type { Region } from '../calls/regions.ts';
import { deepest, unitOf } from '../code/units.ts';

export interface ClosedUse {
  /** The first command after it. */
  use: RedisCall;
  /** The command itself, or the call of the helper that sends it. */
  at: ts.CallExpression;
  closing: RedisCall;
  /** The closing call itself, or that of the helper which closes. */
  site: ts.Node;
}

export function closedUses(facts: RegionFacts, workspace: Workspace): ClosedUse[] {
  const { region, calls } = facts;
  const found: ClosedUse[] = [];
  for (const closing of closingsIn(facts, workspace)) {
    const used = ownUse(closing, calls, region, workspace) ?? helpersUse(closing, region, workspace);
    if (used && !found.some((one) => one.at === used.at)) found.push({ ...used, closing: closing.call, site: closing.site });
  }
  return found;
}

const isUse = (call: RedisCall): boolean => !call.command.startsWith('@') && (call.command !== 'QUIT' || quitFails(call)) && hasName(call);

/** What the function itself sends on the client after it was closed. */
function ownUse({ call, site, declaration }: Closing, calls: readonly RedisCall[], region: Region, workspace: Workspace): Pick<ClosedUse, 'use' | 'at'> | undefined {
  const fn = enclosingFunction(site);
  const use = calls.find((one) =>
    isUse(one) && one.node.getStart() > site.end && enclosingFunction(one.node) === fn && one.receiver.kind !== 'pool' && declarationOfClient(one, workspace.checker) === declaration &&
    (site !== call.node || textOf(one) === textOf(call)) && isCertain(site, one.node, textOf(one)) && onOnePath(site, one.node));
  return use && ts.isCallExpression(use.node) && !isOpenedBetween(site, use.node, textOf(use), declaration, region, workspace) && !isExpectedToFail(use.node) ? { use, at: use.node } : undefined;
}

/** What the helpers send that it calls after that, where nothing decides whether they do. */
function helpersUse({ site, declaration }: Closing, region: Region, workspace: Workspace): Pick<ClosedUse, 'use' | 'at'> | undefined {
  const fn = enclosingFunction(site);
  const client = nameOf(declaration);
  for (const [, at] of workspace.sitesWithin(unitOf(site) ?? region)) {
    if (!ts.isCallExpression(at) || at.getStart() <= site.end || enclosingFunction(at) !== fn || !isCertain(site, at, client) || !onOnePath(site, at) || isAskedFirst(at, client)) continue;
    const reached = reachedCalls(at, workspace, (call) => isUse(call) && call.command !== 'QUIT' && call.receiver.kind !== 'pool', isSentInAnyCase).find((one) => one.declaration === declaration);
    if (reached && !opens(at, client, workspace) && !isOpenedBetween(site, at, client, declaration, region, workspace) && !isExpectedToFail(at)) return { use: reached.call, at };
  }
  return undefined;
}

/** By which a function mentions the client. */
function nameOf(declaration: ts.Declaration): string {
  const property = propertyOf(declaration);
  if (property) return `this.${property.name}`;
  const { name } = declaration as ts.NamedDeclaration;
  return name && ts.isIdentifier(name) ? name.text : '';
}

/** Whether a condition around a node has to do with the client: its state, most likely. */
function isAskedFirst(node: ts.Node, client: string): boolean {
  for (let at = node; at.parent && !isFunctionWithBody(at); at = at.parent) if (conditionOver(at)?.getText().includes(client)) return true;
  return false;
}

/** That of the `if`, the choice or the `&&` of which a node is what depends on it. */
function conditionOver(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isIfStatement(parent) && node !== parent.expression) return parent.expression;
  if (ts.isConditionalExpression(parent) && node !== parent.condition) return parent.condition;
  return ts.isBinaryExpression(parent) && node === parent.right && !isAssignment(node.parent) ? parent.left : undefined;
}

/** Whether a helper, or one that it calls, may connect, or make the client anew. */
function opens(site: ts.CallExpression, client: string, workspace: Workspace, depth = 1): boolean {
  const unit = workspace.called(site);
  if (!unit) return false;
  if (workspace.callsIn(unit).some(({ command }) => command === '@connect' || command === '@construct' || command === '@duplicate')) return true;
  if (some(unit, (node) => isAssignment(node) && node.left.getText() === client)) return true;
  return depth < deepest && workspace.sitesWithin(unit).some(([inner, at]) => inner !== unit && ts.isCallExpression(at) && opens(at, client, workspace, depth + 1));
}

/** Nothing decides whether it is run, but a failure before it, and nobody takes its failure for granted. */
function isSentInAnyCase(node: ts.Node, fn: ts.Node): boolean {
  for (let at = node; at !== fn && at.parent; at = at.parent) {
    const { parent } = at;
    if (conditionOver(at) || ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent) || ts.isIterationStatement(parent, false)) return false;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return false;
    if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch') return false;
  }
  let leaves = false;
  walkOwn(fn, (one) => {
    leaves ||= (ts.isReturnStatement(one) || ts.isThrowStatement(one)) && one.end <= node.pos;
    return undefined;
  });
  return !leaves;
}

/**
 * QUIT of a client that is closed rejects with `The client is closed` on node-redis 4 to 6. On ioredis it does so only once the connection has
 * ended, and gives OK right after `disconnect()`. Who expects that it fails, or asks first whether the client is open, has thought of it.
 */
function quitFails({ dialect, major, node, receiver }: RedisCall): boolean {
  if (dialect !== 'node-redis' || major < 4 || !ts.isCallExpression(node)) return false;
  const client = receiver.node?.getText() ?? '';
  for (let at: ts.Node = node; at.parent && !isFunctionWithBody(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return false;
    if (ts.isPropertyAccessExpression(parent) && /^(?:catch|then)$/.test(parent.name.text)) return false;
    if (ts.isCallExpression(parent) && parent.expression !== at && methodOf(parent)?.name === 'allSettled') return false;
    if (conditionOver(at)?.getText().includes(client)) return false;
  }
  return true;
}

const textOf = ({ receiver }: RedisCall): string => receiver.node?.getText() ?? '';

/** @param name by which the client is mentioned between the closing and the use, which is `node` */
function isOpenedBetween(site: ts.Node, node: ts.Node, name: string, declaration: ts.Declaration, region: ts.Node, workspace: Workspace): boolean {
  const bare = name.replace(/^this\./, '');
  const mayChange = !(ts.isVariableDeclaration(declaration) && isConst(declaration)) && !ts.isParameter(declaration);
  return nodesIn(region).some((one) => {
    if (one.getStart() <= site.getStart() || one.getStart() >= node.getStart() || contains(site, one)) return false;
    if (isAssignment(one)) return one.left.getText() === name;
    if (!ts.isCallExpression(one)) return false;
    const callee = one.expression.getText();
    if (callee === `${name}.connect` || callee === `${name}!.connect` || callee === 'process.exit') return true;
    if (one.arguments.some((argument) => argument.getText() === name)) return true;
    const unit = isFunctionCall(one) ? workspace.called(one) : undefined;
    if (!unit) return false;
    return mayChange ? new RegExp(`\\b${bare.replace(/\W/g, '\\$&')}\\b`).test(unit.getText()) : workspace.callsIn(unit).some(({ command }) => command === '@connect');
  });
}

/** One of the project's, not a method of a client. */
const isFunctionCall = (call: ts.CallExpression): boolean => ts.isIdentifier(call.expression) || ts.isPropertyAccessExpression(call.expression);

/** `await expect(redis.get(k)).rejects.toThrow()` */
function isExpectedToFail(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isStatement(at) && !isFunctionWithBody(at); at = at.parent) {
    if (ts.isCallExpression(at) && /^(?:expect|assert)\b|\b(?:rejects|throws)\b/.test(at.expression.getText())) return true;
  }
  return false;
}
