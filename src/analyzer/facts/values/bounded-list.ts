/** Whether code compares the length of a list with a number before it uses it: what is too long for it, it knows. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import { comparisonOf, isByOrder } from '../code/comparison.ts';
import { conditionsBefore, referenceText } from '../code/tested.ts';

/** Comparisons with 0 and 1 ask only whether there is anything. */
export function isCounted(at: ts.Expression, lists: readonly ts.Expression[]): boolean {
  const texts = new Set(lists.map((list) => `${referenceText(list)}.length`));
  const isLength = (node: ts.Expression): boolean => texts.has(referenceText(node));
  const isLimit = (node: ts.Expression): boolean => !/^[01]$/.test(unwrap(node).getText());
  for (const condition of conditionsBefore(at)) {
    const comparison = condition.parent;
    if (!ts.isBinaryExpression(comparison) || !isByOrder(comparisonOf(comparison))) continue;
    if ((isLength(comparison.left) && isLimit(comparison.right)) || (isLength(comparison.right) && isLimit(comparison.left))) return true;
  }
  return false;
}
