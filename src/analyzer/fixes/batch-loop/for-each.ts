/**
 * `list.forEach(async (item) => …)`: the commands are under way at once already, but nobody waits for them and nobody sees their
 * errors. `await Promise.all(list.map(async (item) => …))`, the callback left as it is. A function that does not wait yet is made
 * async where that can be done without changing what it does: where the loop is its last statement and it gives nothing back.
 */
import ts from 'typescript';
import { enclosingFunction, isAsync, isFunctionWithBody, methodOf, some, unwrap, type FunctionWithBody } from '../../facts/code/ast.ts';
import { isList, type LoopedCommand } from '../../facts/together/looped-command.ts';
import { enclosingLoop } from '../../facts/code/loop.ts';
import type { FixPlan, TextEdit } from '../../rules/rule.ts';
import { insertAt, replaceNode, replaceRange } from '../text/edits.ts';
import { tiesOf } from '../text/jumps.ts';
import { styleOf } from '../text/style.ts';
import { unitName } from '../../facts/code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';

export function planForEach({ loop }: LoopedCommand, workspace: Workspace): FixPlan[] {
  const call = loop.node;
  if (!ts.isCallExpression(call) || ts.isOptionalChain(call) || !ts.isExpressionStatement(call.parent) || call.arguments.length !== 1) return [];
  const method = methodOf(call);
  const [callback] = call.arguments;
  if (!method || method.name !== 'forEach' || !callback || !isAsync(unwrap(callback)) || !ts.isPropertyAccessExpression(call.expression)) return [];
  if (!mayBeArray(method.target, workspace)) return [];
  const waiting = waitIn(call.parent, workspace);
  if (!waiting) return [];
  const sourceFile = call.getSourceFile();
  const { name } = call.expression;
  const start = call.getStart();
  return [
    {
      id: 'promise-all',
      title: `${waiting.name === undefined ? 'Wait' : `Make ${waiting.name} async: wait`} for all items with Promise.all, and raise their errors`,
      kind: 'suggest',
      // forEach sends as much at once; what changes is that somebody waits.
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [
        ...waiting.edits,
        replaceRange(sourceFile, start, start, 'await Promise.all('),
        replaceRange(sourceFile, name.getStart(), name.end, 'map'),
        replaceRange(sourceFile, call.end, call.end, ')'),
      ],
    },
  ];
}

/** Only an array has `map`; in JavaScript a parameter whose type nobody tells is one by far the most often, and anything else has no `map` to call. */
function mayBeArray(target: ts.Expression, workspace: Workspace): boolean {
  const type = workspace.checker.getTypeAtLocation(target);
  return isList(type, workspace.checker) || (!styleOf(target.getSourceFile()).typescript && (type.flags & ts.TypeFlags.Any) !== 0 && ts.isIdentifier(unwrap(target)));
}

interface Waiting {
  /** Of the function that is made async; undefined where it is one. */
  name: string | undefined;
  edits: readonly TextEdit[];
}

/** What makes the function around a statement able to wait; undefined where it cannot be told to be right. */
function waitIn(statement: ts.Statement, workspace: Workspace): Waiting | undefined {
  const fn = enclosingFunction(statement);
  if (ts.isSourceFile(fn)) return undefined;
  if (isAsync(fn)) return { name: undefined, edits: [] };
  const name = unitName(fn);
  if (name === undefined || !mayBecomeAsync(fn, statement)) return undefined;
  const sourceFile = fn.getSourceFile();
  const edits = [insertAt(sourceFile, asyncPlace(fn), 'async ')];
  if (fn.type) edits.push(replaceNode(fn.type, 'Promise<void>'));
  for (const site of workspace.callers(fn)) {
    const around = enclosingFunction(site);
    // A caller that cannot wait goes on as it did; in a loop the waiting would be one after the other.
    if (ts.isSourceFile(around) || !isAsync(around) || !ts.isExpressionStatement(site.parent) || enclosingLoop(site)) continue;
    edits.push(insertAt(site.getSourceFile(), site.getStart(), 'await '));
  }
  return { name: name === 'default' ? 'this function' : name, edits };
}

/** A named function that gives nothing back and throws nothing by itself, whose last statement this is: whoever calls it sees no difference but the promise. */
function mayBecomeAsync(fn: FunctionWithBody, statement: ts.Statement): boolean {
  const isPlain = ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn) || ((ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) && (ts.isVariableDeclaration(fn.parent) || ts.isPropertyDeclaration(fn.parent)));
  if (!isPlain || ('asteriskToken' in fn && fn.asteriskToken) || !ts.isBlock(fn.body) || fn.body.statements.at(-1) !== statement) return false;
  if (fn.type && fn.type.kind !== ts.SyntaxKind.VoidKeyword) return false;
  // A type from elsewhere, or of an overload, may ask for no promise.
  if ((ts.isVariableDeclaration(fn.parent) || ts.isPropertyDeclaration(fn.parent)) && fn.parent.type) return false;
  if (ts.getJSDocReturnType(fn) || isOverloaded(fn)) return false;
  const ties = tiesOf(fn.body.statements);
  return !ties.has('return') && !some(fn.body, ts.isThrowStatement, true);
}

function isOverloaded(fn: FunctionWithBody): boolean {
  const { parent } = fn;
  const siblings = ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isModuleBlock(parent) ? parent.statements : ts.isClassLike(parent) ? parent.members : [];
  return siblings.some((one) => one !== fn && ts.isFunctionLike(one) && !isFunctionWithBody(one) && one.name !== undefined && fn.name !== undefined && one.name.getText() === fn.name.getText());
}

/** Before `function`, a method's name or an arrow's parameters: behind `export`, `static` and decorators. */
function asyncPlace(fn: FunctionWithBody): number {
  const last = ts.canHaveModifiers(fn) ? fn.modifiers?.at(-1) : undefined;
  if (!last) return fn.getStart();
  const { text } = fn.getSourceFile();
  return last.end + (/^\s*/.exec(text.slice(last.end))?.[0].length ?? 0);
}
