/**
 * Whether `a.b` may be a text that is known before the program runs, told without types: to ask the checker for a property takes the type
 * of what it belongs to, and with `order.id` everything that an order is made of. Where nothing of that name is constant there is no need.
 */
import ts from 'typescript';
import { isAssignment, unwrap } from './ast.ts';
import { assignmentsTo, isNothing } from './assignments.ts';
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
  return isConstantObject(access.expression, checker) || isOfImported(access.expression, checker) ? name : undefined;
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

/**
 * What a module's own code gives a name that it hands out, once and for all: `export const A = 'a'`, `exports.A = 'a'`, `module.exports = { A: 'a' }`,
 * and what is nested in those.
 * @param symbol of the property that others take from the module, aliases resolved
 */
export function exportedValue(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Expression | undefined {
  const [declaration, ...more] = symbol?.declarations ?? [];
  if (!symbol || !declaration || more.length > 0) return undefined;
  if (ts.isVariableDeclaration(declaration)) return isConst(declaration) ? declaration.initializer : undefined;
  // Compilers declare first what they hand out: `exports.A = void 0`.
  const [assigned, ...others] = assignmentsTo(declaration.getSourceFile(), symbol.name).filter(({ left, right }) => isOfExports(left) && !isNothing(right) && !isAssignment(right));
  if (ts.isPropertyAccessExpression(declaration)) return assigned && others.length === 0 && isAtOnce(assigned) ? assigned.right : undefined;
  if (assigned || !(ts.isShorthandPropertyAssignment(declaration) || ts.isPropertyAssignment(declaration)) || !isOfModule(declaration.parent)) return undefined;
  return ts.isPropertyAssignment(declaration) ? declaration.initializer : exportedValue(resolveAlias(checker.getShorthandAssignmentValueSymbol(declaration), checker), checker);
}

const isOfExports = (target: ts.Expression): boolean => /^(?:module\.)?exports\b/.test(target.getText());

/** Whether an object literal is what a module hands out, or a part of that. */
function isOfModule(literal: ts.Node): boolean {
  let at: ts.Node = literal;
  for (;;) {
    const { parent } = at;
    if (ts.isVariableDeclaration(parent)) return isConst(parent) && ts.isSourceFile(parent.parent.parent.parent);
    if (ts.isExportAssignment(parent)) return true;
    if (isAssignment(parent)) return isAtOnce(parent);
    const isFrozen = ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression) && parent.expression.name.text === 'freeze';
    if (!ts.isPropertyAssignment(parent) && !ts.isObjectLiteralExpression(parent) && !ts.isParenthesizedExpression(parent) && !ts.isAsExpression(parent) && !ts.isSatisfiesExpression(parent) && !isFrozen) return false;
    at = parent;
  }
}

/** `exports.A = …`, `exports = module.exports = …`: when the module is loaded. */
function isAtOnce(assignment: ts.BinaryExpression): boolean {
  let at: ts.Node = assignment;
  while (isAssignment(at.parent) && at.parent.right === at) at = at.parent;
  return assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isExpressionStatement(at.parent) && ts.isSourceFile(at.parent.parent) && isOfExports(assignment.left);
}

/** Whether `a.b.c` begins with a module, so that the declaration behind its end says what it is. */
export const isOfImported = (access: ts.Expression, checker: ts.TypeChecker): boolean => isModule(leftmost(access), checker);

function leftmost(expression: ts.Expression): ts.Expression {
  let node = unwrap(expression);
  while (ts.isPropertyAccessExpression(node)) node = unwrap(node.expression);
  return node;
}

/** `import * as names from …`, `const names = require(…)`, `import names from …` of what a module hands out as a whole. */
function isModule(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(node)) return false;
  const symbol = checker.getSymbolAtLocation(node);
  const resolved = resolveAlias(symbol, checker);
  if (!resolved) return false;
  return (resolved.flags & ts.SymbolFlags.Module) !== 0 || (resolved !== symbol && (resolved.declarations?.every((declaration) => isWhole(declaration)) ?? false));
}

/** `module.exports = { … }`, `export default { … }`. */
const isWhole = (declaration: ts.Declaration): boolean =>
  ts.isExportAssignment(declaration) || ts.isSourceFile(declaration) || ts.isObjectLiteralExpression(declaration) || isAssignment(declaration) || isAssignment(declaration.parent);
