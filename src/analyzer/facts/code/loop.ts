/** The loop that runs a node once per item: a statement, or the callback of an array method. Syntax alone. */
import ts from 'typescript';
import { contains, isFunctionWithBody, methodOf } from './ast.ts';
import type { Loop, LoopKind } from '../calls/redis-call.ts';

const iterating: Readonly<Record<string, LoopKind>> = { forEach: 'forEach', map: 'map', flatMap: 'map', reduce: 'reduce', reduceRight: 'reduce' };

/** The nearest loop around a node whose per-item part holds it; what a loop evaluates once (its list, its start) is outside it. */
export function enclosingLoop(node: ts.Node): Loop | undefined {
  for (let at: ts.Node = node; at.parent && !ts.isSourceFile(at.parent); at = at.parent) {
    const parent = at.parent;
    if (ts.isIterationStatement(parent, false)) {
      if (runsPerItem(parent, at)) return { kind: statementKind(parent), node: parent, body: parent.statement };
    } else if (isFunctionWithBody(parent)) {
      const loop = callbackLoop(parent);
      if (loop) return loop;
      // Within `previous.then(() => …)` of a reduce the step still runs once per item, one after the other.
      if (!isThenCallback(parent)) return undefined;
    }
  }
  return undefined;
}

/** The loop that a function is the body of: `list.forEach(fn)`. */
function callbackLoop(fn: ts.Node): Loop | undefined {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
  const kind = iterating[methodOf(call)?.name ?? ''];
  return kind && { kind, node: call, body: fn };
}

/** The names a loop gives to the item of each turn: its variables, or the callback's parameters. */
export function itemNames(loop: Loop): readonly ts.BindingName[] {
  if (ts.isCallExpression(loop.node)) return ts.isFunctionLike(loop.body) ? loop.body.parameters.map((parameter) => parameter.name) : [];
  if (ts.isForOfStatement(loop.node) || ts.isForInStatement(loop.node) || ts.isForStatement(loop.node)) {
    const list = loop.node.initializer;
    if (list && ts.isVariableDeclarationList(list)) return list.declarations.map((declaration) => declaration.name);
  }
  return [];
}

function runsPerItem(loop: ts.IterationStatement, part: ts.Node): boolean {
  if (part === loop.statement) return true;
  if (ts.isForStatement(loop)) return part === loop.condition || part === loop.incrementor;
  return (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) && part === loop.expression;
}

function statementKind(loop: ts.IterationStatement): LoopKind {
  if (ts.isForOfStatement(loop)) return loop.awaitModifier ? 'for-await' : 'for-of';
  if (ts.isForInStatement(loop)) return 'for-in';
  if (ts.isForStatement(loop)) return 'for';
  return ts.isDoStatement(loop) ? 'do' : 'while';
}

function isThenCallback(fn: ts.Node): boolean {
  const call = fn.parent;
  return ts.isCallExpression(call) && call.arguments[0] === fn && methodOf(call)?.name === 'then' && contains(call, fn);
}
