/** What the checker says of clients: which library declares a method, and what kind of receiver a type is. */
import ts from 'typescript';
import type { DialectName, Library, ReceiverKind } from '../facts/calls/redis-call.ts';
import { isClientDeclaration, kindOf, modulePrefix, sharedInterfaces } from './client-declarations.ts';

export interface ClientOrigin {
  library: Library;
  major: number;
  dialect: DialectName;
  /** The manifest admits node-redis 3 as well: the code tells which it is for. */
  isOpen?: true;
}

export interface ReceiverType extends ClientOrigin {
  kind: ReceiverKind;
  maybeCluster: boolean;
}

export interface MethodOrigin extends ClientOrigin {
  /** Declared by a client, a pipeline and the like, or by what all of them share: not by a stream or an emitter. */
  isOfClient: boolean;
}

/** How declarations tell of clients. */
export interface ClientReader {
  /** The library that a file declares. */
  libraryOf(fileName: string): ClientOrigin | undefined;
  /** The library that declares a method, by its symbol. */
  declaring(method: ts.Symbol, checker: ts.TypeChecker): ClientOrigin | undefined;
  /** Whether a method is declared by a client, a pipeline and the like, or by what all of them share. */
  isOfClient(method: ts.Symbol): boolean;
  /** What a class, an interface or an alias of a library stands for. */
  kindOf(symbol: ts.Symbol): ReceiverKind | undefined;
}

/** Of our declarations. Its members may be replaced: tests read those of the libraries themselves. */
export const clientReader: ClientReader = {
  libraryOf: isClientDeclaration,
  declaring: originOf,
  isOfClient: (method) => method.declarations?.some(({ parent }) => {
    const name = (ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent)) && isClientFile(parent) ? parent.name?.text : undefined;
    return name !== undefined && (kindOf(name) !== undefined || sharedInterfaces.has(name) || modulePrefix(name) !== undefined);
  }) ?? false,
  kindOf: ({ name }) => kindOf(name),
};

const methods = new WeakMap<ts.Type, Map<string, MethodOrigin | undefined>>();

/** The library that declares a method of a type. */
export function methodOrigin(type: ts.Type, method: string, checker: ts.TypeChecker): MethodOrigin | undefined {
  let known = methods.get(type);
  if (!known) methods.set(type, (known = new Map()));
  if (!known.has(method)) {
    const symbol = checker.getPropertyOfType(checker.getApparentType(type), method);
    const origin = symbol && clientReader.declaring(symbol, checker);
    known.set(method, origin && { ...origin, isOfClient: clientReader.isOfClient(symbol) });
  }
  return known.get(method);
}

/** The library whose declarations hold a symbol; undefined for everybody else's `get` and `set`. */
export function originOf(symbol: ts.Symbol | undefined): ClientOrigin | undefined {
  for (const declaration of symbol?.declarations ?? []) {
    const origin = clientReader.libraryOf(declaration.getSourceFile().fileName);
    if (origin) return origin;
  }
  return undefined;
}

/** Whether a declaration is a library's. */
export function isClientFile(declaration: ts.Node | undefined): boolean {
  return declaration !== undefined && clientReader.libraryOf(declaration.getSourceFile().fileName) !== undefined;
}

const receivers = new WeakMap<ts.Type, ReceiverType | 'none'>();

/** A client, pipeline, … by type; of a union whatever its parts are, a cluster among them noted. Undefined for `any`. */
export function receiverType(type: ts.Type, checker: ts.TypeChecker): ReceiverType | undefined {
  // A type belongs to one checker.
  const known = receivers.get(type) ?? receiverOfType(type, checker) ?? 'none';
  receivers.set(type, known);
  return known === 'none' ? undefined : known;
}

function receiverOfType(type: ts.Type, checker: ts.TypeChecker): ReceiverType | undefined {
  const parts = type.isUnion() ? type.types : [type];
  let found: ReceiverType | undefined;
  let cluster = false;
  for (const part of parts) {
    const one = receiverOfPart(part, checker, 0);
    if (!one) continue;
    if (one.kind === 'cluster') cluster = true;
    if (!found || found.kind === 'cluster') found = one;
  }
  return found && { ...found, maybeCluster: found.maybeCluster || (cluster && found.kind !== 'cluster') };
}

function receiverOfPart(type: ts.Type, checker: ts.TypeChecker, depth: number): ReceiverType | undefined {
  if (depth > 6) return undefined;
  for (const symbol of [type.symbol, type.aliasSymbol]) {
    const origin = originOf(symbol);
    const kind = origin && symbol ? clientReader.kindOf(symbol) : undefined;
    if (origin && kind) return { ...origin, kind, maybeCluster: false };
  }
  if (type.isIntersection()) return firstOf(type.types);
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && constraint !== type ? receiverType(constraint, checker) : undefined;
  }
  const symbol = type.symbol as ts.Symbol | undefined;
  const declared = symbol && symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface) ? checker.getDeclaredTypeOfSymbol(symbol) : undefined;
  return declared?.isClassOrInterface() ? firstOf(checker.getBaseTypes(declared)) : undefined;

  function firstOf(types: readonly ts.Type[]): ReceiverType | undefined {
    for (const one of types) {
      const found = receiverOfPart(one, checker, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
}
