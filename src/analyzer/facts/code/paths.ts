/** Whether two nodes of one function lie on one path of control, the first before the second. */
import ts from 'typescript';
import { contains, leaves } from './ast.ts';

export function onOnePath(first: ts.Node, second: ts.Node): boolean {
  // The links of one chain begin at one place: `batch.del(key).sadd(key, member)`.
  const isChained = ts.isCallExpression(second) && first !== second && contains(second.expression, first);
  if (!isChained && second.getStart() <= first.getStart()) return false;
  let at: ts.Node = first;
  for (; at.parent && !contains(at.parent, second); at = at.parent) {
    if (endsAfter(at, first)) return false;
  }
  if (endsAfter(at, first)) return false;
  const common = at.parent;
  if (!common) return false;
  const branchOf = (node: ts.Node): ts.Node | undefined => common.getChildren().find((child) => contains(child, node));
  if (ts.isIfStatement(common) || ts.isConditionalExpression(common)) {
    const [a, b] = [branchOf(first), branchOf(second)];
    const condition = ts.isIfStatement(common) ? common.expression : common.condition;
    return a === b || a === condition || b === condition;
  }
  if (ts.isTryStatement(common)) return !(common.catchClause && contains(common.catchClause, second));
  return true;
}

/** `if (x) { await r.set(k, v); return; }`, `case 'a': …; break;`: what follows the branch is never got to. */
function endsAfter(branch: ts.Node, first: ts.Node): boolean {
  if (ts.isReturnStatement(branch) || ts.isThrowStatement(branch)) return true;
  return (ts.isBlock(branch) || ts.isCaseOrDefaultClause(branch)) && branch.statements.some((statement) => statement.pos >= first.pos && leaves(statement));
}
