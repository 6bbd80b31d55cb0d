/**
 * What a file gives the parameters of its own functions, classes and constructors: of `function Store(client)` the client of `new Store(createClient())`,
 * of `function Store(options)` and `options.client` that of `new Store({ client })`.
 */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import { assignmentsTo, isNothing } from '../code/assignments.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { resolveAlias } from '../code/fold.ts';
import { propertyNamed } from './injection-tokens.ts';
import { nodesOf } from '../calls/nodes.ts';

/** A parameter, or one property of what it stands for. */
export interface ParameterPart {
  parameter: ts.ParameterDeclaration;
  property: string | undefined;
}

/** Of `client`, `options.client`, `this.options.client` and what `{ client }` takes off them. Undefined for what is no part of a parameter. */
export function parameterPart(node: ts.Identifier | ts.PropertyAccessExpression, checker: ts.TypeChecker): ParameterPart | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const parameter = parameterOf(node.expression, checker);
    return parameter && { parameter, property: node.name.text };
  }
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (!declaration) return undefined;
  if (ts.isParameter(declaration)) return ts.isIdentifier(declaration.name) ? { parameter: declaration, property: undefined } : undefined;
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent) || declaration.dotDotDotToken) return undefined;
  const holder = declaration.parent.parent;
  const parameter = ts.isParameter(holder) ? holder : ts.isVariableDeclaration(holder) && holder.initializer ? parameterOf(holder.initializer, checker) : undefined;
  const name = declaration.propertyName ?? declaration.name;
  return parameter && ts.isIdentifier(name) ? { parameter, property: name.text } : undefined;
}

/** `options`, `options || {}`, and `this.options` of a class or constructor that is given no other. */
function parameterOf(expression: ts.Expression, checker: ts.TypeChecker): ts.ParameterDeclaration | undefined {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.BarBarToken || node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)) return parameterOf(node.left, checker);
  if (ts.isIdentifier(node)) {
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    return declaration && ts.isParameter(declaration) && ts.isIdentifier(declaration.name) ? declaration : undefined;
  }
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const given = assignmentsTo(node.getSourceFile(), node.name.text).filter(({ left, right }) => ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword && !isNothing(right));
  const [only, ...more] = given;
  const value = only && more.length === 0 ? unwrap(only.right) : undefined;
  return value && !ts.isPropertyAccessExpression(value) ? parameterOf(value, checker) : undefined;
}

/** All that calls and constructions of the file give it; those that leave it out do not count. Undefined where one gives what cannot be told, or where nobody can tell who calls. */
export function passedValues({ parameter, property }: ParameterPart, checker: ts.TypeChecker): readonly ts.Expression[] | undefined {
  const fn = parameter.parent;
  const holder = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  const name = (ts.isFunctionDeclaration(holder) || ts.isVariableDeclaration(holder) || ts.isClassLike(holder)) && holder.name && ts.isIdentifier(holder.name) ? holder.name : undefined;
  if (!name || parameter.dotDotDotToken || (ts.isClassLike(holder) && !ts.isConstructorDeclaration(fn))) return undefined;
  const index = fn.parameters.indexOf(parameter);
  const found: ts.Expression[] = [];
  for (const node of nodesOf(parameter.getSourceFile())) {
    const isUse = ts.isNewExpression(node) || (ts.isCallExpression(node) && !ts.isClassLike(holder));
    if (!isUse || !ts.isIdentifier(node.expression) || node.expression.text !== name.text) continue;
    const given = node.arguments?.[index];
    if (given && ts.isSpreadElement(given)) return undefined;
    // Passed on within the function itself: `if (!(this instanceof Store)) return new Store(options)`.
    if (given && ts.isIdentifier(given) && resolveAlias(checker.getSymbolAtLocation(given), checker)?.valueDeclaration === parameter) continue;
    if (property === undefined) {
      if (!given) return undefined;
      found.push(given);
      continue;
    }
    const literal = given && objectLiteral(given, checker);
    if (given && !literal) return undefined;
    const value = literal && propertyNamed(literal, property);
    if (value) found.push(value);
    else if (literal?.properties.some((one) => ts.isSpreadAssignment(one))) return undefined;
  }
  return found;
}
