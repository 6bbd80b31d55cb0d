/**
 * Receivers of type `any` that only their names say to be clients: `constructor(options) { this.redis = options.redis; }`. Nobody knows more of
 * them, so what is known must not speak against it: whatever is made by another package, or has a type, is none.
 */
import ts from 'typescript';
import { clientDeclaration, clientDeclarationText, isClientDeclaration } from '../../dialects/client-declarations.ts';
import type { ReceiverType } from '../../dialects/client-types.ts';
import type { SpelledCommand } from '../../dialects/read-command.ts';
import { isOwnCommand, speaksOfClient, speaksOfRedis } from '../../dialects/redis-words.ts';
import { assignmentsTo, isNothing } from '../code/assignments.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { hasShape } from '../calls/command-shape.ts';
import { resolveAlias } from '../code/fold.ts';
import type { Library, ReceiverKind } from '../calls/redis-call.ts';
import { returnedBy } from '../code/returned-by.ts';

/** What is known of a file whose receivers may go by their names. */
export interface NamedClients {
  /** Those that the nearest package that has any is installed with; never empty. */
  clients: readonly { library: Library; major: number }[];
  /** Whether the file itself imports one. */
  isImporting: boolean;
}

export interface NamedClient extends ReceiverType {
  /** Whether the project has but one client library that it can be of. */
  isLibraryKnown: boolean;
}

const deepest = 6;
const queues: Readonly<Record<string, ReceiverKind | undefined>> = { pipeline: 'pipeline', batch: 'pipeline', multi: 'multi' };

/** @param owner untyped @param spelling of the method, in words of Redis */
export function clientByName(call: ts.CallExpression, owner: ts.Expression, method: string, { command, words }: SpelledCommand, file: NamedClients, checker: ts.TypeChecker): NamedClient | undefined {
  const kind = namedKind(owner, checker, isOwnCommand(command) || file.isImporting, 0);
  const library = kind && libraryWith(method, file);
  if (!library || !hasShape(command, words, call, checker)) return undefined;
  const { client, isKnown } = library;
  const origin = isClientDeclaration(clientDeclaration(client.library, client.major));
  return origin && { ...origin, kind, maybeCluster: true, isLibraryKnown: isKnown };
}

/** @param isPlainEnough whether a plain `client` says enough */
function namedKind(expression: ts.Expression, checker: ts.TypeChecker, isPlainEnough: boolean, depth: number): ReceiverKind | undefined {
  const node = unwrap(expression);
  if (depth > deepest) return undefined;
  if (ts.isAwaitExpression(node)) return namedKind(node.expression, checker, isPlainEnough, depth + 1);
  const says = (name: string): boolean => speaksOfRedis(name) || (isPlainEnough && speaksOfClient(name));
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
    const name = ts.isIdentifier(node) ? node.text : node.name.text;
    if (says(name)) return isHandedIn(node, checker, 0) ? 'client' : undefined;
    const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
    const made = declaration && ts.isVariableDeclaration(declaration) && !declaration.type && declaration.initializer ? unwrap(declaration.initializer) : undefined;
    return made && ts.isCallExpression(made) && isQueueOf(made) ? namedKind(made, checker, isPlainEnough, depth + 1) : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const method = methodOf(node);
  if (method) {
    const target = unwrap(method.target);
    const isChained = ts.isCallExpression(target) && isQueueOf(target);
    const owner = queues[method.name] !== undefined || isChained ? namedKind(target, checker, isPlainEnough, isChained ? depth : depth + 1) : undefined;
    if (isChained) return owner !== 'client' && !/^exec/.test(method.name) ? owner : undefined;
    if (owner === 'client') return queues[method.name];
  }
  const name = method?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
  return says(name.replace(/^get(?=[A-Z])/, '')) && isHandedIn(node, checker, 0) ? 'client' : undefined;
}

/** `client.multi()`, and what is chained to it. */
function isQueueOf(call: ts.CallExpression): boolean {
  for (let at: ts.Expression = call; ts.isCallExpression(at); ) {
    const method = methodOf(at);
    if (!method) return false;
    if (queues[method.name] !== undefined) return true;
    at = unwrap(method.target);
  }
  return false;
}

/** Whether all that is known of a value is that somebody hands it in: a parameter without a type, and what it is part of. Of another package, or typed, it is not. */
function isHandedIn(expression: ts.Expression, checker: ts.TypeChecker, depth: number): boolean {
  const node = unwrap(expression);
  if (depth > deepest) return false;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isAwaitExpression(node) || ts.isElementAccessExpression(node)) return isHandedIn(node.expression, checker, depth + 1);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].every((side) => isNothing(side) || isHandedIn(side, checker, depth + 1));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].every((side) => isNothing(side) || isHandedIn(side, checker, depth + 1));
  if (ts.isCallExpression(node)) {
    const declaration = checker.getResolvedSignature(node)?.declaration as ts.Node | undefined;
    if (declaration && isFunctionWithBody(declaration)) return isAnyType(declaration.type) && returnedBy(declaration).every((value) => isNothing(value) || isHandedIn(value, checker, depth + 1));
    if (ts.isIdentifier(node.expression) && node.expression.text === 'require') return false;
    return isHandedIn(node.expression, checker, depth + 1);
  }
  if (ts.isIdentifier(node)) return isDeclaredHandedIn(checker.getSymbolAtLocation(node), node.text, checker, depth);
  if (!ts.isPropertyAccessExpression(node)) return false;
  const symbol = checker.getSymbolAtLocation(node.name);
  return symbol?.valueDeclaration ? isDeclaredHandedIn(symbol, node.name.text, checker, depth) : isHandedIn(node.expression, checker, depth + 1);
}

function isDeclaredHandedIn(symbol: ts.Symbol | undefined, name: string, checker: ts.TypeChecker, depth: number): boolean {
  const resolved = resolveAlias(symbol, checker);
  const declaration = resolved?.valueDeclaration;
  if (!declaration || declaration.getSourceFile().isDeclarationFile) return false;
  if (ts.isParameter(declaration)) return isUntypedParameter(declaration) && (!declaration.initializer || isEmpty(declaration.initializer) || isHandedIn(declaration.initializer, checker, depth + 1));
  if (ts.isBindingElement(declaration)) {
    let at: ts.Node = declaration;
    while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent;
    if (ts.isParameter(at)) return isUntypedParameter(at);
    return ts.isVariableDeclaration(at) && isAnyType(at.type) && at.initializer !== undefined && isHandedIn(at.initializer, checker, depth + 1);
  }
  if (ts.isGetAccessor(declaration)) return isAnyType(declaration.type) && returnedBy(declaration as ts.GetAccessorDeclaration & { body: ts.Block }).every((value) => isNothing(value) || isHandedIn(value, checker, depth + 1));
  const isHolder = ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertySignature(declaration) || ts.isPropertyAssignment(declaration);
  // `this.redis = …` declares too.
  if (!isHolder && !ts.isBinaryExpression(declaration) && !ts.isPropertyAccessExpression(declaration)) return false;
  if ((ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertySignature(declaration)) && !isAnyType(declaration.type)) return false;
  if (ts.isPropertySignature(declaration)) return true;
  const initializer = ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration) ? declaration.initializer : undefined;
  const given = assignmentsTo(declaration.getSourceFile(), name).filter(({ left }) => {
    const target = unwrap(left);
    const assigned = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(target) ? target.name : target);
    return !assigned || assigned === resolved;
  });
  const values = [...(initializer ? [initializer] : []), ...given.map(({ right }) => right)].filter((value) => !isNothing(value));
  // Of a field that nobody is seen to give anything, somebody else does.
  return values.length === 0 ? !ts.isVariableDeclaration(declaration) : values.every((value) => isHandedIn(value, checker, depth + 1));
}

/** In JavaScript a comment may say the type; one that nobody declares says a name as well. */
function isUntypedParameter(parameter: ts.ParameterDeclaration): boolean {
  const said = parameter.type ?? ts.getJSDocType(parameter);
  return isAnyType(said) || (said !== undefined && parameter.type === undefined && ts.isTypeReferenceNode(said) && /redis/i.test(said.typeName.getText()));
}

const isAnyType = (type: ts.TypeNode | undefined): boolean =>
  type === undefined || type.kind === ts.SyntaxKind.AnyKeyword || type.kind === ts.SyntaxKind.JSDocAllType ||
  (ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Promise' && type.typeArguments?.[0]?.kind === ts.SyntaxKind.AnyKeyword);

const isEmpty = (value: ts.Expression): boolean => isNothing(value) || (ts.isObjectLiteralExpression(value) && value.properties.length === 0);

/** Of the installed libraries one that has a method of that name. */
function libraryWith(method: string, { clients }: NamedClients): { client: NamedClients['clients'][number]; isKnown: boolean } | undefined {
  const having = clients.filter(({ library, major }) => memberNames(clientDeclaration(library, major)).has(method));
  const [client] = having;
  return client && { client, isKnown: clients.length === 1 };
}

const members = new Map<string, ReadonlySet<string>>();

/** What a library's declarations name, followed by `(` or `<`. */
function memberNames(declarations: string): ReadonlySet<string> {
  let names = members.get(declarations);
  if (!names) members.set(declarations, (names = new Set([...(clientDeclarationText(declarations) ?? '').matchAll(/^\s+(\w+)[(<]/gm)].map(([, name = '']) => name))));
  return names;
}
