/** Within one loop: what comes from the item of the turn, and whether a reply decides what happens next. */
import ts from 'typescript';
import { contains, isAssignment, isFunctionWithBody, methodOf, some, unwrap, walkOwn } from '../code/ast.ts';
import { itemNames } from '../code/loop.ts';
import type { Loop } from '../calls/redis-call.ts';

/** The loop's own variables, and all that its body computes from them. */
export function itemSymbols(loop: Loop, checker: ts.TypeChecker): ReadonlySet<ts.Symbol> {
  const symbols = new Set<ts.Symbol>();
  for (const name of itemNames(loop)) addNames(name, symbols, checker);
  // `const entry = queue.shift()`: what the body declares is new each turn.
  return derived(loop, symbols, checker);
}

export function dependsOnItem(node: ts.Node, items: ReadonlySet<ts.Symbol>, checker: ts.TypeChecker): boolean {
  return uses(node, items, checker);
}

function uses(node: ts.Node, symbols: ReadonlySet<ts.Symbol>, checker: ts.TypeChecker): boolean {
  const isOne = (at: ts.Node): boolean => {
    if (!ts.isIdentifier(at)) return false;
    const symbol = ts.isShorthandPropertyAssignment(at.parent) ? checker.getShorthandAssignmentValueSymbol(at.parent) : checker.getSymbolAtLocation(at);
    return symbol !== undefined && symbols.has(symbol);
  };
  return isOne(node) || some(node, isOne);
}

function addNames(name: ts.Node, symbols: Set<ts.Symbol>, checker: ts.TypeChecker): void {
  if (ts.isIdentifier(name)) {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol) symbols.add(symbol);
  } else if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) {
    for (const element of name.elements) if (ts.isBindingElement(element)) addNames(element.name, symbols, checker);
  }
}

/** Adds, until nothing is new, the variables that the body sets from the symbols. */
function derived(loop: Loop, symbols: Set<ts.Symbol>, checker: ts.TypeChecker): Set<ts.Symbol> {
  for (let size = -1; size !== symbols.size; ) {
    size = symbols.size;
    walkOwn(loop.body, (node) => {
      if (ts.isVariableDeclaration(node) && node.initializer && uses(node.initializer, symbols, checker)) addNames(node.name, symbols, checker);
      return undefined;
    });
  }
  return symbols;
}

/**
 * Whether a command's reply decides the next turn or leaves the loop early: a `break`, `return` or the loop's condition depends on it,
 * or a variable that the next turn's commands read is set from it, or the loop is left as soon as the command succeeds.
 */
export function replyDecides(site: ts.CallExpression, loop: Loop, checker: ts.TypeChecker): boolean {
  if (isFunctionWithBody(loop.body)) return false;
  const tainted = taintedBy(site, loop, checker);
  const fromReply = (node: ts.Node): boolean => contains(node, site) || uses(node, tainted, checker);
  for (const part of conditionsOf(loop)) if (fromReply(part)) return true;
  let decides = false;
  walkOwn(loop.body, (node) => {
    if (decides) return false;
    if (leavesLoop(node, loop) && (leavesWith(node) || isGuarded(node, loop, fromReply) || follows(node, site, loop))) decides = true;
    return undefined;

    function leavesWith(statement: ts.Node): boolean {
      return ts.isReturnStatement(statement) && statement.expression !== undefined && fromReply(statement.expression);
    }
  });
  return decides || isCarried(site, loop, tainted, checker);
}

/** All that is computed from the reply, variables of outside the loop included. */
function taintedBy(site: ts.CallExpression, loop: Loop, checker: ts.TypeChecker): Set<ts.Symbol> {
  const tainted = new Set<ts.Symbol>();
  const from = (node: ts.Node): boolean => contains(node, site) || uses(node, tainted, checker);
  for (let size = -1; size !== tainted.size; ) {
    size = tainted.size;
    walkOwn(loop.node, (node) => {
      if (ts.isVariableDeclaration(node) && node.initializer && from(node.initializer)) addNames(node.name, tainted, checker);
      if (isAssignment(node) && from(node.right)) {
        const target = unwrap(node.left);
        if (ts.isIdentifier(target)) addNames(target, tainted, checker);
      }
      const changed = ts.isCallExpression(node) ? changedCollection(node) : undefined;
      if (changed && (node as ts.CallExpression).arguments.some(from)) addNames(changed, tainted, checker);
      // `if (reply) seen.add(id)`: what the collection holds depends on the reply all the same.
      if (changed && isGuarded(node, loop, from)) addNames(changed, tainted, checker);
      return undefined;
    });
  }
  return tainted;
}

const changers = new Set(['push', 'unshift', 'add', 'set', 'delete', 'splice', 'clear']);

/** The variable that `seen.add(x)`, `out.push(x)` changes. */
function changedCollection(call: ts.CallExpression): ts.Identifier | undefined {
  const method = methodOf(call);
  const target = method && changers.has(method.name) ? unwrap(method.target) : undefined;
  return target && ts.isIdentifier(target) ? target : undefined;
}

function conditionsOf(loop: Loop): ts.Node[] {
  const { node } = loop;
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return [node.expression];
  return ts.isForStatement(node) ? [node.condition, node.incrementor].filter((part) => part !== undefined) : [];
}

/** `break` of this loop (or of one around it), `return`; a `continue` only ends the turn, and a `throw` is an error. */
function leavesLoop(node: ts.Node, loop: Loop): boolean {
  if (ts.isReturnStatement(node)) return true;
  if (!ts.isBreakStatement(node)) return ts.isContinueStatement(node) && node.label !== undefined && !labels(loop, node.label.text);
  if (node.label) return true;
  for (let at = node.parent; at !== loop.node; at = at.parent) if (ts.isIterationStatement(at, false) || ts.isSwitchStatement(at)) return false;
  return true;
}

const labels = (loop: Loop, label: string): boolean => ts.isLabeledStatement(loop.node.parent) && loop.node.parent.label.text === label;

/** An `if`, `switch` or `?` between the loop and a node whose condition comes from the reply. */
function isGuarded(node: ts.Node, loop: Loop, fromReply: (node: ts.Node) => boolean): boolean {
  for (let at = node; at.parent && at !== loop.node; at = at.parent) {
    const { parent } = at;
    if ((ts.isIfStatement(parent) || ts.isSwitchStatement(parent)) && at !== parent.expression && fromReply(parent.expression)) return true;
    if (ts.isCaseClause(parent) && fromReply(parent.expression)) return true;
  }
  return false;
}

/** Left without condition after the command, as a retry is when it succeeds. */
function follows(leave: ts.Node, site: ts.CallExpression, loop: Loop): boolean {
  if (leave.pos < site.pos) return false;
  for (let at = leave.parent; at && at !== loop.body; at = at.parent) {
    if (ts.isIfStatement(at) || ts.isCatchClause(at) || ts.isSwitchStatement(at)) return contains(at, site) && !ts.isCatchClause(at);
  }
  return true;
}

/** `parent = await r.hget(parent)`: a later command's argument comes from an earlier reply. */
function isCarried(site: ts.CallExpression, loop: Loop, tainted: ReadonlySet<ts.Symbol>, checker: ts.TypeChecker): boolean {
  const outer = new Set([...tainted].filter((symbol) => symbol.valueDeclaration && !contains(loop.node, symbol.valueDeclaration)));
  if (outer.size === 0) return false;
  if (site.arguments.some((argument) => uses(argument, outer, checker))) return true;
  // The list that the loop walks grows by replies, or a `continue` before the command asks what they have brought so far.
  if (ts.isForOfStatement(loop.node) && uses(loop.node.expression, outer, checker)) return true;
  let skips = false;
  walkOwn(loop.body, (node) => {
    if (ts.isContinueStatement(node) && node.pos < site.pos && isGuarded(node, loop, (condition) => uses(condition, outer, checker))) skips = true;
    return undefined;
  });
  if (skips) return true;
  // A condition around the command that asks what replies have brought so far.
  for (let at: ts.Node = site; at.parent && at !== loop.body; at = at.parent) {
    if (ts.isIfStatement(at.parent) && at !== at.parent.expression && uses(at.parent.expression, outer, checker)) return true;
  }
  return false;
}
