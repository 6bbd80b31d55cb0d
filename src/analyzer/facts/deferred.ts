/** Whether code runs in the course of what is around it, or at some other time: when an event comes, or a request. Syntax alone. */
import ts from 'typescript';
import { contains, isFunctionWithBody, methodOf } from './ast.ts';
import { isInlineCallback } from './units.ts';

/** Methods that run what they are given before they return, or before their promise is settled. */
const inCourse = /^(?:map|forEach|flatMap|filter|reduce|reduceRight|some|every|find|from|then|catch|finally|all|allSettled|each|eachSeries|eachLimit|mapSeries|mapLimit|transaction|withTransaction|executeIsolated|retry|runExclusive|using)$/;

/** Between a node and `outer`, which holds it, stands a callback of which nobody can say when it runs. @param isCommand whether a call sends a command: its callback runs when the reply is there */
export function isDeferred(node: ts.Node, outer: ts.Node, isCommand: (call: ts.Node) => boolean = () => false): boolean {
  for (let at = node.parent; at && at !== outer && contains(outer, at); at = at.parent) {
    if (!isFunctionWithBody(at)) continue;
    if (!isInlineCallback(at)) return true;
    let call: ts.Node = at.parent;
    while (ts.isParenthesizedExpression(call)) call = call.parent;
    if (ts.isNewExpression(call)) {
      if (call.expression.getText() !== 'Promise') return true;
    } else if (ts.isCallExpression(call) && !contains(call.expression, at) && !isCommand(call)) {
      if (!inCourse.test(methodOf(call)?.name ?? '')) return true;
    }
  }
  return false;
}
