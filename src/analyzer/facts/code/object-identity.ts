/** Which object something belongs to: `a.redis` and `b.redis` are declared in one place and are two clients, and so are the keys that each makes. */
import ts from 'typescript';
import { contains, enclosingClass, enclosingFunction, unwrap } from './ast.ts';
import { assignmentsTo, identityOf, isConst, keyPattern, place, resolveAlias, symbolOfValue, type Bindings } from './fold.ts';

const unbound: Bindings = new Map();

/**
 * A hole's name, equal for what is one object as far as can be told; with a `?` at its beginning where it cannot, so that it equals nothing.
 * @param bindings what parameters, and `this`, of the function around stand for
 */
export function objectIdentity(expression: ts.Expression, checker: ts.TypeChecker, bindings: Bindings = unbound): string {
  const node = unwrap(expression);
  if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) {
    const bound = bindings.get('this')?.();
    return bound ? nameOf(bound) : 'this';
  }
  if (ts.isAwaitExpression(node)) return objectIdentity(node.expression, checker, bindings);
  if (ts.isIdentifier(node)) return identityOfName(node, checker, bindings);
  if (ts.isPropertyAccessExpression(node)) {
    const one = onlyOne(node, checker);
    return one ? place(one) : member(objectIdentity(node.expression, checker, bindings), JSON.stringify(node.name.text), node);
  }
  if (ts.isCallExpression(node)) {
    const args = identityOf({ parts: node.arguments.flatMap((argument) => [...keyPattern(argument, checker, bindings).parts, { literal: ',' }]) });
    return args.includes('{?') ? unknown(node) : member(objectIdentity(node.expression, checker, bindings), `(${args})`, node);
  }
  return unknown(node);
}

function identityOfName(name: ts.Identifier, checker: ts.TypeChecker, bindings: Bindings): string {
  const symbol = resolveAlias(symbolOfValue(name, checker), checker);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return `global:${name.text}`;
  const bound = bindings.get(declaration)?.();
  if (bound) return nameOf(bound);
  const made = ts.isVariableDeclaration(declaration) && declaration.initializer && isConst(declaration) ? unwrap(declaration.initializer) : undefined;
  if (made && (ts.isIdentifier(made) || ts.isPropertyAccessExpression(made) || made.kind === ts.SyntaxKind.ThisKeyword)) return objectIdentity(made, checker, bindings);
  // What others assign before is one object here.
  const isReassigned = !made && assignmentsTo(symbol, declaration, checker).some((target) => contains(enclosingFunction(name), target));
  return isReassigned ? unknown(name) : place(declaration);
}

/** What declares a property of which there is but one: what a module exports, or a member of an object that is made once. */
function onlyOne({ name }: ts.PropertyAccessExpression, checker: ts.TypeChecker): ts.Declaration | undefined {
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (!declaration || ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration)) return declaration;
  if (!ts.isObjectLiteralElementLike(declaration) || !ts.isSourceFile(enclosingFunction(declaration)) || enclosingClass(declaration)) return undefined;
  return ts.isShorthandPropertyAssignment(declaration) ? resolveAlias(checker.getShorthandAssignmentValueSymbol(declaration), checker)?.valueDeclaration : declaration;
}

/** As a key's hole names a property. */
const member = (owner: string, name: string, node: ts.Node): string => (owner.startsWith('?') ? unknown(node) : `{${owner}}.${name}`);

const nameOf = (parts: ReturnType<NonNullable<ReturnType<Bindings['get']>>>): string => {
  const [only, ...more] = parts;
  return only && 'hole' in only && more.length === 0 ? only.hole : identityOf({ parts });
};

const unknown = (node: ts.Node): string => `?${place(node)}`;

/**
 * The object whose client an expression is: `cache` of `cache.redis`, and of `redis` after `const { redis } = cache`. Empty for a client that
 * stands for itself, which `Receiver.identity` tells from others.
 */
export function ownerIdentity(client: ts.Expression | undefined, checker: ts.TypeChecker, bindings: Bindings = unbound): string {
  const node = client && unwrap(client);
  if (!node) return '';
  if (ts.isPropertyAccessExpression(node)) return onlyOne(node, checker) ? '' : objectIdentity(node.expression, checker, bindings);
  if (ts.isIdentifier(node)) {
    const declaration = resolveAlias(symbolOfValue(node, checker), checker)?.valueDeclaration;
    if (!declaration) return '';
    if (bindings.has(declaration)) return objectIdentity(node, checker, bindings);
    const holder = ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent) ? declaration.parent.parent : declaration;
    const made = ts.isVariableDeclaration(holder) && holder.initializer && isConst(holder) ? unwrap(holder.initializer) : undefined;
    if (!made) return '';
    if (holder !== declaration) return objectIdentity(made, checker, bindings);
    return ts.isIdentifier(made) || ts.isPropertyAccessExpression(made) ? ownerIdentity(made, checker, bindings) : '';
  }
  return objectIdentity(node, checker, bindings);
}
