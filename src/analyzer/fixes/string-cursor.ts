/** A cursor that was made a number stays the string that it is: where it begins, where it is set, where it is compared. */
import ts from 'typescript';
import { isAssignment, methodOf, unwrap, wrapped } from '../facts/code/ast.ts';
import { referencesTo } from '../facts/code/references.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { replaceNode } from './text/edits.ts';
import { quote } from './text/quote.ts';
import { styleOf, type Style } from './text/style.ts';

/** @param conversion `Number(next)`; [] where it is set to a variable of which not every use is understood */
export function planStringCursor(conversion: ts.Expression, checker: ts.TypeChecker): FixPlan[] {
  const assignment = wrapped(conversion).parent;
  if (!isAssignment(assignment) || assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const target = unwrap(assignment.left);
  const declaration = ts.isIdentifier(target) ? checker.getSymbolAtLocation(target)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return [];
  const style = styleOf(conversion.getSourceFile());
  const zero = quote('0', style);
  const edits: TextEdit[] = [];
  if (declaration.type) {
    if (declaration.type.getText() !== 'number') return [];
    edits.push(replaceNode(declaration.type, 'string'));
  }
  if (!declaration.initializer || !isZero(declaration.initializer)) return [];
  if (ts.isNumericLiteral(unwrap(declaration.initializer))) edits.push(replaceNode(declaration.initializer, zero));
  for (const use of referencesTo(declaration.name, checker)) {
    const edit = editOf(use, zero, style);
    if (!edit) return [];
    edits.push(...edit);
  }
  return [{ id: 'string-cursor', title: 'Keep the cursor as a string', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
}

/** Undefined where the use is of a kind that is not known to be right with a string. */
function editOf(use: ts.Identifier, zero: string, style: Style): TextEdit[] | undefined {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isAssignment(parent)) {
    if (parent.left !== outer || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    const value = unwrap(parent.right);
    if (isZero(value)) return ts.isNumericLiteral(value) ? [replaceNode(value, zero)] : [];
    const inner = convertedOf(value);
    return inner ? [replaceNode(parent.right, inner.getText())] : undefined;
  }
  if (ts.isBinaryExpression(parent)) {
    const other = unwrap(parent.left === outer ? parent.right : parent.left);
    const operator = parent.operatorToken;
    if (!isZero(other)) return undefined;
    if (/^[!=]==?$/.test(operator.getText())) return ts.isNumericLiteral(other) ? [replaceNode(other, zero)] : [];
    return operator.kind === ts.SyntaxKind.GreaterThanToken && parent.left === outer ? [replaceNode(operator, '!=='), replaceNode(other, zero)] : undefined;
  }
  if (ts.isWhileStatement(parent) || ts.isDoStatement(parent) || ts.isIfStatement(parent)) return [replaceNode(outer, `${use.text} !== ${quote('0', style)}`)];
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'toString' && ts.isCallExpression(parent.parent)) return [replaceNode(parent.parent, use.text)];
  if (!ts.isCallExpression(parent) || parent.expression === outer) return undefined;
  if (parent.expression.getText() === 'String') return [replaceNode(parent, use.text)];
  return /scan/i.test(methodOf(parent)?.name ?? '') ? [] : undefined;
}

/** What `Number(x)`, `parseInt(x, 10)`, `+x` convert. */
function convertedOf(value: ts.Expression): ts.Expression | undefined {
  if (ts.isPrefixUnaryExpression(value)) return value.operator === ts.SyntaxKind.PlusToken ? value.operand : undefined;
  if (!ts.isCallExpression(value)) return undefined;
  return /^(?:Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat)$/.test(value.expression.getText()) ? value.arguments[0] : undefined;
}

function isZero(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return (ts.isNumericLiteral(node) || ts.isStringLiteralLike(node)) && node.text === '0';
}
