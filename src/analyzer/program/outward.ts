/**
 * What a declaration shows to those who import it: whether the part of it that can be seen from outside speaks of certain names.
 * What a function does within is its own, and so are private members.
 */
import ts from 'typescript';
import { hasModifier, isFunctionWithBody, walk } from '../facts/ast.ts';

/** Whether a declaration lets its client be seen from outside: what a function does within is its own. */
export function shows(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isVariableDeclaration(node)) {
    if (node.type) return mentions(node.type, names);
    return node.initializer !== undefined ? shows(node.initializer, names) : isAssigned(node, names);
  }
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
    return shows(node.expression, names) || ((ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) && mentions(node.type, names));
  }
  if (ts.isClassLike(node)) return (node.heritageClauses?.some((clause) => mentions(clause, names)) ?? false) || node.members.some((member) => isVisible(member) && shows(member, names));
  if (ts.isPropertyDeclaration(node)) return node.type ? mentions(node.type, names) : node.initializer !== undefined ? shows(node.initializer, names) : ownClassAssigns(node, names);
  if (ts.isConstructorDeclaration(node)) return node.parameters.some((parameter) => ts.isParameterPropertyDeclaration(parameter, node) && isVisible(parameter) && mentions(parameter, names)) || (isJavaScript(node) && mentions(node, names));
  if (isFunctionWithBody(node)) return node.parameters.some((parameter) => parameter.type !== undefined && takesBack(parameter.type, names)) || (node.type ? mentions(node.type, names) : returnsShown(node, names));
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((property) => shows(property, names));
  if (ts.isPropertyAssignment(node)) return shows(node.initializer, names);
  if (ts.isShorthandPropertyAssignment(node)) return names.has(node.name.text);
  return mentions(node, names);
}

function isVisible(member: ts.ClassElement | ts.ParameterDeclaration): boolean {
  return !hasModifier(member, ts.SyntaxKind.PrivateKeyword) && !(member.name && ts.isPrivateIdentifier(member.name));
}

export const isJavaScript = (node: ts.Node): boolean => /\.[cm]?jsx?$/.test(node.getSourceFile().fileName);

/** A callback or an object of the file's own kind that is given a client: `withRedis((client) => …)`. A plain `Redis` is the caller's already. */
function takesBack(type: ts.TypeNode, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(type, (node) => {
    if ((ts.isFunctionTypeNode(node) || ts.isTypeLiteralNode(node)) && mentions(node, names)) found = true;
    return !found;
  });
  return found || ((ts.isFunctionTypeNode(type) || ts.isTypeLiteralNode(type)) && mentions(type, names));
}

/** Without a return type: whether it returns anything while its body speaks of a name. What it returns would take types to tell. */
function returnsShown(fn: ts.Node & { body: ts.ConciseBody }, names: ReadonlySet<string>): boolean {
  if (!ts.isBlock(fn.body)) return mentions(fn.body, names);
  return mentions(fn.body, names) && returnsSomething(fn.body);
}

function returnsSomething(body: ts.Block): boolean {
  let found = false;
  walk(body, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if ((ts.isReturnStatement(node) && node.expression) || ts.isYieldExpression(node)) found = true;
    return !found;
  });
  return found;
}

/** `let client;` that is given its value elsewhere in the file. */
function isAssigned(node: ts.VariableDeclaration, names: ReadonlySet<string>): boolean {
  return ts.isIdentifier(node.name) && names.has(node.name.text);
}

/** `client;` of a class whose code speaks of a name. */
function ownClassAssigns(node: ts.PropertyDeclaration, names: ReadonlySet<string>): boolean {
  return mentions(node.parent, names);
}

export function mentions(root: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(root)) return names.has(root.text);
  let found = false;
  walk(root, (node) => {
    if (ts.isIdentifier(node) && names.has(node.text)) found = true;
    return !found;
  });
  return found;
}
