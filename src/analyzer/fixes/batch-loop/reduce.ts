/** Promise chains by `reduce`: `(previous, id) => previous.then(() => command)`, `async (total, id) => (await total) + (await command)`. */
import ts from 'typescript';
import { isReadOnly } from '../../../redis/commands.ts';
import { contains, enclosingFunction, enclosingStatement, isAsync, isFunctionWithBody, mentions, methodOf, unwrap } from '../../facts/code/ast.ts';
import { isList, type LoopedCommand } from '../../facts/together/looped-command.ts';
import type { FixPlan, TextEdit } from '../../rules/rule.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { leadingComments, trailingComments } from '../text/comments.ts';
import { insertBefore, isInList, replaceNode } from '../text/edits.ts';
import { hoist } from '../text/hoist.ts';
import { indentationOf } from '../text/indentation.ts';
import { render, sourceText, type Replacement } from '../text/lines.ts';
import { claimScope, variablesIn } from '../text/names.ts';
import { styleOf } from '../text/style.ts';
import { awaitsOf, replyName, type Candidate } from './candidates.ts';
import { lostComments } from './code.ts';
import { Context } from './context.ts';
import { namesOf } from './effects.ts';
import { mayOvertake } from './emit-promises.ts';
import { plural, replyNoun } from './names.ts';

interface Chain {
  call: ts.CallExpression;
  list: string;
  /** What goes before: the promise of all that came before, or of what was added up. */
  previous: ts.Identifier;
  item: ts.BindingName;
  callback: ts.ArrowFunction | ts.FunctionExpression;
  /** What is in `Promise.resolve(…)`; undefined for nothing. */
  start: ts.Expression | undefined;
}

export function planReduce({ loop }: LoopedCommand, workspace: Workspace): FixPlan[] {
  const chain = chainOf(loop.node, workspace);
  if (!chain) return [];
  const edits = thenChain(chain, workspace) ?? accumulated(chain, workspace);
  if (!edits) return [];
  return [
    {
      id: 'promise-all',
      title: 'Send all commands at once with Promise.all, in place of a chain',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits: [claimScope(chain.call), ...keptComments(chain.call, edits), ...edits],
    },
  ];
}

/** The comments that a chain loses with its callbacks go before its statement. */
function keptComments(call: ts.CallExpression, edits: FixPlan['edits']): TextEdit[] {
  const statement = enclosingStatement(call);
  const texts = edits.map(({ text }) => text);
  const lost = lostComments(call.getSourceFile(), { start: call.getStart(), end: call.end }, texts);
  return lost.length > 0 && isInList(statement) ? [insertBefore(statement, lost)] : [];
}

/** Code taken from the source, as it stands in the place of a node. */
function inPlaceOf(node: ts.Node, text: string): string {
  const sourceFile = node.getSourceFile();
  return render([text], indentationOf(node), styleOf(sourceFile));
}

function chainOf(call: ts.Node, workspace: Workspace): Chain | undefined {
  if (!ts.isCallExpression(call) || ts.isOptionalChain(call) || call.arguments.length !== 2) return undefined;
  const method = methodOf(call);
  const [first, second] = call.arguments;
  const callback = first && unwrap(first);
  const start = second && unwrap(second);
  if (method?.name !== 'reduce' || !callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)) || callback.asteriskToken) return undefined;
  if (!start || !ts.isCallExpression(start) || start.expression.getText() !== 'Promise.resolve' || start.arguments.length > 1) return undefined;
  const [previous, item, ...more] = callback.parameters;
  if (!previous || !item || more.length > 0 || !ts.isIdentifier(previous.name) || item.initializer || item.dotDotDotToken) return undefined;
  if (!isList(workspace.checker.getTypeAtLocation(method.target), workspace.checker)) return undefined;
  return { call, list: sourceText(method.target), previous: previous.name, item: item.name, callback, start: start.arguments[0] };
}

/** `(previous, id) => previous.then(() => command)`: the chain's value is the last command's reply. */
function thenChain(chain: Chain, workspace: Workspace): FixPlan['edits'] | undefined {
  const { callback, previous, call, list, item, start } = chain;
  const step = returnedBy(callback);
  const then = step && unwrap(step);
  const method = then && ts.isCallExpression(then) ? methodOf(then) : undefined;
  if (!then || !ts.isCallExpression(then) || method?.name !== 'then' || unwrap(method.target).getText() !== previous.text || then.arguments.length !== 1) return undefined;
  const next = then.arguments[0] && unwrap(then.arguments[0]);
  if (!next || !isFunctionWithBody(next) || next.parameters.length > 0) return undefined;
  const returned = returnedBy(next);
  const awaited = returned && unwrap(returned);
  const command = awaited && ts.isAwaitExpression(awaited) ? unwrap(awaited.expression) : awaited;
  const sent = command && workspace.factsOf(call.getSourceFile().fileName)?.calls.find(({ node }) => node === command);
  if (!command || !sent || mentions(command, new Set([previous.text])) || !mayOvertake([{ call: sent, reads: isReadOnly(sent.command) }])) return undefined;
  const all = `Promise.all(${list}.map((${item.getText()}) => ${sourceText(command)}))`;
  if (isUnused(call)) return [replaceNode(call, inPlaceOf(call, all))];
  // Where a reply may be null, the last one cannot be told from none.
  if (start && mayBeNull(command, workspace.checker)) return undefined;
  const replies = new Context(call, workspace).fresh('replies', 'results');
  const last = `${replies}[${replies}.length - 1]`;
  return [replaceNode(call, inPlaceOf(call, `${all}.then((${replies}) => ${start ? `${last} ?? ${sourceText(start)}` : last})`))];
}

/** `async (total, id) => (await total) + (await command)`: what was awaited in turn is added up once all replies are there. */
function accumulated(chain: Chain, workspace: Workspace): FixPlan['edits'] | undefined {
  const { callback, previous, call, list, item, start } = chain;
  if (!isAsync(callback)) return undefined;
  const { candidates, others, strays } = awaitsOf(callback.body, workspace);
  const [candidate, ...more] = ts.isAwaitExpression(callback.body) ? [] : candidates;
  const waits = others.filter((node) => ts.isAwaitExpression(node) && unwrap(node.expression).getText() === previous.text);
  const [before] = waits;
  if (!candidate || !before || more.length > 0 || strays.length > 0 || others.length !== 1) return undefined;
  const { promise, awaited } = candidate;
  const isOutside = (node: ts.Node): boolean => !contains(promise, node);
  const itemNames = namesOf(item).map(({ text }) => text);
  const mentioned = (names: readonly string[], test: (node: ts.Node) => boolean): ts.Node[] => variablesIn(callback.body).filter((node) => names.includes(node.text) && test(node));
  const locals = variablesIn(callback.body).filter((node) => (ts.isVariableDeclaration(node.parent) || ts.isBindingElement(node.parent)) && node.parent.name === node);
  if (mentioned([previous.text], (node) => !contains(before, node)).length > 0 || mentioned(itemNames, isOutside).length > 0) return undefined;
  if (mentions(promise, new Set(locals.map(({ text }) => text))) || !mayOvertake([candidate])) return undefined;

  const sent = `Promise.all(${list}.map((${item.getText()}) => ${sourceText(promise)}))`;
  if (ts.isExpressionStatement(before.parent)) {
    const rest = ts.isBlock(callback.body) ? callback.body.statements.filter((statement) => statement !== before.parent) : [];
    const [only, ...others_] = rest;
    const nothingElse = only && others_.length === 0 && ((ts.isExpressionStatement(only) && only.expression === awaited) || (ts.isReturnStatement(only) && only.expression === awaited));
    return nothingElse && isUnused(call) ? [replaceNode(call, inPlaceOf(call, sent))] : undefined;
  }
  if (!start) return undefined;
  const context = new Context(call, workspace);
  const declaration = onlyDeclared(candidate, workspace.checker);
  const noun = replyNoun(candidate, workspace.checker);
  const reply = declaration ? noun : context.fresh(noun, 'reply');
  const replies = context.fresh(plural(reply) ?? 'replies', 'replies');
  const replace: Replacement[] = [named(before, previous.text), declaration ? { start: declaration.pos, end: declaration.end, text: '' } : named(awaited, reply)];
  const reducer = `(${previous.text}, ${reply}) => ${sourceText(callback.body, { replace })}`;
  const sum = `${replies}.reduce(${reducer}, ${sourceText(start)})`;
  const outer = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const fn = enclosingFunction(call);
  const waitsHere = outer !== call || (!ts.isSourceFile(fn) && isAsync(fn) && ts.isReturnStatement(call.parent));
  if (!waitsHere) return [replaceNode(call, inPlaceOf(call, `${sent}.then((${replies}) => ${sum})`))];
  return hoist(outer, [`const ${replies} = await ${sent};`], inPlaceOf(outer, sum));
}

/** `const count = await command;`, which goes where its name becomes the reducer's parameter. */
function onlyDeclared(candidate: Candidate, checker: ts.TypeChecker): ts.VariableStatement | undefined {
  const statement = replyName(candidate, checker)?.statement;
  return statement && [...leadingComments(statement), ...trailingComments(statement)].length === 0 ? statement : undefined;
}

/** A name in the place of an `await`, with the parentheses around it. */
function named(node: ts.Node, text: string): Replacement {
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  return { start: outer.getStart(), end: outer.end, text };
}

function returnedBy(fn: ts.Node): ts.Expression | undefined {
  if (!isFunctionWithBody(fn)) return undefined;
  if (!ts.isBlock(fn.body)) return fn.body;
  const [only, ...more] = fn.body.statements;
  return only && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** Awaited for its end alone. */
function isUnused(call: ts.Node): boolean {
  return ts.isAwaitExpression(call.parent) && ts.isExpressionStatement(call.parent.parent);
}

function mayBeNull(promise: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getAwaitedType(checker.getTypeAtLocation(promise));
  if (!type || type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
  return (type.isUnion() ? type.types : [type]).some((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0);
}
