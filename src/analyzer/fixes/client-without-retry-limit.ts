/**
 * A client whose requests fail after some retries, given to what waits for BullMQ's jobs → one whose requests do not: the client itself, where it
 * is made for nothing else in the same file, or else a duplicate, so that everybody else's requests go on failing. BullMQ duplicates what it is
 * given for the command that blocks, and closes that; what it was given is for the program to close.
 */
import ts from 'typescript';
import { receiverType } from '../dialects/client-types.ts';
import { enclosingFunction, enclosingStatement, hasModifier, isAssignment, methodOf, unwrap, wrapped } from '../facts/code/ast.ts';
import { isAddress, waiterOptions, type BullConnection } from '../facts/clients/bullmq-connections.ts';
import { isConstructionCall } from '../facts/calls/collect-calls.ts';
import type { Construction } from '../facts/clients/construction.ts';
import { isConst, symbolOfValue } from '../facts/code/fold.ts';
import { referencesTo } from '../facts/code/references.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { insertAt, insertBefore, isInList, replaceNode } from './text/edits.ts';
import { claimScope, freshName } from './text/names.ts';
import { addProperty } from './text/object-literals.ts';
import { braced, styleOf } from './text/style.ts';

const option = 'maxRetriesPerRequest';
const noLimit = `${option}: null`;
/** Neither sends anything, nor waits for a reply that may not come. */
const harmless = new Set(['on', 'once', 'off', 'addListener', 'removeListener', 'quit', 'disconnect']);

export function planClientWithoutRetryLimit(given: BullConnection, workspace: Workspace): FixPlan[] {
  const planned = atConstruction(given, workspace) ?? asDuplicate(given, workspace);
  return planned ? [{ id: 'no-retry-limit', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, ...planned }] : [];
}

type Planned = Pick<FixPlan, 'title' | 'edits'> | undefined;

function atConstruction({ connection }: BullConnection, workspace: Workspace): Planned {
  const made = construction(connection, workspace) ?? constructionForWaiters(connection, workspace);
  const edits = made && withoutLimit(made, workspace.checker);
  return edits && { title: `Make the client with \`${noLimit}\``, edits };
}

/** `new Redis(…)`, `redis.duplicate()`, with listeners or without. */
function construction(expression: ts.Expression, { checker }: Workspace): Construction | undefined {
  let node = unwrap(expression);
  for (let method = listenerCall(node); method; method = listenerCall(node)) node = unwrap(method);
  if (isConstructionCall(node, checker)) return node;
  const duplicated = ts.isCallExpression(node) && methodOf(node)?.name === 'duplicate' ? receiverType(checker.getTypeAtLocation(node), checker) : undefined;
  return duplicated?.kind === 'client' ? (node as ts.CallExpression) : undefined;
}

function listenerCall(node: ts.Expression): ts.Expression | undefined {
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  return method && /^(?:on|once)$/.test(method.name) ? method.target : undefined;
}

/** What makes the client that a constant of this file stands for, if workers alone are given it. */
function constructionForWaiters(connection: ts.Expression, workspace: Workspace): Construction | undefined {
  const { checker } = workspace;
  const name = unwrap(connection);
  const declaration = ts.isIdentifier(name) ? symbolOfValue(name, checker)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !isConst(declaration) || !ts.isIdentifier(declaration.name) || !declaration.initializer) return undefined;
  if (declaration.getSourceFile() !== connection.getSourceFile() || hasModifier(declaration.parent.parent, ts.SyntaxKind.ExportKeyword)) return undefined;
  const made = construction(declaration.initializer, workspace);
  return made && referencesTo(declaration.name, checker).every((use) => isOfWaiter(use) || isHarmless(use)) ? made : undefined;
}

/** `new Worker(…, { connection: use })` */
function isOfWaiter(use: ts.Identifier): boolean {
  const { parent } = wrapped(use);
  if (!(ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) || parent.name.getText() !== 'connection') return false;
  const outer = wrapped(parent.parent);
  return waiterOptions(outer.parent) === outer;
}

function isHarmless(use: ts.Identifier): boolean {
  const { parent } = use;
  return ts.isPropertyAccessExpression(parent) && parent.expression === use && harmless.has(parent.name.text) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
}

/** The same, with the option said last. */
function withoutLimit(made: Construction, checker: ts.TypeChecker): TextEdit[] | undefined {
  const args = made.arguments;
  const sourceFile = made.getSourceFile();
  const whole = braced(noLimit, styleOf(sourceFile));
  if (!args) return [insertAt(sourceFile, made.end, `(${whole})`)];
  const last = args.at(-1);
  if (!last) return [insertAt(sourceFile, made.end - 1, whole)];
  if (args.some(ts.isSpreadElement)) return undefined;
  const options = unwrap(last);
  if (ts.isObjectLiteralExpression(options)) return inLiteral(options);
  if (isAddress(last, checker)) return methodOf(made as ts.CallExpression)?.name !== 'duplicate' && args.length < 3 ? [insertAt(sourceFile, last.end, `, ${whole}`)] : undefined;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(last));
  const isOptions = (type.flags & ts.TypeFlags.Object) !== 0 && type.getCallSignatures().length === 0 && !checker.isArrayLikeType(type);
  return isOptions ? [replaceNode(last, braced(`...${options.getText(sourceFile)}, ${noLimit}`, styleOf(sourceFile)))] : undefined;
}

function inLiteral(literal: ts.ObjectLiteralExpression): TextEdit[] | undefined {
  const at = literal.properties.findLastIndex(({ name }) => name !== undefined && !ts.isComputedPropertyName(name) && name.text === option);
  const said = literal.properties[at];
  if (!said) return addProperty(literal, noLimit);
  // What is spread in behind it may say it again.
  if (literal.properties.slice(at).some(ts.isSpreadAssignment)) return undefined;
  if (ts.isPropertyAssignment(said)) return [replaceNode(said.initializer, 'null')];
  return ts.isShorthandPropertyAssignment(said) ? [replaceNode(said, noLimit)] : undefined;
}

function asDuplicate({ node, className, connection }: BullConnection, { checker }: Workspace): Planned {
  const client = unwrap(connection);
  const type = checker.getTypeAtLocation(client);
  if (!isName(client) || receiverType(type, checker)?.kind !== 'client' || checker.getNonNullableType(type) !== type) return undefined;
  // Options that stand elsewhere may be given to a queue as well.
  const property = ts.isShorthandPropertyAssignment(client.parent) ? client.parent : wrapped(client).parent;
  const options = waiterOptions(node);
  if (!options || !ts.isNewExpression(node) || !(ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) || property.parent !== unwrap(options)) return undefined;
  const sourceFile = node.getSourceFile();
  const style = styleOf(sourceFile);
  const duplicate = (more = ''): string => `${client.getText(sourceFile)}.duplicate(${braced(noLimit + more, style)})`;
  const give = (text: string): TextEdit => replaceNode(client, ts.isShorthandPropertyAssignment(property) ? `connection: ${text}` : text);
  const title = `Give the ${className} a duplicate with \`${noLimit}\``;
  // QueueEvents itself uses a duplicate of what it is given, which so need not connect.
  if (className === 'QueueEvents') return { title, edits: [give(duplicate(', lazyConnect: true'))] };
  if (isNeverClosed(node, checker)) return { title, edits: [give(duplicate())] };
  const statement = enclosingStatement(node);
  if (!isInList(statement) || !isWholeOf(statement, node)) return undefined;
  const name = freshName(sourceFile, ['workerConnection']);
  const { quote } = style;
  return {
    title,
    edits: [claimScope(node), insertBefore(statement, [`const ${name} = ${duplicate()};`]), give(name), insertAt(sourceFile, node.end, `.on(${quote}closed${quote}, () => ${name}.disconnect())`)],
  };
}

/** `redis`, `this.redis`, `clients.jobs`: the same whenever it is asked. */
function isName(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return !node.questionDotToken && isName(unwrap(node.expression));
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

/** A worker that nobody keeps, or that its file only listens to. */
function isNeverClosed(node: ts.NewExpression, checker: ts.TypeChecker): boolean {
  const end = listenedTo(node);
  const { parent } = end;
  if (ts.isExpressionStatement(parent)) return true;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || hasModifier(parent.parent.parent, ts.SyntaxKind.ExportKeyword)) return false;
  return referencesTo(parent.name, checker).every((use) => ts.isPropertyAccessExpression(use.parent) && /^(?:on|once)$/.test(use.parent.name.text) && ts.isExpressionStatement(listenedTo(use).parent));
}

/** The end of `new Worker(…).on(…).on(…)`: still the worker. */
function listenedTo(worker: ts.Expression): ts.Expression {
  let end = wrapped(worker);
  while (ts.isPropertyAccessExpression(end.parent) && end.parent.expression === end && /^(?:on|once)$/.test(end.parent.name.text) && ts.isCallExpression(end.parent.parent)) end = wrapped(end.parent.parent);
  return end;
}

/** Whether a statement does nothing but make a worker, and so makes it whenever it runs. */
function isWholeOf(statement: ts.Statement, node: ts.NewExpression): boolean {
  if (enclosingFunction(statement) !== enclosingFunction(node)) return false;
  const { parent } = listenedTo(node);
  if (ts.isVariableDeclaration(parent) && ts.isVariableDeclarationList(parent.parent)) return parent.parent.declarations.length === 1 && parent.parent.parent === statement;
  if (isAssignment(parent)) return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.parent === statement;
  return (ts.isReturnStatement(parent) || ts.isExportAssignment(parent)) && parent === statement;
}
