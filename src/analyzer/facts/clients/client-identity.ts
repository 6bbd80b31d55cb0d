/** Which client a call goes to: one name for a variable, its pipelines and its destructured twins, and what its construction says. */
import ts from 'typescript';
import { clientReader, isClientFile } from '../../dialects/client-types.ts';
import { enclosingClass, isAssignment, methodOf, unwrap } from '../code/ast.ts';
import { argumentsOfSuper, clientOptions, constructionOf, optionsIn, type ClientOptions, type IsConstruction } from './construction.ts';
import { chainEnd } from './construction-fate.ts';
import { place, resolveAlias } from '../code/fold.ts';

export interface ClientIdentity extends ClientOptions {
  identity: string;
  /** Where what it stands for is declared, as it was when that was asked: `file#offset`. The node would be kept with the call, whatever becomes of its file. */
  declaredAt: string;
}

/** Methods that give a view of the same connection. */
const views = new Set(['pipeline', 'multi', 'batch', 'MULTI', 'withTypeMapping', 'withCommandOptions', 'legacy', 'on', 'once', 'connect']);

/** What queued commands are called on: `redis` in `redis.pipeline().get(k).set(k, v)`, and in `p.get(k)` after `const p = redis.pipeline()`. */
export function clientRoot(target: ts.Expression, checker: ts.TypeChecker, queued: boolean): ts.Expression {
  let node = unwrap(target);
  for (let steps = 0; steps < 50; steps++) {
    if (ts.isAwaitExpression(node)) node = unwrap(node.expression);
    else if (ts.isCallExpression(node)) {
      const method = methodOf(node);
      if (!method || !(queued || views.has(method.name))) return node;
      node = unwrap(method.target);
    } else if (ts.isIdentifier(node)) {
      const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
      const initializer = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
      const owner = queued && initializer ? viewedBy(initializer) : undefined;
      if (!owner) return node;
      node = unwrap(owner);
      queued = false;
    } else if (ts.isPropertyAccessExpression(node) && isOfLibrary(node.name, checker)) node = unwrap(node.expression);
    else return node;
  }
  return node;
}

/** Give back the client itself, so that a variable for what they return is a name of it: `const redis = new Redis().on('error', log)`. */
const selves = new Set(['on', 'once', 'connect']);

/** `redis` in `redis.pipeline()`, with commands on the queue or without: `redis.pipeline().del(key)`. */
function viewedBy(initializer: ts.Expression): ts.Expression | undefined {
  for (let at = initializer; ts.isCallExpression(at); ) {
    const method = methodOf(at);
    if (!method || selves.has(method.name)) return undefined;
    if (views.has(method.name)) return method.target;
    at = unwrap(method.target);
  }
  return undefined;
}

/** `json` in `client.multi().json.set(k, '$', v).get(k)`, `v4` in `client.v4.get(k)`: a view as well. */
function isOfLibrary(name: ts.MemberName, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol !== undefined && clientReader.declaring(symbol, checker) !== undefined;
}

/** By checker, since what a declaration is made of may be in another file. */
const known = new WeakMap<ts.TypeChecker, Map<ts.Declaration, ClientIdentity>>();

export function clientIdentity(root: ts.Expression, checker: ts.TypeChecker, isConstruction: IsConstruction): ClientIdentity {
  const node = unwrap(root);
  if (isConstruction(node)) return identified(holderOf(node, checker) ?? node, clientOptions(node, checker));
  const declaration = clientDeclaration(node, checker);
  const byDeclaration = known.get(checker) ?? new Map<ts.Declaration, ClientIdentity>();
  known.set(checker, byDeclaration);
  const before = declaration && byDeclaration.get(declaration);
  if (before) return before;
  // `this`, in a class that is a client itself.
  const options = declaration && ts.isClassLike(declaration) ? optionsIn(argumentsOfSuper(declaration) ?? [], checker) : clientOptions(constructionOf(declaration, isConstruction), checker);
  const identity = identified(declaration ?? node, options);
  if (declaration) byDeclaration.set(declaration, identity);
  return identity;
}

const identified = (declaration: ts.Node, options: ClientOptions): ClientIdentity => ({ identity: place(declaration), declaredAt: `${declaration.getSourceFile().fileName}#${declaration.pos}`, ...options });

/** Under which joins hold what is said of a client. */
export const clientKey = (declaration: ts.Declaration): string => declaration.getSourceFile().fileName + place(declaration);

/** What declares the client that an expression stands for, as `clientIdentity` names it; undefined where nothing of the project's does. */
export function clientDeclaration(expression: ts.Expression, checker: ts.TypeChecker): ts.Declaration | undefined {
  const declared = declarationOf(unwrap(expression), checker);
  // Of `redis.duplicate()` only the library's own, which would make one of all clients.
  return isClientFile(declared) ? undefined : declared;
}

/** The variable or property that a construction is put into, so that it and its uses go by one name. */
export function holderOf(construction: ts.Expression, checker: ts.TypeChecker): ts.Declaration | undefined {
  const { parent } = chainEnd(construction);
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isExportAssignment(parent)) return parent;
  if (!isAssignment(parent)) return undefined;
  const target = unwrap(parent.left);
  return ts.isIdentifier(target) || ts.isPropertyAccessExpression(target) ? declarationOf(target, checker) : undefined;
}

function declarationOf(node: ts.Expression, checker: ts.TypeChecker): ts.Declaration | undefined {
  if (ts.isCallExpression(node)) return checker.getResolvedSignature(node)?.declaration;
  if (node.kind === ts.SyntaxKind.SuperKeyword) return enclosingClass(node);
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent) && ts.isIdentifier(declaration.name)) {
    // `const { redis } = this`: the property itself.
    const owner = checker.getTypeAtLocation(declaration.parent);
    const property = declaration.propertyName ?? declaration.name;
    const symbol = ts.isIdentifier(property) ? checker.getPropertyOfType(owner, property.text) : undefined;
    return symbol?.valueDeclaration ?? declaration;
  }
  if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0) {
    // `const redis = this.redis`, `const client = getClient()`.
    const initializer = unwrap(declaration.initializer);
    if (ts.isPropertyAccessExpression(initializer) || ts.isIdentifier(initializer)) return declarationOf(initializer, checker) ?? declaration;
  }
  return handedOn(declaration, checker) ?? declaration;
}

/** `module.exports = { redis, cache: client }`: the variables themselves. */
function handedOn(declaration: ts.Declaration | undefined, checker: ts.TypeChecker): ts.Declaration | undefined {
  if (declaration && ts.isShorthandPropertyAssignment(declaration)) return resolveAlias(checker.getShorthandAssignmentValueSymbol(declaration), checker)?.valueDeclaration;
  const value = declaration && ts.isPropertyAssignment(declaration) ? unwrap(declaration.initializer) : undefined;
  return value && ts.isIdentifier(value) ? declarationOf(value, checker) : undefined;
}
