/** Calls that say something to people alone. By the method's name. */
import ts from 'typescript';
import { methodOf, unwrap } from './ast.ts';

/** `console.log(…)`, `logger.info(…)`: nothing hangs on it. */
export function isLogging(node: ts.Expression): boolean {
  const call = unwrap(node);
  if (!ts.isCallExpression(call)) return false;
  const method = methodOf(call);
  return method !== undefined && /^(?:log|info|warn|error|debug|trace|verbose)$/.test(method.name);
}
