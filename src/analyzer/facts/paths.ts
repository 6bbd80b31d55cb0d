/** Whether two nodes of one function lie on one path of control, the first before the second. */
import ts from 'typescript';
import { contains, leaves } from './ast.ts';

export function onOnePath(first: ts.Node, second: ts.Node): boolean {
  if (second.getStart() <= first.getStart()) return false;
  let at: ts.Node = first;
  for (; at.parent && !contains(at.parent, second); at = at.parent) {
    // `if (x) { await r.set(k, v); return; }` never gets to what follows.
    if (ts.isBlock(at) && at.statements.some((statement) => statement.pos >= first.pos && leaves(statement))) return false;
    if (ts.isCaseOrDefaultClause(at) && at.statements.some((statement) => statement.pos >= first.pos && leaves(statement))) return false;
  }
  const common = at.parent;
  if (!common) return false;
  const branchOf = (node: ts.Node): ts.Node | undefined => common.getChildren().find((child) => contains(child, node));
  if (ts.isIfStatement(common) || ts.isConditionalExpression(common)) {
    const [a, b] = [branchOf(first), branchOf(second)];
    const condition = ts.isIfStatement(common) ? common.expression : common.condition;
    return a === b || a === condition || b === condition;
  }
  if (ts.isTryStatement(common)) return !(common.catchClause && contains(common.catchClause, second));
  if (ts.isStatement(at) && leaves(at)) return false;
  return true;
}
