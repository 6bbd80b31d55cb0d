/** Which keys an expression stands for that is no key itself: an element of a list, a list, what a scan has found. */
import ts from 'typescript';
import { hasLiteral, type KeyPart, type KeyPattern } from '../../../redis/key-pattern.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { isConst, keyPattern, resolveAlias, returnedExpression } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';

const deepest = 4;

/** The expressions of the keys in a list: `ids.map((id) => `user:${id}`)`, `[a, b]`, `const keys = []; keys.push(a)`. */
export function listedKeys(expression: ts.Expression, checker: ts.TypeChecker, depth = 0): ts.Expression[] {
  const node = unwrap(expression);
  if (depth > deepest) return [];
  const again = (inner: ts.Expression): ts.Expression[] => listedKeys(inner, checker, depth + 1);
  if (ts.isSpreadElement(node)) return again(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((one) => (ts.isSpreadElement(one) ? again(one.expression) : [one]));
  if (ts.isIdentifier(node)) return variableKeys(node, checker, depth);
  if (!ts.isCallExpression(node)) return [];
  const method = methodOf(node);
  const callback = node.arguments.map(unwrap).find(isFunctionWithBody);
  if (method && /^(?:map|flatMap|from)$/.test(method.name) && callback) {
    const returned = returnedExpression(callback);
    return returned ? [returned] : [];
  }
  if (method && /^(?:filter|slice|concat|reverse|sort|flat)$/.test(method.name)) return [method.target, ...(method.name === 'concat' ? node.arguments : [])].flatMap(again);
  return [];
}

function variableKeys(name: ts.Identifier, checker: ts.TypeChecker, depth: number): ts.Expression[] {
  const declaration = resolveAlias(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !isConst(declaration)) return [];
  const pushed = referencesTo(declaration.name, checker).flatMap((reference) => {
    const call = ts.isPropertyAccessExpression(reference.parent) && reference.parent.name.text === 'push' ? reference.parent.parent : undefined;
    return call && ts.isCallExpression(call) ? [...call.arguments] : [];
  });
  return [...(declaration.initializer ? listedKeys(declaration.initializer, checker, depth + 1) : []), ...pushed];
}

/** Of a variable that runs over a list: `for (const key of keys)`, `keys.map((key) => …)`. */
export function elementKeys(expression: ts.Expression, checker: ts.TypeChecker): ts.Expression[] {
  const node = unwrap(expression);
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (!declaration) return [];
  if (ts.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    return ts.isForOfStatement(loop) ? listedKeys(loop.expression, checker) : [];
  }
  if (!ts.isParameter(declaration) || !isFunctionWithBody(declaration.parent) || declaration.parent.parameters[0] !== declaration) return [];
  const call = declaration.parent.parent;
  const method = ts.isCallExpression(call) ? methodOf(call) : undefined;
  return method && /^(?:map|forEach|flatMap)$/.test(method.name) ? listedKeys(method.target, checker) : [];
}

/** The pattern that a KEYS or SCAN asks for, its wildcards as holes; undefined where it asks for everything or is not known. */
export function scannedPattern(call: RedisCall, checker: ts.TypeChecker): KeyPattern | undefined {
  const node = matchOf(call);
  if (!node) return undefined;
  const parts = keyPattern(node, checker).parts.flatMap((part): KeyPart[] => {
    if (!('literal' in part)) return [part];
    return part.literal.split(/(\[[^\]]*\]|[*?])/).filter((text) => text !== '').map((text) => (/^[*?[]/.test(text) ? { hole: 'glob' } : { literal: text }));
  });
  const pattern = { parts };
  return hasLiteral(pattern) ? pattern : undefined;
}

/** The argument that says which keys a KEYS or SCAN asks for; undefined where it asks for all, or is not seen. */
export function matchOf(call: RedisCall): ts.Expression | undefined {
  const { command, args } = call;
  if (command === 'KEYS') return args.list[0];
  if (!/^(?:SCAN|@scan(?:Buffer)?(?:Stream|Iterator))$/.test(command)) return undefined;
  const word = args.list.findIndex((one) => ts.isStringLiteralLike(unwrap(one)) && /^["'`]match["'`]$/i.test(one.getText()));
  if (word >= 0) return args.list[word + 1];
  for (const one of [...args.list, ...(args.options ? [args.options] : [])]) {
    const literal = unwrap(one);
    if (!ts.isObjectLiteralExpression(literal)) continue;
    for (const property of literal.properties) {
      if (!property.name || !/^match$/i.test(property.name.getText())) continue;
      return ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    }
  }
  return undefined;
}
