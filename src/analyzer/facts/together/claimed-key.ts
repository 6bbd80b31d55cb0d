/** A key that is written only where it was not there, so that whoever writes it has it: a claim, not the filling of a cache. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, isFunctionWithBody, some, unwrap } from '../code/ast.ts';
import { definitionsOf } from '../code/definitions.ts';
import type { KeyPair } from './key-pairs.ts';
import { isLockKey, keyWords } from '../keys/key-words.ts';
import { isLogging } from '../code/logging.ts';
import { nodesIn } from '../calls/nodes.ts';
import { regionOf } from '../calls/regions.ts';
import { reachedWhen } from '../replies/reply-absence.ts';
import { flowOf, handsOutReply } from '../replies/reply-flow.ts';
import { isOnlyTested } from '../replies/reply-tests.ts';
import { ownReplyValues } from '../replies/reply-values.ts';
import { returnedBy } from '../code/returned-by.ts';
import { unitOf } from '../code/units.ts';

export function isClaimOfKey(pair: KeyPair, workspace: Workspace): boolean {
  const { first, second } = pair;
  const { checker } = workspace;
  if (!handsOutReply(first, workspace)) return false;
  const reached = reachedWhen(first, second.site, workspace);
  const keys = [first, second].flatMap(({ call }) => call.args.keys.slice(0, 1).map(({ pattern }) => pattern));
  const isLock = keys.some(isLockKey);
  // `if (state === 'open') return`: may be the next of several states, where NX is no remedy; of a lock, whose it is.
  const isGuarded = reached.present === false ? reached.absent !== false : (isLock || first.call.command === 'EXISTS') && reached.present === undefined && reached.absent === true;
  if (!isGuarded) return false;
  const values = writtenValues(pair);
  if (values.some((value) => flowOf(value, first.site, checker) !== 'none')) return false;
  if (first.call.command !== 'EXISTS' && !(ownReplyValues(first, workspace)?.every(isOnlyTested) ?? false)) return false;
  if (isLock) return true;
  if (keys.some((key) => keyWords(key).some((word) => /^cached?$|^caches$|^memo/.test(word)))) return false;
  return !isFill(pair, values, workspace) && isDecided(pair, workspace);
}

function writtenValues({ second }: KeyPair): readonly ts.Expression[] {
  if (second.site !== second.call.node) return second.site.arguments;
  return second.call.args.value ? [second.call.args.value] : [];
}

/** What is written was made because the key was not there: loaded, or handed back as it would have been from the cache. */
function isFill({ first, second }: KeyPair, values: readonly ts.Expression[], workspace: Workspace): boolean {
  const { checker } = workspace;
  const unit = unitOf(first.site);
  if (values.some((value) => isLoaded(value, first.site, checker, 0))) return true;
  const made = new Set(values.flatMap((value) => madeAfter(value, first.site, checker)));
  const returned = unit ? returnedBy(unit) : [];
  if (made.size > 0 && returned.some((value) => some(value, (node) => ts.isIdentifier(node) && isIn(made, node, checker)) || isIn(made, value, checker))) return true;
  // Read for what it holds, where it is there.
  const key = first.call.args.keys[0]?.identity;
  const reads = workspace.callsIn(unit ?? regionOf(first.site)).filter(({ command, args, node }) => /^(?:GET|GETEX|MGET)$/.test(command) && args.keys[0]?.identity === key && node !== first.call.node && node.pos > first.site.pos);
  return reads.some((read) => read.node !== second.call.node);
}

const isIn = (made: ReadonlySet<ts.Symbol>, node: ts.Node, checker: ts.TypeChecker): boolean => {
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  return symbol !== undefined && made.has(symbol);
};

/** The variables of a value that were declared, or given, once the read had said that there is nothing. */
function madeAfter(value: ts.Expression, source: ts.CallExpression, checker: ts.TypeChecker): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const late = (definitionsOf(node, checker) ?? []).some((one) => one.node.pos > source.expression.end);
      const symbol = late ? (ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node)) : undefined;
      if (symbol) found.push(symbol);
    } else ts.forEachChild(node, look);
  };
  look(value);
  return found;
}

/** Waited for after the read, or given to a callback after it. */
function isLoaded(value: ts.Expression, source: ts.CallExpression, checker: ts.TypeChecker, depth: number): boolean {
  if (depth > 8) return true;
  const look = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node)) return node.pos > source.expression.end;
    if (!ts.isIdentifier(node)) return false;
    return (definitionsOf(node, checker) ?? []).some((one) => {
      if (one.node.pos <= source.expression.end) return false;
      return one.kind === 'parameter' || (one.kind === 'change' ? one.values.some((each) => isLoaded(each, source, checker, depth + 1)) : isLoaded(one.node, source, checker, depth + 1));
    });
  };
  const node = unwrap(value);
  return look(node) || some(node, look);
}

/** Whether the function goes on, or answers, in another way where it has found the key: not only without writing it. */
function isDecided({ first, second }: KeyPair, workspace: Workspace): boolean {
  const unit = unitOf(first.site);
  const { checker } = workspace;
  if (unit && returnedBy(unit).some((value) => flowOf(value, first.site, checker) !== 'none')) return true;
  const region = regionOf(first.site);
  const differs = (node: ts.Node): boolean => {
    const { absent, present } = reachedWhen(first, node, workspace);
    return (absent === false) !== (present === false);
  };
  const outer: ts.Node = unit ?? region;
  let decided = false;
  const step = (node: ts.Node): void => {
    if (decided || node.end <= first.site.expression.end) return;
    const isStatement = (ts.isReturnStatement(node) && node.expression !== undefined) || ts.isThrowStatement(node);
    if (isStatement && !contains(node, second.site) && differs(node)) decided = true;
    else ts.forEachChild(node, step);
  };
  step(outer);
  if (decided) return true;
  return nodesIn(region).some((node) => {
    if (!ts.isCallExpression(node) || node.pos < first.site.expression.end || (unitOf(node) ?? region) !== outer || isLogging(node)) return false;
    const isStatement = ts.isExpressionStatement(node.parent) || (ts.isAwaitExpression(node.parent) && ts.isExpressionStatement(node.parent.parent));
    return isStatement && !contains(node, second.site) && !isFunctionWithBody(node) && differs(node);
  });
}
