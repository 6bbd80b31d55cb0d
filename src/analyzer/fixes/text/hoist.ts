/**
 * Statements put before the expression that needs them: `(await redis.keys(p)).map(f)` becomes `…; [...found].map(f)`.
 * Only where the expression is evaluated first and always in its statement, so that nothing changes places with it.
 */
import ts from 'typescript';
import type { TextEdit } from '../../rules/rule.ts';
import { commentsIn } from './comments.ts';
import { insertBefore, isInList, replaceNode, replaceRange } from './edits.ts';
import { lineIndentation } from './indentation.ts';
import { render, sourceText } from './lines.ts';
import type { Lines } from './lines.ts';
import { isShortCircuit } from './operators.ts';
import { isRepeatable } from './purity.ts';
import { styleOf } from './style.ts';

export type HoistPoint = { kind: 'statement'; statement: ts.Statement } | { kind: 'arrow'; fn: ts.ArrowFunction & { body: ts.Expression } };

/** Where statements can go that run right before `expression` does: before its statement, or in the arrow function whose body it begins. */
export function hoistPoint(expression: ts.Expression): HoistPoint | undefined {
  let child: ts.Node = expression;
  for (let parent = child.parent; ; child = parent, parent = child.parent) {
    if (ts.isArrowFunction(parent)) return child === parent.body ? { kind: 'arrow', fn: parent as ts.ArrowFunction & { body: ts.Expression } } : undefined;
    if (ts.isStatement(parent)) {
      if (!isFirstOf(parent, child)) return undefined;
      let statement = parent;
      while (ts.isLabeledStatement(statement.parent)) statement = statement.parent;
      return isInList(statement) ? { kind: 'statement', statement } : undefined;
    }
    if (!isFirstIn(parent, child)) return undefined;
  }
}

/** Whether an expression is what its statement evaluates first, and always; the statement need not stand in a list. */
export function isEvaluatedFirst(expression: ts.Expression): boolean {
  let child: ts.Node = expression;
  for (let parent = child.parent; !ts.isArrowFunction(parent); child = parent, parent = child.parent) {
    if (ts.isStatement(parent)) return isFirstOf(parent, child);
    if (!isFirstIn(parent, child)) return false;
  }
  return false;
}

/** The edits that put `lines` before `expression` and `by` in its place; undefined where there is no such point. */
export function hoist(expression: ts.Expression, lines: Lines, by: string): TextEdit[] | undefined {
  const point = hoistPoint(expression);
  if (!point) return undefined;
  if (point.kind === 'statement') return [insertBefore(point.statement, lines), replaceNode(expression, by)];
  const { fn } = point;
  const sourceFile = fn.getSourceFile();
  const arrow = fn.equalsGreaterThanToken.end;
  const start = fn.body.getStart(sourceFile);
  // A comment between the arrow and the body moves into the block.
  const comments = commentsIn(sourceFile, { start: arrow, end: start }).map((comment) => sourceFile.text.slice(comment.pos, comment.end));
  // `=> ({ … })` needs its parentheses only there.
  const body = sourceText(ts.isParenthesizedExpression(fn.body) ? fn.body.expression : fn.body, { replace: [{ start: expression.getStart(sourceFile), end: expression.end, text: by }] });
  const block = render(['{', [...comments, ...lines, `return ${body};`], '}'], lineIndentation(sourceFile, arrow), styleOf(sourceFile));
  return [replaceRange(sourceFile, arrow, fn.body.end, ` ${block}`)];
}

/** Whether `child` is what an expression evaluates first (but for what has no effect) and whatever else happens. */
function isFirstIn(parent: ts.Node, child: ts.Node): boolean {
  const before = (list: readonly ts.Node[]): boolean => list.slice(0, list.indexOf(child)).every((node) => ts.isExpression(node) && isRepeatable(node));
  if (
    ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isNonNullExpression(parent) || ts.isTypeAssertionExpression(parent) ||
    ts.isAwaitExpression(parent) || ts.isSpreadElement(parent) || ts.isTypeOfExpression(parent) || ts.isVoidExpression(parent) || ts.isPropertyAccessExpression(parent) ||
    ts.isComputedPropertyName(parent) || ts.isTemplateSpan(parent)
  ) {
    return !ts.isTemplateSpan(parent) || before(parent.parent.templateSpans.map((span) => (span === parent ? child : span.expression)));
  }
  if (ts.isPrefixUnaryExpression(parent)) return true;
  if (ts.isElementAccessExpression(parent)) return parent.expression === child || (!parent.questionDotToken && isRepeatable(parent.expression));
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    if (parent.expression === child) return true;
    return !ts.isOptionalChain(parent) && isRepeatable(parent.expression) && before(parent.arguments ?? []);
  }
  if (ts.isTemplateExpression(parent)) return true;
  if (ts.isArrayLiteralExpression(parent)) return before(parent.elements);
  if (ts.isPropertyAssignment(parent) || ts.isSpreadAssignment(parent)) {
    const values = parent.parent.properties.map((property) =>
      property === parent ? child : ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : property,
    );
    return parent.name === child || before(values);
  }
  if (ts.isObjectLiteralExpression(parent)) return true;
  if (ts.isBinaryExpression(parent)) {
    if (parent.left === child) return true;
    return !isShortCircuit(parent.operatorToken.kind) && isRepeatable(parent.left);
  }
  if (ts.isConditionalExpression(parent)) return parent.condition === child;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === child && ts.isVariableDeclarationList(parent.parent) && parent.parent.declarations[0] === parent;
  return ts.isVariableDeclarationList(parent);
}

function isFirstOf(statement: ts.Statement, child: ts.Node): boolean {
  if (ts.isForStatement(statement)) return statement.initializer === child;
  if (ts.isForOfStatement(statement) || ts.isForInStatement(statement)) return statement.expression === child;
  return !ts.isWhileStatement(statement) && !ts.isDoStatement(statement);
}
