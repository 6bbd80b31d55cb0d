/** A promise that nobody looks at → awaited, or with a handler for its failure; a `resolve` given as a node callback → one that rejects, too. */
import ts from 'typescript';
import type { Floating } from '../facts/calls/floating.ts';
import { enclosingFunction, isAsync } from '../facts/code/ast.ts';
import { enclosingLoop } from '../facts/code/loop.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
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
    plans.push({ id: 'await', title: `Await ${found.combinator ?? call.command}`, kind: 'suggest', keeps: { ...keeps, roundTrips: 'same-commands' }, edits: [insertAt(sourceFile, found.end.getStart(sourceFile), 'await ')] });
  }
  const executor = found.kind === 'then' ? executorAround(found.end) : undefined;
  const reject = executor && rejectIn(executor);
  // Whoever waits for the promise around it hears of it.
  if (reject) {
    const edits = [...reject.edits, insertAt(sourceFile, found.end.end, `${lineBeforeLink(found.end)}.catch(${reject.name})`)];
    return [{ id: 'reject', title: 'Reject when the command fails', kind: 'suggest', keeps, edits }];
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

type Executor = ts.ArrowFunction | ts.FunctionExpression;

/** Of `new Promise((resolve, reject) => …)`, where a node stands in the function itself, which is no async one. */
function executorAround(node: ts.Node): Executor | undefined {
  const fn = enclosingFunction(node);
  if ((!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) || isAsync(fn)) return undefined;
  return ts.isNewExpression(fn.parent) && fn.parent.expression.getText() === 'Promise' ? fn : undefined;
}

/** What rejects, and what gives it a name where it has none; undefined where that cannot be. */
function rejectIn(executor: Executor): { name: string; edits: TextEdit[] } | undefined {
  const [first, second, ...more] = executor.parameters;
  const sourceFile = executor.getSourceFile();
  if (!first || more.length > 0 || (second && !ts.isIdentifier(second.name))) return undefined;
  if (second) return { name: second.name.getText(sourceFile), edits: [] };
  const name = freshName(executor, ['reject', 'fail']);
  // `resolve => …` has no parentheses.
  const isBare = executor.getStart(sourceFile) === first.getStart(sourceFile);
  return { name, edits: [isBare ? replaceNode(first, `(${first.getText(sourceFile)}, ${name})`) : insertAt(sourceFile, first.end, `, ${name}`)] };
}

function planReject(name: ts.Identifier, executor: Executor): FixPlan[] {
  const reject = rejectIn(executor);
  if (!reject) return [];
  const [error, value] = [freshName(executor, ['error', 'failure']), freshName(executor, ['value', 'reply'])];
  const edits = [...reject.edits, replaceNode(name, `(${error}, ${value}) => (${error} ? ${reject.name}(${error}) : ${name.text}(${value}))`)];
  return [{ id: 'reject', title: 'Reject when the command fails', kind: 'suggest', keeps, edits }];
}
