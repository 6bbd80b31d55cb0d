/** Numbers that are known before the program runs. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { constantMember, isConstantObject } from '../facts/code/constant-access.ts';
import { isConst, onlyDeclaration, resolveAlias } from '../facts/code/fold.ts';

/** SET takes the TTL as milliseconds in 63 bits; seconds below this are in range whatever the clock says. */
const largestTtl = 1e12;
const deepest = 8;

interface KnownNumber {
  value: number;
  /** It is a property of an object that nothing keeps from being given another. */
  mutable?: true;
}

/**
 * How an expression is known to be a positive whole number, here or where it is imported from: `constant` where it is made of literals,
 * constants, enums and read-only properties; `mutable` where one is a property of a constant object that is not read-only.
 */
export function positiveInteger(node: ts.Expression, checker: ts.TypeChecker): 'constant' | 'mutable' | undefined {
  const known = knownNumber(node, checker, 0);
  if (!known || !Number.isSafeInteger(known.value) || known.value <= 0 || known.value > largestTtl) return undefined;
  return known.mutable ? 'mutable' : 'constant';
}

function knownNumber(node: ts.Expression, checker: ts.TypeChecker, depth: number): KnownNumber | undefined {
  const inner = unwrap(node);
  if (depth > deepest) return undefined;
  if (ts.isNumericLiteral(inner)) return { value: Number(inner.text) };
  if (ts.isBinaryExpression(inner)) {
    const left = knownNumber(inner.left, checker, depth + 1);
    const right = knownNumber(inner.right, checker, depth + 1);
    const value = left && right && compute(inner.operatorToken.kind, left.value, right.value);
    return value === undefined ? undefined : { value, ...(left?.mutable || right?.mutable ? { mutable: true } : {}) };
  }
  if (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) return knownMember(inner, checker, depth);
  const declaration = ts.isIdentifier(inner) ? declarationOf(inner, checker) : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConst(declaration)) return undefined;
  return knownNumber(declaration.initializer, checker, depth + 1);
}

/** `ttl.session`, `Ttl.Session`, `Sessions.ttl`. */
function knownMember(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, checker: ts.TypeChecker, depth: number): KnownNumber | undefined {
  const name = constantMember(access, checker);
  const declaration = name && declarationOf(name, checker);
  if (!declaration) return undefined;
  const again = (initializer: ts.Expression | undefined): KnownNumber | undefined => initializer && knownNumber(initializer, checker, depth + 1);
  if (ts.isEnumMember(declaration)) return again(declaration.initializer);
  if (ts.isVariableDeclaration(declaration)) return isConst(declaration) ? again(declaration.initializer) : undefined;
  if (ts.isPropertyDeclaration(declaration)) return isFixedProperty(declaration) ? again(declaration.initializer) : undefined;
  if (!ts.isPropertyAssignment(declaration) || !isConstantObject(access.expression, checker)) return undefined;
  const known = again(declaration.initializer);
  return known && (isReadOnly(declaration.parent) ? known : { ...known, mutable: true });
}

function declarationOf(name: ts.Node, checker: ts.TypeChecker): ts.Declaration | undefined {
  return onlyDeclaration(resolveAlias(checker.getSymbolAtLocation(name), checker));
}

/** `static readonly`: an instance's may be given another by its constructor or a subclass. */
function isFixedProperty(declaration: ts.PropertyDeclaration): boolean {
  const flags = ts.getCombinedModifierFlags(declaration);
  return (flags & ts.ModifierFlags.Static) !== 0 && (flags & ts.ModifierFlags.Readonly) !== 0;
}

/** `{ … } as const`, all the way down; `Object.freeze({ … })`, which is not. */
function isReadOnly(object: ts.ObjectLiteralExpression): boolean {
  const { parent } = object;
  return isConstAssertion(object) || (ts.isCallExpression(parent) && parent.expression.getText() === 'Object.freeze');
}

function isConstAssertion({ parent }: ts.Expression): boolean {
  if (ts.isAsExpression(parent)) return ts.isConstTypeReference(parent.type);
  if (ts.isPropertyAssignment(parent)) return isConstAssertion(parent.parent);
  return ts.isParenthesizedExpression(parent) && isConstAssertion(parent);
}

function compute(operator: ts.SyntaxKind, left: number, right: number): number | undefined {
  switch (operator) {
    case ts.SyntaxKind.AsteriskToken:
      return left * right;
    case ts.SyntaxKind.PlusToken:
      return left + right;
    case ts.SyntaxKind.MinusToken:
      return left - right;
    case ts.SyntaxKind.SlashToken:
      return left / right;
    default:
      return undefined;
  }
}
