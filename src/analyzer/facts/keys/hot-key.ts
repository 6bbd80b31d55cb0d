/** One key, known before the program runs, that every request reads and none writes: what could be kept in memory for a while. */
import ts from 'typescript';
import { isWrite } from '../../../redis/commands.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, isAssignment, some, unwrap, type FunctionWithBody } from '../code/ast.ts';
import { accessesOfPattern } from '../values/json-accesses.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { serverPattern } from './server-pattern.ts';
import { isInlineCallback, unitOf } from '../code/units.ts';
import { regionOf } from '../calls/regions.ts';
import { runOf } from '../code/run.ts';

/** Reads of a whole value; a list's page or a membership is rather asked for by item. */
const wholeReads = new Set(['GET', 'HGETALL', 'SMEMBERS', 'JSON.GET']);

/** Whether a command reads one fixed key per request, each time, and no request is known to write it. */
export function isHotRead(call: RedisCall, workspace: Workspace): boolean {
  const [key, ...more] = call.args.keys;
  if (!wholeReads.has(call.command) || !key || more.length > 0 || call.args.list.length !== 1 || call.use.kind === 'floating' || call.use.kind === 'void') return false;
  const { parts } = key.pattern;
  if (parts.length !== 1 || !parts[0] || !('literal' in parts[0])) return false;
  const run = runOf(call.node);
  if (!run || call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi' || !isSentEachTime(call, run) || isPurge(call, run, workspace) || isWithinRequest(run, workspace)) return false;
  const follow = (site: ts.Node): boolean => {
    const caller = runOf(site);
    return caller !== undefined && !isInBranch(site, caller) && !isWithinRequest(caller, workspace);
  };
  return workspace.requestPath(call.node, follow) === 'a request handler' && !isLive(call, workspace);
}

/** Not kept in memory: no branch decides whether to ask, and the reply is put nowhere that outlives the call. */
function isSentEachTime(call: RedisCall, run: FunctionWithBody): boolean {
  if (ts.canHaveDecorators(run) && ts.getDecorators(run)?.some((one) => /cach|memo/i.test(one.getText()))) return false;
  return !isInBranch(call.node, run) && !some(run, (node) => isAssignment(node) && isOuterName(node.left, run));
}

/** What is read to remove something must be what the server has now. */
const isPurge = (read: RedisCall, run: FunctionWithBody, workspace: Workspace): boolean => workspace.callsIn(unitOf(read.node) ?? regionOf(read.node)).some(({ command, node }) => (command === 'DEL' || command === 'UNLINK') && contains(run, node));

/** A callback within what runs per request: `cached('flags', () => redis.get('flags'))`, which may not run each time. */
const isWithinRequest = (run: FunctionWithBody, workspace: Workspace): boolean => isInlineCallback(run) && workspace.requestPath(run) !== undefined;

/** Within a branch of the function, or after one that may have left it for a reason that is no parameter's: `if (cached) return cached;`. */
function isInBranch(node: ts.Node, run: FunctionWithBody): boolean {
  for (let at = node; at !== run && at.parent; at = at.parent) {
    const { parent } = at;
    if ((ts.isIfStatement(parent) && parent.expression !== at) || (ts.isConditionalExpression(parent) && parent.condition !== at) || ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^(?:&&|\|\||\?\?)=?$/.test(parent.operatorToken.getText())) return true;
    if (ts.isIterationStatement(parent, false)) return true;
    if (ts.isBlock(parent)) {
      for (const statement of parent.statements) {
        if (contains(statement, node)) break;
        if (ts.isIfStatement(statement) && some(statement, ts.isReturnStatement) && !isOfParameters(statement.expression, run)) return true;
      }
    }
  }
  return false;
}

/** A condition about nothing but what the function is given. */
function isOfParameters(condition: ts.Expression, run: FunctionWithBody): boolean {
  const names = new Set<string>();
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  for (const { name } of run.parameters) add(name);
  let only = true;
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) only &&= names.has(node.text) || node.text === 'undefined';
    ts.forEachChild(node, look);
  };
  look(condition);
  return only;
}

/** A variable of outside the function, or a property of what is not its own: `res.locals.flags` belongs to the request. */
function isOuterName(target: ts.Expression, run: FunctionWithBody): boolean {
  let root = unwrap(target);
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = unwrap(root.expression);
  if (root.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (!ts.isIdentifier(root)) return false;
  const { text } = root;
  return !some(run, (node) => (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name) && node.name.text === text);
}

/** Counted, or written by requests: its value is of the moment. Who writes a key that may be this one counts as well. */
function isLive(call: RedisCall, workspace: Workspace): boolean {
  const [key] = call.args.keys;
  const pattern = key && serverPattern(key.pattern, call.receiver, workspace);
  if (pattern === undefined) return true;
  const { own, overlapping } = accessesOfPattern(pattern, workspace);
  return [...own, ...overlapping].some(({ call: other }) => {
    if (!isWrite(other.command)) return false;
    return /INCR|DECR|^(?:SADD|SREM|SPOP|SETNX|GETSET|GETDEL|APPEND|HSETNX)$/.test(other.command) || workspace.requestPath(other.node) !== undefined;
  });
}
