/** What a container of dependencies knows a thing by, as written at `@Inject(…)`, at `provide`, or as the type of a parameter. Equal names for equal tokens. */
import ts from 'typescript';
import { methodOf, unwrap } from '../code/ast.ts';
import { clientModules } from './client-modules.ts';
import { constantText, isConst, place, resolveAlias, returnedExpression } from '../code/fold.ts';
import { importsOf, isImportedFrom } from '../code/imported-from.ts';

/** Packages whose decorators say what a container is to fill in. */
const injectors: readonly string[] = ['@nestjs/common', ...clientModules];
/** Those, and what is asked by hand. */
export const containers: readonly string[] = [...injectors, '@nestjs/core'];

export interface Token {
  /** The same for the same token, within one run. */
  key: string;
  /** Of a token that is a class of the project's: lists of providers may name it by itself. */
  class?: ts.ClassLikeDeclaration;
}

/** Whether a file's code can be given something by a container. */
export function usesContainer(file: ts.SourceFile): boolean {
  for (const specifier of importsOf(file).values()) if (containers.includes(specifier)) return true;
  return false;
}

/** What a module's client is known by. @param name as given to `@InjectRedis`, and to the module */
export const moduleToken = (name = 'default', isCluster = false): Token => ({ key: `${isCluster ? 'cluster' : 'client'}:${name}` });

/** Undefined where it cannot be told. */
export function tokenOf(expression: ts.Expression, checker: ts.TypeChecker): Token | undefined {
  const node = unwrap(expression);
  if (ts.isCallExpression(node)) return tokenOfCall(node, checker);
  const text = constantText(node, checker);
  if (text !== undefined) return { key: `text:${text}` };
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const declaration = resolveAlias(checker.getSymbolAtLocation(ts.isIdentifier(node) ? node : node.name), checker)?.valueDeclaration;
  if (!declaration) return undefined;
  if (ts.isClassLike(declaration)) return classToken(declaration);
  if (!ts.isVariableDeclaration(declaration) && !ts.isPropertyAssignment(declaration) && !ts.isPropertyDeclaration(declaration)) return undefined;
  if (!declaration.initializer || (ts.isVariableDeclaration(declaration) && !isConst(declaration))) return undefined;
  const value = unwrap(declaration.initializer);
  // Two of `Symbol('x')` differ, and so do their declarations.
  return ts.isCallExpression(value) ? (tokenOfCall(value, checker) ?? { key: keyOf(declaration) }) : undefined;
}

function tokenOfCall(call: ts.CallExpression, checker: ts.TypeChecker): Token | undefined {
  const callee = unwrap(call.expression);
  const [first] = call.arguments;
  if (ts.isPropertyAccessExpression(callee)) return callee.getText() === 'Symbol.for' && first ? { key: `symbol:${constantText(first, checker) ?? first.getText()}` } : undefined;
  if (!ts.isIdentifier(callee)) return undefined;
  if (callee.text === 'forwardRef' && first) {
    const inner = returnedExpression(unwrap(first));
    return inner && tokenOf(inner, checker);
  }
  return isImportedFrom(callee, clientModules) && callee.text.endsWith('Token') ? namedToken(callee.text, first, checker) : undefined;
}

function namedToken(spelled: string, name: ts.Expression | undefined, checker: ts.TypeChecker): Token | undefined {
  const text = name ? constantText(name, checker) : 'default';
  return text === undefined ? undefined : moduleToken(text, spelled.includes('Cluster'));
}

/** What a class is asked for by. */
export const classToken = (declared: ts.ClassLikeDeclaration): Token => ({ key: keyOf(declared), class: declared });

const keyOf = (declaration: ts.Declaration): string => `${declaration.getSourceFile().fileName}${place(declaration)}`;

/** The token that a parameter, a property or a variable is given its value by; undefined for what no container fills in. */
export function injectedToken(declaration: ts.Declaration, checker: ts.TypeChecker): Token | undefined {
  if (!usesContainer(declaration.getSourceFile())) return undefined;
  if (ts.isVariableDeclaration(declaration)) return askedToken(declaration, checker);
  if (!ts.isParameter(declaration) && !ts.isPropertyDeclaration(declaration)) return undefined;
  for (const { expression } of ts.getDecorators(declaration) ?? []) {
    if (!ts.isCallExpression(expression) || !ts.isIdentifier(expression.expression) || !isImportedFrom(expression.expression, injectors)) continue;
    const [first] = expression.arguments;
    const { text } = expression.expression;
    if (/^Inject(?:Redis|Cluster)$/.test(text)) return namedToken(text, first, checker);
    if (text === 'Inject') return first ? tokenOf(first, checker) : typeToken(declaration.type, checker);
  }
  if (!ts.isParameter(declaration)) return undefined;
  const { parent } = declaration;
  if (ts.isConstructorDeclaration(parent)) return (ts.getDecorators(parent.parent as ts.ClassDeclaration) ?? []).length > 0 ? typeToken(declaration.type, checker) : undefined;
  return factoryToken(declaration, checker);
}

/** A class that stands as the type of a parameter is what it is asked for by. */
function typeToken(type: ts.TypeNode | undefined, checker: ts.TypeChecker): Token | undefined {
  if (!type || !ts.isTypeReferenceNode(type)) return undefined;
  const name = ts.isQualifiedName(type.typeName) ? type.typeName.right : type.typeName;
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  return declaration && ts.isClassLike(declaration) ? classToken(declaration) : undefined;
}

/** `{ provide, inject: ['R'], useFactory: (redis) => … }` */
function factoryToken(parameter: ts.ParameterDeclaration, checker: ts.TypeChecker): Token | undefined {
  const fn = parameter.parent;
  const property = ts.isPropertyAssignment(fn.parent) ? fn.parent : fn;
  const literal = property.parent;
  if (!ts.isObjectLiteralExpression(literal) || (property as ts.ObjectLiteralElementLike).name?.getText() !== 'useFactory') return undefined;
  const list = propertyNamed(literal, 'inject');
  const asked = list && ts.isArrayLiteralExpression(unwrap(list)) ? (unwrap(list) as ts.ArrayLiteralExpression).elements[fn.parameters.indexOf(parameter)] : undefined;
  return asked && !ts.isObjectLiteralExpression(unwrap(asked)) ? tokenOf(asked, checker) : undefined;
}

/** `const redis: Redis = app.get('R')` */
function askedToken({ initializer }: ts.VariableDeclaration, checker: ts.TypeChecker): Token | undefined {
  let value = initializer && unwrap(initializer);
  if (value && ts.isAwaitExpression(value)) value = unwrap(value.expression);
  const method = value && ts.isCallExpression(value) ? methodOf(value) : undefined;
  const [first] = value && ts.isCallExpression(value) ? value.arguments : [];
  return method && first && /^(?:get|resolve)$/.test(method.name) ? tokenOf(first, checker) : undefined;
}

/** What an object literal gives a property, as written. */
export function propertyNamed(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of literal.properties) {
    if (!property.name || !(ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) || property.name.text !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}
