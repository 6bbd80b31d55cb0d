/** The syntax tree of a region → its Redis calls. The only walk that asks the checker about receivers. */
import ts from 'typescript';
import { flatArguments } from '../../dialects/flat-arguments.ts';
import { isMissing, mayBeMissing } from '../../dialects/missing-methods.ts';
import { isRawMethod, mayBeCommand, readCommand } from '../../dialects/read-command.ts';
import { isClientFile, originOf, receiverType, type ReceiverType } from '../../dialects/client-types.ts';
import { isContainer } from '../../../redis/commands.ts';
import { aliasedCall } from './aliased-call.ts';
import { isUntyped } from '../clients/assignment-flow.ts';
import { enclosingFunction, methodOf, unwrap } from '../code/ast.ts';
import { calleeOf, madeByImport } from '../code/compiled-import.ts';
import { importedNames } from '../code/imported-names.ts';
import { clientByName, type NamedClients } from '../clients/named-client.ts';
import { nodesIn } from './nodes.ts';
import type { Region } from './regions.ts';
import { readArguments } from './call-arguments.ts';
import { clientIdentity, clientRoot, type ClientIdentity } from '../clients/client-identity.ts';
import type { Construction } from '../clients/construction.ts';
import { constantText, resolveAlias } from '../code/fold.ts';
import type { FoundCommand } from './found-command.ts';
import { enclosingLoop } from '../code/loop.ts';
import { callbackOf } from '../code/node-callback.ts';
import { isPlainValue } from '../code/plain-value.ts';
import { clientOfAny, typedReceiver, typeOfUse } from './receiver-of.ts';
import type { Receiver, RedisCall } from './redis-call.ts';
import { spokenMajor } from './spoken-major.ts';
import { resultUse } from './use.ts';

/** Constructors that cannot make a client: not worth a question. */
const builtIns = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'TypeError', 'RangeError', 'Promise', 'Date', 'URL', 'URLSearchParams', 'RegExp', 'Array', 'Proxy']);
const moduleContainers = new Set(['json', 'ft', 'ts', 'bf', 'cf', 'cms', 'topK', 'tDigest', 'graph']);
const factories = /^create(?:Client|Cluster|ClientPool|Sentinel)$/;

/** In source order. @param carried which of the file's names are bound to something that speaks of a client; undefined where nobody knows @param named given where receivers may go by their names */
export function collectCalls(region: Region, checker: ts.TypeChecker, carried?: ReadonlySet<string>, named?: NamedClients): RedisCall[] {
  const known = carried?.has('*') ? undefined : carried;
  const calls: RedisCall[] = [];
  for (const node of nodesIn(region)) {
    if (ts.isCallExpression(node)) {
      const found = commandCall(node, checker, known, named) ?? aliasedCall(node, checker);
      if (found) calls.push(redisCall(node, found, checker, known));
      else if (isConstructionCall(node, checker, known)) pushConstruction(node);
    } else if (ts.isNewExpression(node) && isConstructionCall(node, checker, known)) pushConstruction(node);
  }
  return calls.sort((a, b) => a.nameNode.getStart() - b.nameNode.getStart());

  function pushConstruction(node: Construction): void {
    const typed = receiverType(checker.getTypeAtLocation(node), checker);
    const receiver = typed ?? madeReceiver(node, checker);
    if (!receiver) return;
    const callee = calleeOf(node.expression);
    const nameNode = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
    calls.push(redisCall(node, { spelling: { command: '@construct', flags: [], upper: false, words: 0 }, receiver, confidence: typed ? 'type' : 'flow', target: node, nameNode, raw: false }, checker, known));
  }
}

/** @param carried as for `collectCalls`; without it more is asked, and the same found */
export function isConstructionCall(node: ts.Node, checker: ts.TypeChecker, carried?: ReadonlySet<string>): node is Construction {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  if (carried && isForeign(unwrap(node.expression), checker, carried)) return false;
  if (ts.isNewExpression(node)) {
    if (!mayMakeClient(unwrap(node.expression), checker)) return false;
    const made = receiverType(checker.getTypeAtLocation(node), checker) ?? madeReceiver(node, checker);
    return made !== undefined && (made.kind === 'client' || made.kind === 'cluster' || made.kind === 'pool');
  }
  const callee = calleeOf(node.expression);
  const name = ts.isIdentifier(callee) ? callee : ts.isPropertyAccessExpression(callee) && factories.test(callee.name.text) ? callee.name : undefined;
  if (!name) return false;
  // A factory goes by its own name, or by that of the import that renames it.
  if (carried && !factories.test(name.text) && !(ts.isIdentifier(callee) && carried.has(name.text))) return false;
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol && factories.test(name.text)) return madeReceiver(node, checker) !== undefined;
  if (!symbol || (ts.isIdentifier(callee) && !isImported(symbol))) return false;
  const resolved = resolveAlias(symbol, checker) ?? symbol;
  if (originOf(resolved) !== undefined && factories.test(resolved.name)) return true;
  // `const { createClient } = require('redis')`: the symbol is the variable's own.
  return factories.test(resolved.name) && (isClientFile(checker.getTypeAtLocation(name).getCallSignatures()[0]?.declaration) || madeReceiver(node, checker) !== undefined);
}

/** Of compiled output, whose imports have no types. */
function madeReceiver(node: Construction, checker: ts.TypeChecker): ReceiverType | undefined {
  const made = madeByImport(node, checker);
  return made && receiverType(made, checker);
}

/** A class that extends nothing, and those of the language, make no client: not worth the question of its type. */
function mayMakeClient(callee: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(callee)) return true;
  if (builtIns.has(callee.text)) return false;
  const declarations = resolveAlias(checker.getSymbolAtLocation(callee), checker)?.declarations ?? [];
  return declarations.some((declaration) => isClientFile(declaration) || !ts.isClassLike(declaration) || (declaration.heritageClauses?.some(extendsOther) ?? false));
}

const extendsOther = ({ token, types: [base] }: ts.HeritageClause): boolean => token === ts.SyntaxKind.ExtendsKeyword && !(base && ts.isIdentifier(base.expression) && builtIns.has(base.expression.text));

/** Imported from where nothing speaks of a client, or a property of such: `logger.info`, `config.timeouts.get`. */
function isForeign(expression: ts.Expression, checker: ts.TypeChecker, carried: ReadonlySet<string>): boolean {
  let root = expression;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (!ts.isIdentifier(root) || carried.has(root.text) || !importedNames(root.getSourceFile()).has(root.text)) return false;
  const symbol = checker.getSymbolAtLocation(root);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
}

/** Only a name that comes from elsewhere can be a library's factory. */
function isImported(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Alias) !== 0 || (symbol.declarations?.some((declaration) => ts.isBindingElement(declaration) || ts.isVariableDeclaration(declaration)) ?? false);
}

function commandCall(node: ts.CallExpression, checker: ts.TypeChecker, carried: ReadonlySet<string> | undefined, named: NamedClients | undefined): FoundCommand | undefined {
  const method = methodOf(node);
  if (!method || ts.isPrivateIdentifier(method.nameNode)) return undefined;
  const { target, nameNode } = method;
  const inner = unwrap(target);
  const container = ts.isPropertyAccessExpression(inner) && moduleContainers.has(inner.name.text) ? inner.name.text : undefined;
  // `client.ft.search`: a command only together with its module.
  if (container === undefined && !mayBeCommand(method.name)) return undefined;
  if ((carried && isForeign(inner, checker, carried)) || isPlainValue(inner, checker)) return undefined;
  const owner = container && ts.isPropertyAccessExpression(inner) ? inner.expression : target;
  // Older declarations lack `call` and `sendCommand`; a module's commands are declared on the module.
  const declared = container === undefined && !isRawMethod('ioredis', method.name) && !isRawMethod('node-redis', method.name);
  const type = typeOfUse(owner, checker);
  const typed = typedReceiver(type, declared ? method.name : undefined, checker);
  const receiver = typed ?? clientOfAny(owner, type, checker) ?? clusterWithout(method.name, type, checker);
  if (!receiver) return named && container === undefined && isUntyped(type, owner) ? namedCall(node, owner, nameNode, method.name, named, checker) : undefined;
  const raw = isRawMethod(receiver.dialect, method.name);
  const words = raw ? rawWords(node, receiver) : node.arguments;
  const first = words[0];
  const spelled = raw ? constantText(first ?? node, checker) : method.name;
  if (spelled === undefined) return undefined;
  const text = (index: number) => () => (words[index] ? constantText(words[index] as ts.Expression, checker) : undefined);
  const spelling = raw ? readCommand('ioredis', spelled, text(1)) : readCommand(receiver.dialect, method.name, text(0), container);
  if (!spelling) return undefined;
  if (!raw && isMissing(receiver, spelling.command)) return { spelling: { ...spelling, command: '@missing', words: 0 }, receiver, confidence: typed ? 'type' : 'flow', target: owner, nameNode, raw };
  return { spelling: raw ? { ...spelling, words: spelling.words + 1 } : spelling, receiver, confidence: typed ? 'type' : 'flow', target: owner, nameNode, raw };
}

/** A cluster that is asked for what its type does not have, but a single client's does. */
function clusterWithout(method: string, type: ts.Type, checker: ts.TypeChecker): ReceiverType | undefined {
  const receiver = mayBeMissing(method) && !checker.getPropertyOfType(type, method) ? typedReceiver(type, undefined, checker) : undefined;
  const spelling = receiver && readCommand(receiver.dialect, method, () => undefined);
  return spelling && isMissing(receiver, spelling.command) ? receiver : undefined;
}

function namedCall(node: ts.CallExpression, owner: ts.Expression, nameNode: ts.Node, method: string, named: NamedClients, checker: ts.TypeChecker): FoundCommand | undefined {
  const [first] = node.arguments;
  const spelling = readCommand('node-redis', method, () => first && constantText(first, checker));
  // `redis.client(…)`, `redis.config(…)` without a subcommand that there is.
  if (!spelling || spelling.command.startsWith('@') || (isContainer(spelling.command) && spelling.words === 0)) return undefined;
  const receiver = clientByName(node, owner, method, spelling, named, checker);
  if (!receiver) return undefined;
  const { isLibraryKnown, ...client } = receiver;
  return { spelling, receiver: client, confidence: 'name', isLibraryKnown, target: owner, nameNode, raw: false };
}

/**
 * `call('SET', k, v)`, `send_command('SET', [k, v], cb)`. From node-redis 4 on all words are in one array, before and behind which stands what
 * is no part of the command: `sendCommand(['SET', k, v], options)`, of a cluster `sendCommand(key, readOnly, ['GET', k])`.
 */
function rawWords(node: ts.CallExpression, { dialect, major }: ReceiverType): readonly ts.Expression[] {
  const inner = node.arguments.map(unwrap);
  const isList = dialect === 'node-redis' && major > 3 && !/^send_command$/i.test(methodOf(node)?.name ?? '');
  const list = isList ? inner.find(ts.isArrayLiteralExpression) : undefined;
  if (list) return list.elements;
  return node.arguments.flatMap((argument, index) => {
    const given = inner[index];
    return given && ts.isArrayLiteralExpression(given) ? [...given.elements] : [argument];
  });
}

const unknownClient: ClientIdentity = { identity: '', declaredAt: '', db: undefined, prefix: undefined, hasPrefix: false, api: undefined };

function redisCall(node: Construction, found: FoundCommand, checker: ts.TypeChecker, carried: ReadonlySet<string> | undefined): RedisCall {
  const { spelling, receiver: type, confidence, target, nameNode, raw } = found;
  const queued = type.kind === 'pipeline' || type.kind === 'multi';
  const isConstruction = (one: ts.Node): one is Construction => isConstructionCall(one, checker, one.getSourceFile() === node.getSourceFile() ? carried : undefined);
  const root = target && clientRoot(target, checker, queued);
  const { api, ...client } = root ? clientIdentity(root, checker, isConstruction) : unknownClient;
  const receiver: Receiver = {
    kind: type.kind,
    maybeCluster: type.maybeCluster,
    node: root,
    confidence,
    isLibraryKnown: found.isLibraryKnown ?? true,
    ...client,
  };
  const major = spokenMajor(type, spelling.command, nameNode.getText(), target, api, checker, node.getSourceFile());
  const all = (raw ? rawWords(node as ts.CallExpression, type) : [...(node.arguments ?? [])]).slice(spelling.words);
  // node-redis 4 and later take no callbacks.
  const callback = spelling.command.startsWith('@') || (type.dialect === 'node-redis' && major >= 4) ? undefined : callbackOf(node, all, checker);
  const own = callback ? all.slice(0, -1) : all.filter((argument, index) => index > 0 || !isCommandOptions(argument));
  const isMethod = !raw && !spelling.command.startsWith('@');
  const { list, isListed } = isMethod ? flatArguments(spelling.command, own, type) : { list: own, isListed: false };
  const fields: Omit<RedisCall, 'sourceFile' | 'fn'> = {
    node,
    nameNode,
    command: spelling.command,
    library: type.library,
    dialect: type.dialect,
    major,
    receiver,
    spelling: raw ? 'raw' : nameNode === unwrap(node.expression) && isMethod ? 'alias' : isListed ? 'list' : spelling.upper ? 'upper' : 'method',
    args: readArguments(spelling.command, list, spelling.flags, type.dialect === 'node-redis' && !raw, checker),
    callback,
    use: resultUse(node, callback, queued && !spelling.command.startsWith('@')),
    loop: enclosingLoop(node),
  };
  return Object.assign(Object.create(ofNode) as typeof ofNode, fields);
}

/** A call as if it stood at another node: a spread would lose what is asked of the node. */
export function withNode(call: RedisCall, node: ts.CallExpression): RedisCall & { node: ts.CallExpression } {
  return Object.assign(Object.create(ofNode) as typeof ofNode, call, { node });
}

/** A call of a method that is not there (`@missing`), as the command that was meant. */
export function asCommand(call: RedisCall, command: string, checker: ts.TypeChecker): RedisCall {
  const upper = call.nameNode.getText() === call.nameNode.getText().toUpperCase();
  const meant: Partial<RedisCall> = { command, spelling: upper ? 'upper' : 'method', args: readArguments(command, call.args.list, [], true, checker) };
  return Object.assign(Object.create(ofNode) as typeof ofNode, call, meant);
}

/** What an edit elsewhere changes is asked of the node. On a prototype: a getter made here would hold the checker for as long as the call is kept. */
const ofNode = {
  get sourceFile(): ts.SourceFile {
    return (this as unknown as RedisCall).node.getSourceFile();
  },
  get fn(): RedisCall['fn'] {
    return enclosingFunction((this as unknown as RedisCall).node);
  },
};

/** node-redis 4: `client.get(commandOptions({ … }), key)`. */
function isCommandOptions(argument: ts.Expression): boolean {
  const inner = unwrap(argument);
  return ts.isCallExpression(inner) && ts.isIdentifier(inner.expression) && inner.expression.text === 'commandOptions';
}
