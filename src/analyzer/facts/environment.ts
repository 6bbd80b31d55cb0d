/** Environment variables: `undefined` unless somebody sets them. */
import ts from 'typescript';
import { unwrap } from './ast.ts';

/** The name in `process.env.NAME`, `process.env['NAME']`, `env.NAME` of `import { env } from 'node:process'`. */
export function environmentVariable(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  if (name === undefined || (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node))) return undefined;
  const owner = unwrap(node.expression);
  const isEnvironment = ts.isPropertyAccessExpression(owner) && owner.name.text === 'env' && ts.isIdentifier(owner.expression) && owner.expression.text === 'process';
  return isEnvironment ? name : undefined;
}

/** Not where a project declares that it is set (`interface ProcessEnv { NAME: string }`), nor where the file speaks of its name in a text, as a loop over required names does. */
export function isOptionalVariable(name: string, at: ts.Node, checker: ts.TypeChecker): boolean {
  const namespace = checker.resolveName('NodeJS', undefined, ts.SymbolFlags.Namespace, false);
  const declared = namespace?.exports?.get(ts.escapeLeadingUnderscores('ProcessEnv'))?.members?.get(ts.escapeLeadingUnderscores(name));
  if (declared && !(declared.flags & ts.SymbolFlags.Optional)) return false;
  return !new RegExp(`(?<!env\\[)(['"\`])${name.replaceAll(/[^\w]/g, '\\$&')}\\1`).test(at.getSourceFile().text);
}
