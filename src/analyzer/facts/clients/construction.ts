/** Where a client is made, and what its options say: database, key prefix. */
import ts from 'typescript';
import type { KeyPattern } from '../../../redis/key-pattern.ts';
import { contains, isAssignment, isFunctionWithBody, methodOf, unwrap, walk } from '../code/ast.ts';
import { nodesOf } from '../calls/nodes.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { constantText, keyPattern, resolveAlias } from '../code/fold.ts';
import { spokenApi, type SpokenApi } from '../calls/spoken-major.ts';

export type Construction = ts.NewExpression | ts.CallExpression;

export interface ClientOptions {
  db: number | undefined;
  prefix: KeyPattern | undefined;
  hasPrefix: boolean;
  /** The API that the construction asks for, or is written for (see `spoken-major.ts`). */
  api: SpokenApi | undefined;
}

/** A call that makes a client: `new Redis(…)`, `createClient(…)`; told by the caller, who has the checker's word for it. */
export type IsConstruction = (node: ts.Expression) => node is Construction;

/**
 * What really makes the client: `await createClient(…).on(…).connect()`, `cached ??= new Redis(…)`, `(a, b) || new Redis()`.
 */
function constructionIn(expression: ts.Expression | undefined, isConstruction: IsConstruction): Construction | undefined {
  let node = expression && unwrap(expression);
  for (let steps = 0; node && steps < 20; steps++) {
    if (isConstruction(node)) return node;
    if (ts.isAwaitExpression(node)) node = unwrap(node.expression);
    else if (ts.isBinaryExpression(node)) node = unwrap(node.right);
    else if (ts.isConditionalExpression(node)) {
      const other = constructionIn(node.whenTrue, isConstruction);
      if (other) return other;
      node = unwrap(node.whenFalse);
    } else if (ts.isCallExpression(node)) {
      const method = methodOf(node);
      if (!method) return undefined;
      node = unwrap(method.target);
    } else return undefined;
  }
  return undefined;
}

/** The construction behind a declaration: its initializer, an assignment in its class, what a getter or factory returns. */
export function constructionOf(declaration: ts.Declaration | undefined, isConstruction: IsConstruction): Construction | undefined {
  if (!declaration) return undefined;
  if ((ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) && declaration.initializer) {
    const made = constructionIn(declaration.initializer, isConstruction);
    if (made) return made;
  }
  const scope = ts.isVariableDeclaration(declaration) ? declaration.getSourceFile() : ts.isClassLike(declaration.parent) ? declaration.parent : undefined;
  const name = (declaration as ts.NamedDeclaration).name;
  if (isFunctionWithBody(declaration)) return returnedConstruction(declaration, isConstruction);
  if (scope && name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return assignedConstruction(scope, name.text, isConstruction);
  return undefined;
}

function assignedConstruction(scope: ts.Node, name: string, isConstruction: IsConstruction): Construction | undefined {
  for (const node of nodesOf(scope.getSourceFile())) {
    if (!isAssignment(node) || !contains(scope, node)) continue;
    const target = unwrap(node.left);
    const assigned = ts.isIdentifier(target) ? target.text : ts.isPropertyAccessExpression(target) ? target.name.text : undefined;
    const made = assigned === name ? constructionIn(node.right, isConstruction) : undefined;
    if (made) return made;
  }
  return undefined;
}

function returnedConstruction(fn: ts.Node, isConstruction: IsConstruction): Construction | undefined {
  let made: Construction | undefined;
  walk(fn, (node) => {
    if (made) return false;
    if (isConstruction(node as ts.Expression)) made = node as Construction;
    return undefined;
  });
  return made;
}

/** Of a client of which nothing is known. */
export const nothing: ClientOptions = { db: undefined, prefix: undefined, hasPrefix: false, api: undefined };

export function clientOptions(construction: Construction | undefined, checker: ts.TypeChecker): ClientOptions {
  if (!construction) return nothing;
  return { ...optionsIn(superArguments(construction, checker) ?? construction.arguments ?? [], checker), api: spokenApi(construction, checker) };
}

/** Of `new Redis(…args)`. */
export function optionsIn(args: readonly ts.Expression[], checker: ts.TypeChecker): ClientOptions {
  const found: ClientOptions = { ...nothing };
  for (const argument of args) {
    const literal = objectLiteral(argument, checker);
    if (literal) readOptions(literal, found, checker);
    else found.db ??= databaseOf(constantText(argument, checker));
  }
  return found;
}

function readOptions(literal: ts.ObjectLiteralExpression, found: ClientOptions, checker: ts.TypeChecker): void {
  for (const property of literal.properties) {
    const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!name || !value) continue;
    if (name === 'keyPrefix') {
      if (constantText(value, checker) === '') continue;
      found.hasPrefix = true;
      found.prefix = keyPattern(value, checker);
    } else if (name === 'db' || name === 'database') {
      const text = constantText(value, checker);
      if (text !== undefined && /^\d+$/.test(text)) found.db = Number(text);
    } else if (name === 'url') found.db ??= databaseOf(constantText(value, checker));
    else if (name === 'redisOptions' || name === 'defaults') {
      const nested = objectLiteral(value, checker);
      if (nested) readOptions(nested, found, checker);
    }
  }
}

function databaseOf(url: string | undefined): number | undefined {
  const digits = /^rediss?:\/\/[^/]*\/(\d+)/.exec(url ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `new AppRedis()` of a `class AppRedis extends Redis`: what its constructor passes on. */
export function superArguments(construction: Construction, checker: ts.TypeChecker): readonly ts.Expression[] | undefined {
  if (!ts.isNewExpression(construction)) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(unwrap(construction.expression)), checker)?.valueDeclaration;
  return declaration && ts.isClassLike(declaration) ? argumentsOfSuper(declaration) : undefined;
}

/** What the constructor of a class passes on; undefined where it has none that does. */
export function argumentsOfSuper(declaration: ts.ClassLikeDeclaration): readonly ts.Expression[] | undefined {
  const constructor = declaration.members.find(ts.isConstructorDeclaration);
  let args: readonly ts.Expression[] | undefined;
  if (constructor?.body) {
    walk(constructor.body, (node) => {
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) args = node.arguments;
      return undefined;
    });
  }
  return args;
}
