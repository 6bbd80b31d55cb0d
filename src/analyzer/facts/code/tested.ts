/** Whether code looks at a value before it uses it: a condition, a default, an assertion. Syntax alone, and generous: who looks knows. */
import ts from 'typescript';
import { isAssignment, isFunctionWithBody, methodOf, unwrap, walk } from './ast.ts';
import { comparisonOf } from './comparison.ts';

const assertions = /^(?:assert|invariant|ensure|require|check|verify|validate|expect)/i;

/** A reference as text, the same whatever asserts or guards on the way: `opts?.ttl!` is `opts.ttl`. */
export const referenceText = (node: ts.Expression): string => unwrap(node).getText().replaceAll(/\s/g, '').replaceAll(/\?\.(?=[[(])/g, '').replaceAll('?.', '.').replaceAll(/!(?=[.[)]|$)/g, '');

const choices: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.AmpersandAmpersandEqualsToken, ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.QuestionQuestionEqualsToken,
]);
/** A default is one for its own place, unless the whole statement is the choice: `key ?? fail()`. */
const defaults: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken]);

/** Every condition, and every argument of an assertion, that stands before a node within `scope`: by default all functions around it. */
export function* conditionsBefore(node: ts.Node, scope = outermostFunction(node)): Iterable<ts.Expression> {
  const found: ts.Expression[] = [];
  walk(scope, (at) => {
    if (at.pos > node.end) return false;
    const condition = conditionIn(at);
    for (const one of condition) if (one.pos <= node.pos) found.push(one);
    return undefined;
  });
  yield* found;
}

function conditionIn(node: ts.Node): readonly ts.Expression[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isSwitchStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isForStatement(node)) return node.condition ? [node.condition] : [];
  // What comparisons say may be kept for a condition: `const isGiven = ttl !== undefined`.
  if (ts.isBinaryExpression(node)) return choices.has(node.operatorToken.kind) || (defaults.has(node.operatorToken.kind) && ts.isExpressionStatement(node.parent)) ? [node.left] : comparisonOf(node) ? [node.left, node.right] : [];
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken ? [node.operand] : [];
  if (ts.isTypeOfExpression(node)) return [node.expression];
  // `const count = keys.length`
  if (ts.isVariableDeclaration(node)) return node.initializer && ts.isPropertyAccessExpression(node.initializer) && /^(?:length|size)$/.test(node.initializer.name.text) ? [node.initializer] : [];
  if (!ts.isCallExpression(node)) return [];
  const name = methodOf(node)?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
  const target = methodOf(node)?.target;
  return assertions.test(name) || (target && ts.isIdentifier(target) && assertions.test(target.text)) ? node.arguments : [];
}

/** Whether a reference stands in a condition before this one of it. @param scope where it means the same: the file, for what the module declares */
export function isTestedBefore(node: ts.Expression, scope?: ts.Node): boolean {
  const text = referenceText(node);
  for (const condition of conditionsBefore(node, scope)) if (refersTo(condition, text)) return true;
  return false;
}

/** Whether it is given a value in the functions around, after its declaration. */
export function isAssigned(node: ts.Expression): boolean {
  const text = referenceText(node);
  let found = false;
  walk(outermostFunction(node), (at) => {
    found ||= isAssignment(at) && referenceText(at.left) === text;
    return !found;
  });
  return found;
}

export function refersTo(root: ts.Expression, text: string): boolean {
  const is = (node: ts.Node): boolean => (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && referenceText(node) === text && !isName(node);
  if (is(root)) return true;
  let found = false;
  walk(root, (node) => {
    found ||= is(node);
    return !found;
  });
  return found;
}

/** `ttl` in `options.ttl` is not the variable. */
const isName = (node: ts.Node): boolean => ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;

function outermostFunction(node: ts.Node): ts.Node {
  let outermost: ts.Node = node.getSourceFile();
  for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent) if (isFunctionWithBody(at)) outermost = at;
  return outermost;
}
