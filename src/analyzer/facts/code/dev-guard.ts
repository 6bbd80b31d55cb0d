/** Whether code runs only where the environment is asked for first: `if (process.env.NODE_ENV === 'test') …`. Syntax alone. */
import ts from 'typescript';
import { leaves, some } from './ast.ts';

/** Within a branch on NODE_ENV, or after one that leaves: whatever it says, somebody has thought of where this may run. */
export function isBehindEnvironmentCheck(node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if ((ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) && asks(ts.isIfStatement(parent) ? parent.expression : parent.condition)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && asks(parent.left)) return true;
    if ((ts.isBlock(parent) || ts.isSourceFile(parent)) && parent.statements.some((one) => one.end <= at.pos && ts.isIfStatement(one) && leaves(one.thenStatement) && asks(one.expression))) return true;
  }
  return false;
}

const environment = /^(?:NODE_ENV|VITEST|JEST_WORKER_ID|isProd(?:uction)?|isDev(?:elopment)?|isTest(?:ing)?|IS_(?:PROD|PRODUCTION|DEV|DEVELOPMENT|TEST))$/;

const asks = (condition: ts.Expression): boolean => isName(condition) || some(condition, isName);

const isName = (node: ts.Node): boolean => ts.isIdentifier(node) && environment.test(node.text);
