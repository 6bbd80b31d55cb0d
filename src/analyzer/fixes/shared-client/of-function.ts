/** The shared client in the place of one that a function makes: in a variable, returned, or used on the spot. */
import ts from 'typescript';
import { contains, enclosingFunction, isAsync, isFunctionWithBody, wrapped } from '../../facts/code/ast.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { awaitedValue } from '../../facts/calls/use.ts';
import type { TextEdit } from '../../rules/rule.ts';
import { unitOf, type CallSite } from '../../facts/code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { replaceNode, replaceRange } from '../text/edits.ts';
import { removalEdits, removeLine, removeVariable, withoutLastCall } from './cleanup.ts';
import { importShared, type ImportedShared, type Wanted } from './import-shared.ts';
import { connectedValue, localOf, type Local } from './local.ts';
import { Refusal } from './refusal.ts';
import type { SharedClient } from './source.ts';
import { isDedicating, usesOf, type Uses } from './uses.ts';

export interface Change {
  edits: TextEdit[];
  imports: TextEdit[];
  /** A copy of the shared client, not that itself. */
  isDuplicate: boolean;
}

type Of<K extends Local['kind']> = Extract<Local, { kind: K }>;

export function ofVariable(call: RedisCall, shared: SharedClient, local: Of<'variable'>, workspace: Workspace): Change | Refusal {
  const { variable } = local;
  const uses = usesOf(local.mentions, workspace);
  if (uses instanceof Refusal) return uses;
  if (uses.dedicated) return duplicate(call, shared, local, uses, workspace);
  const elsewhere = uses.returned.length > 0 ? editsOfCallers(call, workspace) : [];
  if (elsewhere instanceof Refusal) return elsewhere;
  const typed = typeEdits(call, variable, uses);
  if (typed instanceof Refusal) return typed;
  const imported = importShared(call.sourceFile, shared, wantedOf(shared), variable.name, uses.kept, workspace);
  if (imported instanceof Refusal) return imported;
  const edits = [...removalEdits(uses), ...uses.returned.filter(ts.isCallExpression).map(withoutLastCall), ...elsewhere];
  if (imported.kind === 'name') {
    edits.push(removeVariable(variable), ...(local.write ? [removeLine(local.write)] : []));
    if (imported.name !== variable.name.text) edits.push(...uses.kept.filter(ts.isIdentifier).map((mention) => renamed(mention, imported.name)));
  } else {
    const code = askedCode(imported, shared, call, local.value);
    if (code instanceof Refusal) return code;
    edits.push(...placed(local, code, uses), ...typed);
  }
  return { edits, imports: imported.edits, isDuplicate: false };
}

export function ofReturned(call: RedisCall, shared: SharedClient, { value }: Of<'returned'>, workspace: Workspace): Change | Refusal {
  const elsewhere = editsOfCallers(call, workspace);
  if (elsewhere instanceof Refusal) return elsewhere;
  const fn = enclosingFunction(value);
  if (!ts.isSourceFile(fn) && fn.type && !typeFits(fn.type, call)) return new Refusal(`the shared client is no \`${fn.type.getText()}\``, fn.type);
  return inPlace(call, shared, value, elsewhere, workspace);
}

export function ofSpot(call: RedisCall, shared: SharedClient, { value }: Of<'spot'>, workspace: Workspace): Change | Refusal {
  const access = value.parent as ts.PropertyAccessExpression;
  if (isDedicating(access.name.text, access.parent as ts.CallExpression)) return new Refusal('it blocks or listens, and nothing closes it', access);
  return inPlace(call, shared, value, [], workspace);
}

function inPlace(call: RedisCall, shared: SharedClient, value: ts.Expression, elsewhere: TextEdit[], workspace: Workspace): Change | Refusal {
  const imported = importShared(call.sourceFile, shared, wantedOf(shared), undefined, [value], workspace);
  if (imported instanceof Refusal) return imported;
  const code = imported.kind === 'name' ? imported.name : askedCode(imported, shared, call, value);
  if (code instanceof Refusal) return code;
  const isOwner = ts.isPropertyAccessExpression(value.parent) && code.startsWith('await');
  return { edits: [replaceNode(value, isOwner ? `(${code})` : code), ...elsewhere], imports: imported.edits, isDuplicate: false };
}

/** The same shape, over a connection that is a copy of the shared one; the caller goes on closing it. */
function duplicate(call: RedisCall, shared: SharedClient, local: Of<'variable'>, uses: Uses, workspace: Workspace): Change | Refusal {
  const { variable, value } = local;
  const typed = typeEdits(call, variable, uses);
  if (typed instanceof Refusal) return typed;
  const edits = duplicateEdits(call, shared, value, uses, variable.name, workspace);
  return edits instanceof Refusal ? edits : { ...edits, edits: [...edits.edits, ...typed] };
}

/** @param local the variable that holds it, if one does */
export function duplicateEdits(call: RedisCall, shared: SharedClient, value: ts.Expression, uses: Uses, local: ts.Identifier | undefined, workspace: Workspace): Change | Refusal {
  if (shared.kind === 'template' && shared.options !== undefined) return new Refusal('it blocks or listens, and has other options than the shared client; open it once, where the process starts', call.nameNode);
  const imported = importShared(call.sourceFile, shared, 'duplicate', local, [value], workspace);
  if (imported instanceof Refusal) return imported;
  // ioredis connects by itself, and the template's duplicate() comes connected; that of node-redis is connected as the client was.
  const connecting = call.dialect === 'ioredis' || imported.kind === 'function' ? removalEdits(uses) : [];
  const code = imported.kind === 'name' ? `${imported.name}.duplicate()` : askedCode(imported, shared, call, value);
  if (code instanceof Refusal) return code;
  return { edits: [replaceNode(imported.kind === 'name' ? call.node : value, code), ...connecting], imports: imported.edits, isDuplicate: true };
}

export function wantedOf(shared: SharedClient): Wanted {
  return shared.kind === 'template' && shared.options !== undefined ? 'redisWith' : 'redis';
}

/** `redis()`, awaited for node-redis. */
function askedCode({ name }: ImportedShared, shared: SharedClient, call: RedisCall, at: ts.Node): string | Refusal {
  const code = `${name}(${(shared.kind === 'template' ? shared.options : undefined) ?? ''})`;
  if (call.dialect === 'ioredis') return code;
  const fn = enclosingFunction(at);
  // A field's initializer cannot wait, wherever its class stands.
  const isOfField = ts.findAncestor(at, (node) => node === fn || ts.isPropertyDeclaration(node)) !== fn;
  return !isOfField && isAsync(fn) ? `await ${code}` : new Refusal('the shared client has to be awaited, and this function is not async', fn);
}

/** In the variable; one that was declared empty is declared where it is made, if nothing outside of that block needs it. */
function placed({ variable, write, value }: Of<'variable'>, code: string, uses: Uses): TextEdit[] {
  const made = replaceNode(value, code);
  if (!write || !ts.isBinaryExpression(write.expression)) return [made];
  const block = write.parent;
  const left = uses.kept.filter((mention) => !uses.removed.some((statement) => contains(statement, mention)));
  if (!ts.isBlock(block) || !left.every((mention) => contains(block, mention) && mention.pos > write.pos)) return [made];
  return [removeVariable(variable), replaceNode(write.expression.left, `const ${variable.name.text}`), made];
}

/** A type annotation that the shared client's type does not fit goes, where only commands are called on the variable. */
function typeEdits(call: RedisCall, variable: ts.VariableDeclaration, uses: Uses): TextEdit[] | Refusal {
  const { type } = variable;
  if (!type || typeFits(type, call)) return [];
  const isDirect = uses.returned.length === 0 && uses.kept.every((mention) => ts.isPropertyAccessExpression(wrapped(mention).parent));
  return isDirect ? [replaceRange(variable.getSourceFile(), variable.name.end, type.end, '')] : new Refusal(`the shared client is no \`${type.getText()}\``, type);
}

/** Of node-redis, `RedisClientType` and what `createClient` gives are different types, and not to be assigned to each other, up to 5 this way, from 6 on that way. */
export function typeFits(type: ts.TypeNode, { dialect, major }: RedisCall): boolean {
  if (dialect === 'ioredis') return true;
  return major >= 6 ? !/\btypeof\s+createClient\b/.test(type.getText()) : !/\bRedisClientType\b/.test(type.getText());
}

/** The edits in the functions that call this helper and close what they get. */
function editsOfCallers(call: RedisCall, workspace: Workspace): TextEdit[] | Refusal {
  const unit = unitOf(call.node);
  const sites = unit && isFunctionWithBody(unit) ? workspace.callers(unit) : [];
  if (sites.length === 0) return new Refusal('it is returned, and what its callers do with it is not known', call.nameNode);
  const edits: TextEdit[] = [];
  for (const site of sites) {
    const local = localOf(site, workspace);
    const value = connectedValue(site);
    const isVariable = !(local instanceof Refusal) && local.kind === 'variable';
    const uses = usesOf(isVariable ? local.mentions : [value], workspace);
    if (uses instanceof Refusal) return uses;
    if (uses.dedicated || uses.returned.length > 0) return new Refusal(uses.dedicated ? 'one of its callers blocks or listens on it' : 'one of its callers returns it', site);
    edits.push(...removalEdits(uses), ...withoutConnecting(site, value));
  }
  return edits;
}

/** `await open().connect()` → `open()` */
function withoutConnecting(site: CallSite, value: ts.Expression): TextEdit[] {
  const got = awaitedValue(site);
  return got === value ? [] : [replaceNode(value, got.getText())];
}

function renamed(mention: ts.Identifier, name: string): TextEdit {
  return replaceNode(mention, ts.isShorthandPropertyAssignment(mention.parent) ? `${mention.text}: ${name}` : name);
}
