/** The keys and values that MSET is given, in whatever form: in turn, as pairs, as an object, mapped from a list. */
import ts from 'typescript';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { isConst, resolveAlias, returnedExpression } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';

export interface StoredPair {
  key: ts.Expression;
  value: ts.Expression;
}

const deepest = 4;

export function storedPairs(call: RedisCall, checker: ts.TypeChecker): StoredPair[] {
  const { list } = call.args;
  const [first] = list;
  if (!first) return [];
  if (list.length > 1) return pairsOf(list, checker, 0);
  return ts.isSpreadElement(first) ? pairsIn(first.expression, checker, 0) : pairsIn(first, checker, 0);
}

/** What an expression that holds keys and values says of them. */
function pairsIn(expression: ts.Expression, checker: ts.TypeChecker, depth: number): StoredPair[] {
  const node = unwrap(expression);
  if (depth > deepest) return [];
  if (ts.isArrayLiteralExpression(node)) return pairsOf(node.elements, checker, depth);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((property) => propertyPair(property, checker, depth));
  if (ts.isIdentifier(node)) return pairsOfVariable(node, checker, depth);
  if (ts.isNewExpression(node) && node.expression.getText() === 'Map') return node.arguments?.[0] ? pairsIn(node.arguments[0], checker, depth + 1) : [];
  if (!ts.isCallExpression(node)) return [];
  const method = methodOf(node);
  const [argument] = node.arguments;
  if (!method || !argument) return method?.name === 'flat' ? pairsIn(method.target, checker, depth + 1) : [];
  if (method.name === 'fromEntries') return pairsIn(argument, checker, depth + 1);
  const callback = unwrap(argument);
  if (!/^(?:map|flatMap)$/.test(method.name) || !isFunctionWithBody(callback)) return [];
  const returned = returnedExpression(callback);
  return returned ? pairsIn(returned, checker, depth + 1) : [];
}

function pairsOf(list: readonly ts.Expression[], checker: ts.TypeChecker, depth: number): StoredPair[] {
  if (list.some((one) => ts.isSpreadElement(one) || ts.isArrayLiteralExpression(unwrap(one)))) {
    return list.flatMap((one) => pairsIn(ts.isSpreadElement(one) ? one.expression : one, checker, depth + 1));
  }
  const pairs: StoredPair[] = [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [key, value] = [list[at], list[at + 1]];
    if (key && value) pairs.push({ key, value });
  }
  return pairs;
}

function propertyPair(property: ts.ObjectLiteralElementLike, checker: ts.TypeChecker, depth: number): StoredPair[] {
  if (ts.isSpreadAssignment(property)) return pairsIn(property.expression, checker, depth + 1);
  if (!ts.isPropertyAssignment(property)) return [];
  const { name, initializer } = property;
  if (ts.isComputedPropertyName(name)) return [{ key: name.expression, value: initializer }];
  return ts.isStringLiteral(name) ? [{ key: name, value: initializer }] : [];
}

/** Its initializer, and what is put in afterwards: `pairs.push(key, value)`, `values[key] = value`, `values.set(key, value)`. */
function pairsOfVariable(name: ts.Identifier, checker: ts.TypeChecker, depth: number): StoredPair[] {
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !isConst(declaration)) return [];
  const pairs = declaration.initializer ? pairsIn(declaration.initializer, checker, depth + 1) : [];
  for (const reference of referencesTo(declaration.name, checker)) {
    const { parent } = reference;
    const outer = parent.parent;
    if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(outer) && /^(?:push|set)$/.test(parent.name.text)) pairs.push(...pairsOf(outer.arguments, checker, depth + 1));
    else if (ts.isElementAccessExpression(parent) && parent.expression === reference && ts.isBinaryExpression(outer) && outer.left === parent) {
      pairs.push({ key: parent.argumentExpression, value: outer.right });
    }
  }
  return pairs;
}
