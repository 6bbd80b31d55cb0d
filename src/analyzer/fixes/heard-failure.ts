/** A promise that nobody looks at → awaited, or with a handler for its failure; a `resolve` given as a node callback → one that rejects, too. */
import ts from 'typescript';
import type { Floating } from '../facts/floating.ts';
import { isAsync } from '../facts/ast.ts';
import { enclosingLoop } from '../facts/loop.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { insertAt, replaceNode } from './text/edits.ts';
import { freshName } from './text/names.ts';

const keeps: FixPlan['keeps'] = { replies: 'same', keyspace: 'same', roundTrips: 'same' };

export function planHeardFailure(call: RedisCall, found: Floating): FixPlan[] {
  if (found.kind === 'resolve') return planReject(found.name, found.executor);
  const { sourceFile } = call;
  const plans: FixPlan[] = [];
  // One by one, a loop would wait for each: no-command-in-loop.
  if (found.kind !== 'callback' && mayAwait(found.end) && !enclosingLoop(call.node)) {
    plans.push({ id: 'await', title: `Await ${call.command}`, kind: 'suggest', keeps: { ...keeps, roundTrips: 'same-commands' }, edits: [insertAt(sourceFile, found.end.getStart(sourceFile), 'await ')] });
  }
  plans.push({ id: 'catch', title: 'Report a failure with .catch()', kind: 'suggest', keeps, edits: [insertAt(sourceFile, found.end.end, `${lineBeforeLink(found.end)}.catch((error) => console.error(error))`)] });
  return plans;
}

/** A chain that has each link on a line of its own goes on like that. */
function lineBeforeLink(end: ts.Expression): string {
  const access = ts.isCallExpression(end) ? end.expression : undefined;
  if (!access || !ts.isPropertyAccessExpression(access)) return '';
  const between = end.getSourceFile().text.slice(access.expression.end, access.name.getStart());
  return /^\r?\n[ \t]*/.exec(between)?.[0] ?? '';
}

function mayAwait(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isClassStaticBlockDeclaration(at)) return false;
    if (ts.isFunctionLike(at)) return isAsync(at);
  }
  return false;
}

function planReject(name: ts.Identifier, executor: ts.ArrowFunction | ts.FunctionExpression): FixPlan[] {
  const [first, second, ...more] = executor.parameters;
  const sourceFile = name.getSourceFile();
  if (!first || more.length > 0 || (second && !ts.isIdentifier(second.name))) return [];
  const reject = second ? second.name.getText(sourceFile) : freshName(executor, ['reject', 'fail']);
  const [error, value] = [freshName(executor, ['error', 'failure']), freshName(executor, ['value', 'reply'])];
  const edits: TextEdit[] = [replaceNode(name, `(${error}, ${value}) => (${error} ? ${reject}(${error}) : ${name.text}(${value}))`)];
  if (!second) {
    // `resolve => …` has no parentheses.
    const isBare = executor.getStart(sourceFile) === first.getStart(sourceFile);
    edits.unshift(isBare ? replaceNode(first, `(${first.getText(sourceFile)}, ${reject})`) : insertAt(sourceFile, first.end, `, ${reject}`));
  }
  return [{ id: 'reject', title: 'Reject when the command fails', kind: 'suggest', keeps, edits }];
}
