/** The declaration that a call runs, at the price of its name where that is enough. */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from './ast.ts';
import { resolveAlias } from './fold.ts';

/**
 * What `checker.getResolvedSignature(call)?.declaration` says. That weighs every argument against every overload; for a name with one
 * declaration that is a function there is nothing to weigh.
 */
export function calledDeclaration(call: ts.CallExpression, checker: ts.TypeChecker): ts.Node | undefined {
  const callee = unwrap(call.expression);
  const name = ts.isIdentifier(callee) ? callee : ts.isPropertyAccessExpression(callee) ? callee.name : undefined;
  const declarations = (name && resolveAlias(checker.getSymbolAtLocation(name), checker)?.declarations) ?? [];
  const [only] = declarations;
  if (only && declarations.length === 1 && (ts.isFunctionDeclaration(only) || ts.isMethodDeclaration(only)) && isFunctionWithBody(only)) return only;
  if (only && declarations.length === 1 && ts.isVariableDeclaration(only) && !only.type && only.initializer && isFunctionWithBody(only.initializer)) return only.initializer;
  return checker.getResolvedSignature(call)?.declaration;
}
