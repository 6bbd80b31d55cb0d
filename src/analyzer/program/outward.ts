/**
 * What a declaration shows to those who import it: whether the part of it that can be seen from outside speaks of certain names.
 * What a function does within is its own, and so are private members.
 */
import ts from 'typescript';
import { hasModifier, isAssignment, isFunctionWithBody, isJavaScript, mentions, some, walk } from '../facts/code/ast.ts';

/** Whether a declaration lets its client be seen from outside: what a function does within is its own. */
export function shows(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isVariableDeclaration(node)) {
    if (node.type) return mentions(node.type, names);
    return node.initializer !== undefined ? shows(node.initializer, names) : isAssigned(node, names);
  }
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
    return shows(node.expression, names) || ((ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) && mentions(node.type, names));
  }
  if (ts.isClassLike(node)) return (node.heritageClauses?.some((clause) => mentions(clause, names)) ?? false) || node.members.some((member) => isVisible(member) && shows(member, names)) || handsOutHidden(node, names);
  if (ts.isPropertyDeclaration(node)) return node.type ? mentions(node.type, names) : node.initializer !== undefined ? shows(node.initializer, names) : ownClassAssigns(node, names);
  if (ts.isConstructorDeclaration(node)) return node.parameters.some((parameter) => ts.isParameterPropertyDeclaration(parameter, node) && isVisible(parameter) && mentions(parameter, names)) || (isJavaScript(node) && mentions(node, names));
  if (isFunctionWithBody(node)) return node.parameters.some((parameter) => parameter.type !== undefined && takesBack(parameter.type, names)) || (node.type ? mentions(node.type, names) : returnsShown(node, names) || (isJavaScript(node) && makesShown(node, names)));
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((property) => shows(property, names));
  if (ts.isPropertyAssignment(node)) return shows(node.initializer, names);
  if (ts.isShorthandPropertyAssignment(node)) return names.has(node.name.text);
  return mentions(node, names);
}

function isVisible(member: ts.ClassElement | ts.ParameterDeclaration): boolean {
  return !hasModifier(member, ts.SyntaxKind.PrivateKeyword) && !(member.name && ts.isPrivateIdentifier(member.name));
}

/** `get client() { return this.#client; }`: a member without a return type gives out what a private one holds. */
function handsOutHidden(node: ts.ClassLikeDeclaration, names: ReadonlySet<string>): boolean {
  const hidden = new Set<string>();
  const add = (name: ts.Node | undefined): void => {
    if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) hidden.add(name.text);
  };
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) for (const parameter of member.parameters) if (ts.isParameterPropertyDeclaration(parameter, member) && !isVisible(parameter) && mentions(parameter, names)) add(parameter.name);
    if (!isVisible(member) && shows(member, names)) add(member.name);
  }
  if (hidden.size === 0) return false;
  return node.members.some((member) => {
    if (!isVisible(member) || !isFunctionWithBody(member) || member.type || ts.isConstructorDeclaration(member)) return false;
    let found = false;
    walk(member.body, (inner) => {
      if (ts.isPropertyAccessExpression(inner) && hidden.has(inner.name.text) && !isUsedUp(inner)) found = true;
      return !found;
    });
    return found && returnsSomething(member.body);
  });
}

/** Methods that give a client, or something that holds one, for a client. */
const givesClient = /^(?:duplicate|connect|on|once|multi|pipeline|with\w+|then|catch|finally|bind|nodes|masters|slaves|values)$/;

/** `this.#client.get(key)`, `this.#client = …`: what becomes of it is no client. */
function isUsedUp(access: ts.Expression): boolean {
  let value = access;
  for (;;) {
    const { parent } = value;
    if (ts.isExpressionStatement(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.left === value && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) return true;
    if (ts.isParenthesizedExpression(parent) || ts.isAwaitExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent) || (ts.isCallExpression(parent) && parent.expression === value)) value = parent;
    else if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent) {
      if (!givesClient.test(parent.name.text)) return true;
      value = parent.parent;
    } else return false;
  }
}

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

/** `function Store() { this.client = createClient(); }`: what a constructor gives its instances. */
function makesShown(fn: ts.Node & { body: ts.ConciseBody }, names: ReadonlySet<string>): boolean {
  return mentions(fn.body, names) && some(fn.body, (node) => isAssignment(node) && ts.isPropertyAccessExpression(node.left) && node.left.expression.kind === ts.SyntaxKind.ThisKeyword);
}

function returnsSomething(body: ts.ConciseBody): boolean {
  if (!ts.isBlock(body)) return true;
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
