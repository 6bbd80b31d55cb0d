/** What the compiler finds out about a variable on the way to a place, judged by the form of the code. */
import ts from 'typescript';
import { contains, leaves, unwrap, wrapped } from '../../facts/code/ast.ts';

/**
 * Whether a test on the way to `place` may leave less of a value than code there, written for a new one, asks of it (nothing but `null`).
 * That something is there (`if (!x) return;`, `if (x) { …place… }`) is welcome. @param mentions of the value, in conditions or not
 */
export function narrowsAway(mentions: readonly ts.Node[], place: ts.Node): boolean {
  return mentions.some((mention) => mention.pos < place.pos && mayNarrow(mention as ts.Expression, place));
}

function mayNarrow(mention: ts.Expression, place: ts.Node): boolean {
  const test = testOf(mention);
  if (!test) return false;
  const { says, isPart } = test;
  for (let at: ts.Node = test.node; at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression === at) {
      if (contains(parent.thenStatement, place)) return says !== 'present';
      if (parent.elseStatement && contains(parent.elseStatement, place)) return says !== 'absent' || isPart;
      if (leaves(parent.thenStatement)) return says !== 'absent';
      return leaves(parent.elseStatement) && says !== 'present';
    }
    if (ts.isConditionalExpression(parent) && parent.condition === at) return contains(parent.whenTrue, place) ? says !== 'present' : contains(parent.whenFalse, place) && (says !== 'absent' || isPart);
    if (ts.isBinaryExpression(parent) && contains(parent, place) && parent.left === at) return says !== (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? 'present' : 'absent');
    if (ts.isWhileStatement(parent) || ts.isDoStatement(parent) || ts.isForStatement(parent) || ts.isSwitchStatement(parent) || ts.isPrefixUnaryExpression(parent)) return true;
    if (ts.isStatement(parent) || ts.isFunctionLike(parent)) return false;
  }
  return false;
}

interface Test {
  /** The comparison that the mention is part of. */
  node: ts.Expression;
  /** What holds where it is true. */
  says: 'present' | 'absent' | 'more';
  /** One of several operands of `&&` and `||`. */
  isPart: boolean;
}

/** Undefined where a mention tests nothing. */
function testOf(mention: ts.Expression): Test | undefined {
  const node = wrapped(mention);
  const { parent } = node;
  const told = (test: ts.Expression, says: Test['says']): Test => ({ node: test, says, isPart: ts.isBinaryExpression(wrapped(test).parent) });
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) return told(parent, 'absent');
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.getText();
    if (/^(?:&&|\|\|)$/.test(operator)) return told(node, 'present');
    if (!/^[!=]==?$/.test(operator)) return operator === 'instanceof' ? told(parent, 'more') : undefined;
    const other = unwrap(parent.left === node ? parent.right : parent.left);
    const isNothing = other.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(other) && other.text === 'undefined');
    return told(parent, !isNothing ? 'more' : operator.startsWith('!') ? 'present' : 'absent');
  }
  if (ts.isTypeOfExpression(parent)) return told(parent, 'more');
  return (ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) && isCondition(parent, node) ? told(node, 'present') : undefined;
}

const isCondition = (parent: ts.IfStatement | ts.ConditionalExpression, node: ts.Node): boolean => (ts.isIfStatement(parent) ? parent.expression : parent.condition) === node;
