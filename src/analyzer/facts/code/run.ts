/** What runs in one course: a function's own code, and the callbacks that are run before it is done. Syntax alone. */
import ts from 'typescript';
import { contains, isFunctionWithBody, methodOf, type FunctionWithBody } from './ast.ts';
import { isInlineCallback } from './units.ts';

/** Methods that run what they are given before they return, or before their promise is settled. */
const inCourse = /^(?:map|forEach|flatMap|filter|reduce|reduceRight|some|every|find|from|then|catch|finally|each|eachSeries|eachLimit|mapSeries|mapLimit|transaction|withTransaction|executeIsolated|retry|runExclusive)$/;

/**
 * The function in whose course a node runs; undefined for a module's. A callback of which nobody can say when it runs (an event's, a
 * request's) has a course of its own. @param waits whether what a call is given runs in the course of the call, besides those that are known to
 */
export function runOf(node: ts.Node, waits: (call: ts.Node) => boolean = () => false): FunctionWithBody | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunctionWithBody(at) && !isPartOfCourse(at, waits)) return at;
  return undefined;
}

function isPartOfCourse(fn: FunctionWithBody, waits: (call: ts.Node) => boolean): boolean {
  if (!isInlineCallback(fn)) return false;
  let call: ts.Node = fn.parent;
  while (ts.isParenthesizedExpression(call)) call = call.parent;
  if (ts.isNewExpression(call)) return call.expression.getText() === 'Promise';
  // `(async () => …)()`
  if (ts.isCallExpression(call) && contains(call.expression, fn)) return true;
  return waits(call) || (ts.isCallExpression(call) && inCourse.test(methodOf(call)?.name ?? ''));
}
