/** Whether a value may be `undefined` where it stands: by its type, which knows what was tested on the way, and in untyped code by what it is read from. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, unwrap } from './ast.ts';
import { isConst, resolveAlias } from './fold.ts';
import { environmentVariable, isOptionalVariable, valuesSet } from './environment.ts';
import { isFilledIn, isGivenElsewhere, readsAll } from './given-elsewhere.ts';
import { isAssigned, isTestedBefore } from './tested.ts';
import type { Unit } from './units.ts';

const deepest = 3;

/** `value!` and `value as number` are no test: they only quieten the compiler. */
export function mayBeUndefined(expression: ts.Expression, workspace: Workspace, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > deepest) return false;
  const again = (one: ts.Expression): boolean => mayBeUndefined(one, workspace, depth + 1);
  if (isUndefined(node)) return true;
  if (ts.isConditionalExpression(node)) return again(node.whenTrue) || again(node.whenFalse);
  if (ts.isBinaryExpression(node)) {
    const isDefault = node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    return isDefault && again(node.right);
  }
  const variable = environmentVariable(node);
  if (variable !== undefined) {
    readsAll(node.getSourceFile(), workspace);
    if (!isOptionalVariable(variable, node, workspace.checker) || isTestedBefore(node, node.getSourceFile())) return false;
    return [...valuesSet(variable, node)].every(again);
  }
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node) && !ts.isCallExpression(node)) return false;
  const scope = isOfModule(node, workspace.checker) ? node.getSourceFile() : undefined;
  const type = workspace.checker.getTypeAtLocation(node);
  const isTyped = !(type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown));
  if (!(isTyped ? includesUndefined(type) : isLeftOut(node, workspace, depth))) return false;
  if (scope) readsAll(scope, workspace);
  if (isTestedBefore(node, scope) || (!isTyped && isAssigned(node))) return false;
  if (ts.isPropertyAccessExpression(node) && isGivenElsewhere(node, workspace)) return false;
  const read = propertyRead(node, workspace.checker);
  return !read || !isFilledIn(read.owner, read.name, workspace);
}

/** The property that is read, here or where a variable is taken out: `const { prefix } = this.config`. */
function propertyRead(node: ts.Expression, checker: ts.TypeChecker): { owner: ts.Expression; name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { owner: node.expression, name: node.name.text };
  const element = declarationOf(node, checker);
  if (!element || !ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent) || element.dotDotDotToken) return undefined;
  const holder = element.parent.parent;
  const name = element.propertyName ?? element.name;
  return ts.isVariableDeclaration(holder) && holder.initializer && ts.isIdentifier(name) ? { owner: holder.initializer, name: name.text } : undefined;
}

/** Whether a type allows for `undefined`, beside something else. */
function includesUndefined(type: ts.Type): boolean {
  return type.isUnion() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0);
}

const isUndefined = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === 'undefined';

/** Of a value without a type: whether the code shows somebody who does not give it. */
function isLeftOut(node: ts.Expression, workspace: Workspace, depth: number): boolean {
  const { checker } = workspace;
  if (ts.isPropertyAccessExpression(node)) {
    if (hasOptionalStep(node)) return true;
    const declaration = declarationOf(node.expression, checker);
    return declaration !== undefined && ts.isParameter(declaration) && propertyIsLeftOut(declaration, node.name.text, workspace);
  }
  const declaration = ts.isIdentifier(node) ? declarationOf(node, checker) : undefined;
  if (!declaration) return false;
  if (ts.isParameter(declaration)) return ts.isIdentifier(declaration.name) && !declaration.initializer && !declaration.dotDotDotToken && argumentsFor(declaration, workspace).some((argument) => argument === 'none' || (typeof argument === 'object' && isUndefined(unwrap(argument))));
  if (ts.isBindingElement(declaration)) {
    const parameter = declaration.parent.parent;
    const name = declaration.propertyName ?? declaration.name;
    return !declaration.initializer && !declaration.dotDotDotToken && ts.isParameter(parameter) && ts.isIdentifier(name) && propertyIsLeftOut(parameter, name.text, workspace);
  }
  return ts.isVariableDeclaration(declaration) && isConst(declaration) && ts.isIdentifier(declaration.name) && declaration.initializer !== undefined && mayBeUndefined(declaration.initializer, workspace, depth + 1);
}

/** What a name declares, wherever that is; of `{ name }` the variable. */
export function declarationOf(expression: ts.Expression, checker: ts.TypeChecker): ts.Declaration | undefined {
  const node = unwrap(expression);
  if (!ts.isIdentifier(node)) return undefined;
  const symbol = ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node);
  return resolveAlias(symbol, checker)?.valueDeclaration;
}

/** Whether a reference means the same in the whole file. */
function isOfModule(node: ts.Expression, checker: ts.TypeChecker): boolean {
  let root: ts.Expression = node;
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = unwrap(root.expression);
  const declaration = declarationOf(root, checker);
  return declaration !== undefined && ts.findAncestor(declaration, ts.isFunctionLike) === undefined;
}

function hasOptionalStep(node: ts.Expression): boolean {
  for (let at = node; ts.isPropertyAccessExpression(at); at = unwrap(at.expression)) if (at.questionDotToken) return true;
  return false;
}

/** `function f(options = {})`, or a caller who passes an object without it. */
function propertyIsLeftOut(parameter: ts.ParameterDeclaration, name: string, workspace: Workspace): boolean {
  if (parameter.initializer && lacks(parameter.initializer, name)) return true;
  return argumentsFor(parameter, workspace).some((argument) => typeof argument === 'object' && lacks(argument, name));
}

function lacks(expression: ts.Expression, name: string): boolean {
  const node = unwrap(expression);
  return ts.isObjectLiteralExpression(node) && node.properties.every((property) => property.name !== undefined && !ts.isComputedPropertyName(property.name) && property.name.text !== name);
}

export type Argument = ts.Expression | 'none' | 'spread';

/** What the known callers pass for a parameter; `spread` where it cannot be told. */
export function argumentsFor(parameter: ts.ParameterDeclaration, workspace: Workspace): Argument[] {
  const fn = parameter.parent;
  if (!isFunctionWithBody(fn) || ts.isConstructorDeclaration(fn)) return [];
  const index = fn.parameters.indexOf(parameter);
  return workspace.callers(fn as Unit).flatMap((site): Argument[] => {
    if (!ts.isCallExpression(site)) return [];
    const spread = site.arguments.findIndex(ts.isSpreadElement);
    return spread >= 0 && spread <= index ? ['spread'] : [site.arguments[index] ?? 'none'];
  });
}
