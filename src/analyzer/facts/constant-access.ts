/**
 * Whether `a.b` may be a text that is known before the program runs, told without types: to ask the checker for a property takes the type
 * of what it belongs to, and with `order.id` everything that an order is made of. Where nothing of that name is constant there is no need.
 */
import ts from 'typescript';
import { unwrap } from './ast.ts';
import { isConst, resolveAlias } from './fold.ts';

type HasMember = (name: string) => boolean;

const members = new WeakMap<ts.TypeChecker, HasMember>();

/** @param hasMember whether a file that the checker may come to declares a member of that name with a text of its own: a read-only property, a getter, of an enum */
export function setConstantMembers(checker: ts.TypeChecker, hasMember: HasMember): void {
  members.set(checker, hasMember);
}

/** What the checker is to be asked about for the declaration behind an access; undefined where it would be none that `fold` reads. */
export function constantMember(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, checker: ts.TypeChecker): ts.Node | undefined {
  const name = ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression;
  if (!ts.isMemberName(name) && !ts.isStringLiteralLike(name) && !ts.isNumericLiteral(name)) return undefined;
  if (members.get(checker)?.(name.text) !== false) return name;
  return isConstantObject(access.expression, checker) ? name : undefined;
}

/**
 * Whether an expression names an object literal that nobody replaces, so that what its properties are given is what they are. What a function makes
 * may be another one each time, and of two literals only one is meant: those are none.
 */
export function isConstantObject(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  const owner = unwrap(expression);
  const name = ts.isIdentifier(owner) ? owner : ts.isPropertyAccessExpression(owner) && isModule(leftmost(owner), checker) ? owner.name : undefined;
  const declaration = name && resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !isConst(declaration) || !declaration.initializer) return false;
  const initializer = unwrap(declaration.initializer);
  return isLiteral(initializer) || ts.isIdentifier(initializer) || ts.isPropertyAccessExpression(initializer);
}

/** `{ … }`, `Object.freeze({ … })`, `Object.freeze(keys)`. */
function isLiteral(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (!ts.isCallExpression(node)) return ts.isObjectLiteralExpression(node);
  const isFrozen = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'freeze';
  return node.arguments.some((argument) => isLiteral(argument) || (isFrozen && ts.isIdentifier(argument)));
}

function leftmost(expression: ts.Expression): ts.Expression {
  let node = unwrap(expression);
  while (ts.isPropertyAccessExpression(node)) node = unwrap(node.expression);
  return node;
}

function isModule(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(node)) return false;
  const symbol = resolveAlias(checker.getSymbolAtLocation(node), checker);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Module) !== 0;
}
