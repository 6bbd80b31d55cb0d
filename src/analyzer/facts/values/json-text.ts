/** Which object a text is the JSON of: `JSON.stringify(user)`, a variable that holds it, a serialiser's call. */
import ts from 'typescript';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { calledDeclaration } from '../code/called-declaration.ts';
import { isConst, resolveAlias, returnedExpression } from '../code/fold.ts';

export interface JsonText {
  /** What is made JSON of: the argument of JSON.stringify, or of the serialiser that passes it on as it is. */
  value: ts.Expression;
  stringify: ts.CallExpression;
  /** The variable that keeps the text: `const body = JSON.stringify(user)`. */
  variable: ts.VariableDeclaration | undefined;
  /** The call of the function that makes the text. */
  serialiser: ts.CallExpression | undefined;
  /** The serialiser's parameter that `value` is passed for; undefined where the serialiser makes another object, which `value` then is. */
  parameter: ts.ParameterDeclaration | undefined;
}

const deepest = 3;

/** Only where the text is nothing but the JSON: not compressed, encrypted, prefixed or chosen between two. */
export function jsonText(text: ts.Expression, checker: ts.TypeChecker, depth = 0): JsonText | undefined {
  const node = unwrap(text);
  if (depth > deepest) return undefined;
  if (ts.isAwaitExpression(node)) return jsonText(node.expression, checker, depth + 1);
  if (ts.isIdentifier(node)) {
    const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
    if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConst(declaration)) return undefined;
    const inner = jsonText(declaration.initializer, checker, depth + 1);
    return inner && { ...inner, variable: inner.variable ?? declaration };
  }
  if (!ts.isCallExpression(node)) return undefined;
  if (isJsonCall(node, 'stringify')) {
    const [value, replacer] = node.arguments;
    // A replacer decides what is written; `null` and a list of names do not change the kind of it.
    if (!value || ts.isSpreadElement(value) || (replacer && !isNoReplacer(replacer))) return undefined;
    return { value, stringify: node, variable: undefined, serialiser: undefined, parameter: undefined };
  }
  const returned = returnedBy(node, checker);
  const inner = returned && jsonText(returned, checker, depth + 1);
  if (!inner) return undefined;
  const parameter = parameterOf(inner.value, checker);
  const argument = parameter && node.arguments[parameter.parent.parameters.indexOf(parameter)];
  const passed = argument && !ts.isSpreadElement(argument) && parameter.parent === calledDeclaration(node, checker);
  return { ...inner, variable: undefined, serialiser: node, ...(passed ? { value: argument, parameter } : { parameter: undefined }) };
}

/** `JSON.parse(…)`, `JSON.stringify(…)` of the global JSON. */
export function isJsonCall(node: ts.CallExpression, name: 'parse' | 'stringify'): boolean {
  const method = methodOf(node);
  return method?.name === name && ts.isIdentifier(method.target) && method.target.text === 'JSON';
}

/** Where a helper's call parses one of its arguments and returns just that: `decodeUser(raw)`. The call of JSON.parse in the helper. */
export function decodedBy(call: ts.CallExpression, argument: ts.Expression, checker: ts.TypeChecker): ts.CallExpression | undefined {
  const declaration = calledDeclaration(call, checker);
  const parameter = declaration && isFunctionWithBody(declaration) ? declaration.parameters[call.arguments.indexOf(argument)] : undefined;
  const returned = returnedBy(call, checker);
  const parse = returned && unwrap(returned);
  if (!parameter || !parse || !ts.isCallExpression(parse) || !isJsonCall(parse, 'parse') || parse.arguments.length !== 1) return undefined;
  const [parsed] = parse.arguments;
  return parsed && parameterOf(parsed, checker) === parameter ? parse : undefined;
}

/** The parameter that an expression is. */
export function parameterOf(expression: ts.Expression, checker: ts.TypeChecker): ts.ParameterDeclaration | undefined {
  const node = unwrap(expression);
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  return declaration && ts.isParameter(declaration) && ts.isIdentifier(declaration.name) && !declaration.dotDotDotToken ? declaration : undefined;
}

function returnedBy(call: ts.CallExpression, checker: ts.TypeChecker): ts.Expression | undefined {
  const declaration = calledDeclaration(call, checker);
  return declaration && returnedExpression(declaration);
}

function isNoReplacer(node: ts.Expression): boolean {
  const inner = unwrap(node);
  return inner.kind === ts.SyntaxKind.NullKeyword || ts.isArrayLiteralExpression(inner) || (ts.isIdentifier(inner) && inner.text === 'undefined');
}
