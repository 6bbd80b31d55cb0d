/** Code of a loop that runs for one of its items: there is nothing to batch. */
import ts from 'typescript';
import { contains, unwrap } from '../code/ast.ts';
import { isConst } from '../code/fold.ts';
import { itemNames } from '../code/loop.ts';
import { conditionsBetween } from '../code/path-conditions.ts';
import type { Loop } from '../calls/redis-call.ts';

/** `for (const status of all) if (status === 'failed') …`, `switch (status) { case 'failed': … }`: the item itself, or its index, not what many items may have. */
export function isForOneItem(node: ts.Node, loop: Loop, checker: ts.TypeChecker): boolean {
  const names = new Set(itemNames(loop).flatMap((name) => boundNames(name)).map((name) => checker.getSymbolAtLocation(name)));
  const isItem = (expression: ts.Expression): boolean => {
    const inner = unwrap(expression);
    return ts.isIdentifier(inner) && names.has(checker.getSymbolAtLocation(inner));
  };
  const isFixed = (expression: ts.Expression): boolean => {
    const inner = unwrap(expression);
    if (ts.isStringLiteralLike(inner) || ts.isNumericLiteral(inner)) return true;
    const declaration = ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) ? checker.getSymbolAtLocation(inner)?.valueDeclaration : undefined;
    return declaration !== undefined && (ts.isEnumMember(declaration) || (ts.isVariableDeclaration(declaration) && isConst(declaration) && !contains(loop.body, declaration)));
  };
  const isOne = conditionsBetween(loop.body, node)?.some(({ test, holds }) => {
    if (!ts.isBinaryExpression(test)) return false;
    const isEqual = /^===?$/.test(test.operatorToken.getText());
    if (!isEqual && !/^!==?$/.test(test.operatorToken.getText())) return false;
    return isEqual === holds && ((isItem(test.left) && isFixed(test.right)) || (isItem(test.right) && isFixed(test.left)));
  });
  return isOne === true || isInCase(node, loop, isItem, isFixed);
}

function isInCase(node: ts.Node, loop: Loop, isItem: (expression: ts.Expression) => boolean, isFixed: (expression: ts.Expression) => boolean): boolean {
  for (let at = node.parent; at && at !== loop.body; at = at.parent) {
    if (!ts.isCaseClause(at) || !isItem(at.parent.parent.expression) || !isFixed(at.expression)) continue;
    const before = at.parent.clauses[at.parent.clauses.indexOf(at) - 1];
    // `case 'a': case 'b':` is for two.
    if (!before || before.statements.length > 0) return true;
  }
  return false;
}

const boundNames = (name: ts.Node): ts.Identifier[] =>
  ts.isIdentifier(name) ? [name] : ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name) ? name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : [])) : [];
