/** `new Promise((resolve, reject) => …)`: the function that settles it, and the promise that a `resolve` is of. */
import ts from 'typescript';
import { wrapped } from './ast.ts';

/** `new Promise((resolve) => …)` */
export function isExecutor(fn: ts.Node): fn is ts.ArrowFunction | ts.FunctionExpression {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const { parent } = wrapped(fn);
  return ts.isNewExpression(parent) && parent.expression.getText() === 'Promise';
}

/** The promise that `resolve` settles. */
export function executorOf(callee: ts.Identifier, checker: ts.TypeChecker): { promise: ts.NewExpression; parameters: readonly ts.ParameterDeclaration[] } | undefined {
  const declaration = checker.getSymbolAtLocation(callee)?.valueDeclaration;
  if (!declaration || !ts.isParameter(declaration) || !isExecutor(declaration.parent)) return undefined;
  return { promise: wrapped(declaration.parent).parent as ts.NewExpression, parameters: declaration.parent.parameters };
}
