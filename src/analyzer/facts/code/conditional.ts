/** Whether code runs whenever later code does. Syntax alone. */
import ts from 'typescript';
import { contains } from './ast.ts';

/** Whether the first stands in a branch that the second is not in: `if (isStale) await redis.del(key);`, and then something else. */
export function isConditional(first: ts.Node, second: ts.Node): boolean {
  for (let at = first; at.parent && !contains(at, second); at = at.parent) {
    const { parent } = at;
    if (contains(parent, second)) return false;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) {
      if ((ts.isIfStatement(parent) ? parent.expression : parent.condition) !== at) return true;
    } else if (ts.isBinaryExpression(parent)) {
      if (parent.right === at && /^(?:&&|\|\||\?\?)=?$/.test(parent.operatorToken.getText())) return true;
    } else if (ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent)) return true;
  }
  return false;
}
