/** `await client.quit().catch(log);`: a promise whose failure is handled, and whose value nobody looks at. Syntax alone. */
import ts from 'typescript';

export function isCaughtStatement(promise: ts.Expression): boolean {
  let end = promise;
  while (ts.isPropertyAccessExpression(end.parent) && /^(?:catch|finally)$/.test(end.parent.name.text) && ts.isCallExpression(end.parent.parent)) end = end.parent.parent;
  return end !== promise && ts.isExpressionStatement(ts.isAwaitExpression(end.parent) ? end.parent.parent : end.parent);
}
