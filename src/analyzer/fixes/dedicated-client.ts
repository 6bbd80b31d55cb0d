/**
 * A client shared with a command that blocks or subscribes → a `duplicate()` of it for those. What belongs to a subscription (its listeners,
 * UNSUBSCRIBE) goes along, where all of that stands in one file. Where the client is closed, so is the duplicate: by the next statement, or
 * where that cannot be (another file closes it, a callback, a helper) by listening for the end of the client.
 */
import ts from 'typescript';
import { closeAtOnce, closeWithClient, connectIfNeeded, duplicateOf } from '../dialects/write/dedicated.ts';
import { enclosingFunction, enclosingStatement, isAsync } from '../facts/code/ast.ts';
import { demandOf, usesOf, type ClientUse, type Demand } from '../facts/clients/client-uses.ts';
import { constantText, isConst } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { insertAfter, insertBefore, isInList, replaceNode } from './text/edits.ts';
import { claimScope, freshName } from './text/names.ts';
import { styleOf } from './text/style.ts';

const closers = /^(?:QUIT|@(?:disconnect|close|destroy|end))$/;
const ofSubscription = /^(?:[PS]?(?:UN)?SUBSCRIBE|MONITOR)$/;
const events = /^(?:[ps]?(?:un)?subscribe|[ps]?message(?:Buffer)?|pmessageBuffer|monitor)$/;

export function planDedicatedClient(demand: Demand, workspace: Workspace): FixPlan[] {
  const { call, site, kind } = demand;
  const { sourceFile } = call;
  const client = call.receiver.node;
  if (site !== call.node || !client || !ts.isIdentifier(client)) return [];
  const at = placeForDuplicate(client, workspace);
  const all = usesOf(demand.declaration, workspace);
  const uses = all.filter((use) => use.site === use.call.node);
  const moved = kind === 'blocks' ? inSameFunction(uses, call, workspace) : uses.filter((use) => isOfSubscription(use, workspace));
  if (!at || !moved.every((use) => use.call.sourceFile === sourceFile && isPlain(use.call, client.text))) return [];
  const name = freshName(sourceFile, [kind === 'blocks' ? `blocking${client.text[0]?.toUpperCase() ?? ''}${client.text.slice(1)}` : 'subscriber']);
  const closing = all.filter((use) => closers.test(use.call.command)).map((use) => closingEdit(use, call, name));
  const ending = closing.includes(undefined) ? closeWithClient(call, name, client.text, styleOf(sourceFile)) : [];
  if (!ending) return [];
  const edits: TextEdit[] = [insertAfter(at, [...declaration(name, client.text, at), ...ending]), ...(ending.length > 0 ? [] : closing.flatMap((edit) => edit ?? []))];
  for (const { call: one } of moved) {
    edits.push(replaceNode(one.receiver.node as ts.Identifier, name));
    const lines = one.command.startsWith('@') ? undefined : connectIfNeeded(call, name);
    if (!lines) continue;
    const statement = enclosingStatement(one.node);
    const fn = enclosingFunction(one.node);
    if (!isInList(statement) || enclosingFunction(statement) !== fn || (ts.isSourceFile(fn) ? one.use.kind !== 'awaited' : !isAsync(fn))) return [];
    if (!edits.some((edit) => edit.text.includes(lines[0] as string) && edit.start === statement.getStart())) edits.push(insertBefore(statement, lines));
  }
  return [
    {
      id: 'dedicated-client',
      title: kind === 'blocks' ? `Let it block on a connection of its own, \`${name}\`` : `Subscribe on a connection of its own, \`${name}\``,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [claimScope(at), ...edits],
    },
  ];
}

/** @param like the command that gets the connection `name`; undefined where the statement that closes the client cannot be followed by another */
function closingEdit({ call: closing, site }: ClientUse, like: RedisCall, name: string): TextEdit | undefined {
  const statement = enclosingStatement(closing.node);
  const fn = enclosingFunction(closing.node);
  const isWhole = site === closing.node && closing.sourceFile === like.sourceFile && ts.isExpressionStatement(statement) && isInList(statement) && enclosingFunction(statement) === fn;
  const lines = isWhole ? closeAtOnce(like, name, !ts.isSourceFile(fn) && isAsync(fn)) : undefined;
  return lines && insertAfter(statement, lines);
}

function declaration(name: string, client: string, at: ts.Statement): string[] {
  const { quote } = styleOf(at.getSourceFile());
  const isImport = ts.isImportDeclaration(at);
  return [...(isImport ? [''] : []), `const ${name} = ${duplicateOf(client)}.on(${quote}error${quote}, (error) => console.error(error));`];
}

/** The statement after which a module's client is there: its own, or the last import where it is imported. */
function placeForDuplicate(client: ts.Identifier, { checker }: Workspace): ts.Statement | undefined {
  const symbol = checker.getSymbolAtLocation(client);
  const [declared] = symbol?.declarations ?? [];
  const file = client.getSourceFile();
  if (!declared || declared.getSourceFile() !== file) return undefined;
  if (ts.isImportSpecifier(declared) || ts.isImportClause(declared)) return file.statements.findLast(ts.isImportDeclaration);
  const variable = ts.isBindingElement(declared) ? ts.findAncestor(declared, ts.isVariableDeclaration) : declared;
  if (!variable || !ts.isVariableDeclaration(variable) || !isConst(variable) || !variable.initializer) return undefined;
  const statement = variable.parent.parent;
  return ts.isVariableStatement(statement) && ts.isSourceFile(statement.parent) ? statement : undefined;
}

/** One that blocks need not wait for another, but in its own function. */
function inSameFunction(uses: readonly ClientUse[], call: RedisCall, { checker }: Workspace): ClientUse[] {
  const fn = enclosingFunction(call.node);
  return uses.filter((use) => demandOf(use.call, checker) === 'blocks' && !use.call.command.startsWith('WAIT') && enclosingFunction(use.call.node) === fn);
}

function isOfSubscription({ call }: ClientUse, { checker }: Workspace): boolean {
  if (ofSubscription.test(call.command)) return true;
  const event = /^@(?:on|once|off|addListener)$/.test(call.command) ? call.args.list[0] : undefined;
  return event !== undefined && events.test(constantText(event, checker) ?? 'message');
}

/** `redis.subscribe(…)`, by the name that the file knows the client by: no chain, no other name. */
function isPlain(call: RedisCall, name: string): boolean {
  const { node } = call.receiver;
  if (!node || !ts.isIdentifier(node) || node.text !== name || !ts.isCallExpression(call.node)) return false;
  return ts.isPropertyAccessExpression(call.node.expression) && call.node.expression.expression === node && !ts.isPropertyAccessExpression(call.node.parent);
}

