/**
 * A client made per request → the shared one: the project's own where it has one with the same target, else that of
 * src/client-template, which is then written to the project. What the local client alone needed goes with it: connecting,
 * its error listener, closing. One that blocks, listens or watches becomes a duplicate of the shared one.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { enclosingFunction, isAsync, isFunctionWithBody, wrapped } from '../facts/ast.ts';
import { referencesTo } from '../facts/references.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { unitOf, type CallSite } from '../workspace/call-index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isRemoved, removalEdits, removeDeclaration, withoutNested } from './shared-client/cleanup.ts';
import { importShared } from './shared-client/import-shared.ts';
import { findSharedClient, type SharedClient } from './shared-client/source.ts';
import { usesOf, type Uses } from './shared-client/uses.ts';
import { replaceNode, replaceRange } from './text/edits.ts';
import { removeUnusedImports } from './text/unused-imports.ts';

/** Where the client goes once it is made. */
interface Local {
  /** `await createClient(…).on('error', …).connect()`: all of it. */
  value: ts.Expression;
  /** Undefined for a field, a returned client, one that is used on the spot. */
  variable: (ts.VariableDeclaration & { name: ts.Identifier }) | undefined;
}

/** @param call a construction that happens again and again; [] where no shared client can take its place */
export function planSharedClient(call: RedisCall, workspace: Workspace): FixPlan[] {
  const shared = findSharedClient(call, workspace);
  const local = shared && localOf(call.node);
  const plan = shared && local && (local.variable ? ofVariable(call, shared, local, workspace) : ofValue(call, shared, local, workspace));
  return plan ? [plan] : [];
}

/** `const client = new Redis()` in a function. */
function ofVariable(call: RedisCall, shared: SharedClient, local: Local, workspace: Workspace): FixPlan | undefined {
  const { variable } = local;
  if (!variable || !ts.isVariableDeclarationList(variable.parent) || variable.parent.declarations.length !== 1 || !ts.isVariableStatement(variable.parent.parent)) return undefined;
  const uses = usesOf(referencesTo(variable.name, workspace.checker), workspace.checker);
  if (!uses) return undefined;
  const elsewhere = uses.returned.length > 0 ? usesOfCallers(call, workspace) : [];
  if (!elsewhere || (uses.dedicated && elsewhere.length > 0)) return undefined;
  if (uses.dedicated) return duplicate(call, shared, local, uses, workspace);

  const imported = importShared(call.sourceFile, shared, 'redis', variable.name, uses.kept, workspace.checker);
  if (!imported) return undefined;
  const own: TextEdit[] = [...removalEdits(uses.removed), ...uses.unfinished.map(withoutLastCall), ...uses.returned.filter(ts.isCallExpression).map(withoutLastCall)];
  if (imported.kind === 'name') {
    own.push(removeDeclaration(variable.parent.parent));
    if (imported.name !== variable.name.text) own.push(...uses.kept.map((mention) => renamed(mention, imported.name)));
  } else {
    const code = calledShared(imported.name, call, variable);
    if (code === undefined) return undefined;
    own.push(replaceNode(local.value, code));
  }
  return finished(call, shared, [...own, ...elsewhere], imported.edits, workspace);
}

/** A class's field, what a function returns, a client used on the spot. */
function ofValue(call: RedisCall, shared: SharedClient, { value }: Local, workspace: Workspace): FixPlan | undefined {
  const { parent } = value;
  const mentions = ts.isPropertyDeclaration(parent) && parent.initializer === value ? fieldMentions(parent, workspace) : undefined;
  const isReturned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === value);
  if (!mentions && !isReturned && !(ts.isPropertyAccessExpression(parent) && isCommand(parent))) return undefined;
  const uses = mentions ? usesOf(mentions, workspace.checker) : undefined;
  if (mentions && (!uses || uses.dedicated || uses.returned.length > 0)) return undefined;
  const elsewhere = isReturned ? usesOfCallers(call, workspace) : [];
  const imported = importShared(call.sourceFile, shared, 'redis', undefined, [value], workspace.checker);
  if (!elsewhere || !imported) return undefined;
  const code = imported.kind === 'name' ? imported.name : calledShared(imported.name, call, value);
  if (code === undefined) return undefined;
  const own = uses ? [...removalEdits(uses.removed), ...uses.unfinished.map(withoutLastCall)] : [];
  return finished(call, shared, [replaceNode(value, ts.isPropertyAccessExpression(parent) && code.startsWith('await') ? `(${code})` : code), ...own, ...elsewhere], imported.edits, workspace);
}

/** The same shape, over a connection that is a copy of the shared one; the caller goes on closing it. */
function duplicate(call: RedisCall, shared: SharedClient, local: Local, uses: Uses, workspace: Workspace): FixPlan | undefined {
  const { variable } = local;
  const imported = variable && importShared(call.sourceFile, shared, 'duplicate', variable.name, [variable.name], workspace.checker);
  if (!imported) return undefined;
  if (imported.kind === 'name') {
    if (imported.name === variable.name.text) return undefined;
    return finished(call, shared, [replaceNode(call.node, `${imported.name}.duplicate()`)], imported.edits, workspace);
  }
  const code = calledShared(imported.name, call, variable);
  if (code === undefined) return undefined;
  // duplicate() of node-redis comes connected, and both have their listener.
  const connecting = uses.removed.filter((statement) => /\.(?:connect\(|on\()/.test(statement.getText()));
  return finished(call, shared, [replaceNode(local.value, code), ...removalEdits(connecting)], imported.edits, workspace);
}

function finished(call: RedisCall, shared: SharedClient, edits: TextEdit[], imports: TextEdit[], workspace: Workspace): FixPlan {
  const own = withoutNested(edits);
  const allImports = removeUnusedImports(call.sourceFile, (mention) => isRemoved(mention, own), imports, workspace.checker);
  const claim = replaceRange(call.sourceFile, 0, 0, '');
  const created = shared.kind === 'template' ? shared.creation : undefined;
  const where = posix.relative(workspace.root, shared.file);
  return {
    id: 'use-shared-client',
    title: created ? `Create a shared Redis client in ${where} and use it` : `Use the shared client ${shared.kind === 'variable' ? `\`${shared.name}\` ` : ''}of ${where}`,
    kind: 'scaffold',
    keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
    // Two at once could each leave an import to the other: one per file at a time.
    edits: [claim, ...own, ...allImports, ...(created ? [created] : [])],
  };
}

/** The whole of `await createClient(…).on('error', …).connect()`, and the variable it is put into. */
function localOf(construction: ts.Expression): Local | undefined {
  let value = wrapped(construction);
  for (;;) {
    const { parent } = value;
    if (ts.isAwaitExpression(parent)) value = wrapped(parent);
    else if (ts.isPropertyAccessExpression(parent) && parent.expression === value && ts.isCallExpression(parent.parent) && parent.parent.expression === parent && isOfConnecting(parent.parent, parent.name.text)) value = wrapped(parent.parent);
    else break;
  }
  const declaration = value.parent;
  const variable = ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) ? (declaration as ts.VariableDeclaration & { name: ts.Identifier }) : undefined;
  return { value, variable };
}

function isOfConnecting(call: ts.CallExpression, method: string): boolean {
  const event = call.arguments[0];
  return method === 'connect' || (/^(?:on|once)$/.test(method) && event !== undefined && ts.isStringLiteralLike(event) && event.text === 'error');
}

/** The edits in the functions that call this helper and close what they get; undefined where one of them does more with it. */
function usesOfCallers(call: RedisCall, workspace: Workspace): TextEdit[] | undefined {
  const unit = unitOf(call.node);
  const sites = unit && isFunctionWithBody(unit) ? workspace.callers(unit) : [];
  if (sites.length === 0) return undefined;
  const edits: TextEdit[] = [];
  for (const site of sites) {
    const own = usesOfSite(site, workspace.checker);
    if (!own) return undefined;
    edits.push(...removalEdits(own.removed), ...own.unfinished.map(withoutLastCall));
  }
  return edits;
}

function usesOfSite(site: CallSite, checker: ts.TypeChecker): Uses | undefined {
  const local = localOf(site);
  if (!local) return undefined;
  const { value, variable } = local;
  const uses = variable ? usesOf(referencesTo(variable.name, checker), checker) : usesOf([value], checker);
  return uses && !uses.dedicated && uses.returned.length === 0 ? uses : undefined;
}

/** `redis()`, awaited for node-redis; undefined where that cannot be. */
function calledShared(name: string, call: RedisCall, at: ts.Node): string | undefined {
  if (call.dialect === 'ioredis') return `${name}()`;
  const fn = enclosingFunction(at);
  return !ts.isPropertyDeclaration(at.parent) && !ts.isSourceFile(fn) && isAsync(fn) ? `await ${name}()` : undefined;
}

/** Mentions of a field, all of them in its class; undefined where it may be seen from outside. */
function fieldMentions(field: ts.PropertyDeclaration, workspace: Workspace): ts.Expression[] | undefined {
  const symbol = workspace.checker.getSymbolAtLocation(field.name);
  const mentions: ts.Expression[] = [];
  let inside = symbol !== undefined;
  for (const { sourceFile } of workspace.files.values()) {
    if (!sourceFile.text.includes(field.name.getText())) continue;
    const look = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && node.name.text === field.name.getText() && workspace.checker.getSymbolAtLocation(node.name) === symbol) {
        mentions.push(node);
        inside &&= node.expression.kind === ts.SyntaxKind.ThisKeyword;
      }
      ts.forEachChild(node, look);
    };
    look(sourceFile);
  }
  return inside ? mentions : undefined;
}

function isCommand(access: ts.PropertyAccessExpression): boolean {
  return ts.isCallExpression(access.parent) && access.parent.expression === access && !/^(?:quit|disconnect|close|destroy|end|on|once|duplicate|subscribe|psubscribe|select)$/i.test(access.name.text);
}

/** `p.finally(…)` → `p`, `client.connect()` → `client` */
function withoutLastCall(call: ts.CallExpression): TextEdit {
  const target = (call.expression as ts.PropertyAccessExpression).expression;
  return replaceRange(call.getSourceFile(), target.end, call.end, '');
}

function renamed(mention: ts.Identifier, name: string): TextEdit {
  return replaceNode(mention, ts.isShorthandPropertyAssignment(mention.parent) ? `${mention.text}: ${name}` : name);
}
