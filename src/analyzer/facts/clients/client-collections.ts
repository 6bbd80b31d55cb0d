/** Lists, maps and records that clients are put into, and what their methods give of them. */
import ts from 'typescript';
import { isAssignment, unwrap } from '../code/ast.ts';

/** What a collection is asked that gives no member away. */
export const unrevealing = new Set(['set', 'has', 'delete', 'clear', 'push', 'unshift', 'add', 'keys', 'indexOf', 'includes', 'hasOwnProperty']);
export const single = new Set(['get', 'at', 'pop', 'shift', 'find']);
export const each = new Set(['forEach', 'map', 'some', 'every', 'flatMap', 'filter', 'find']);
export const storing: Readonly<Record<string, number>> = { set: 1, push: 0, unshift: 0, add: 0 };
const collections = new Set(['Map', 'Set', 'WeakMap', 'Array', 'Record']);

/** A list, map or record, by how it begins or by its type as it is written. */
export function isCollection(declaration: ts.Declaration): boolean {
  const assigned = isAssignment(declaration) ? declaration : isAssignment(declaration.parent) ? declaration.parent : undefined;
  const initializer = assigned ? assigned.right : ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration) ? declaration.initializer : undefined;
  const value = initializer && unwrap(initializer);
  if (value) {
    if (ts.isNewExpression(value)) return collections.has(value.expression.getText());
    return ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value) || (ts.isCallExpression(value) && value.expression.getText() === 'Object.create');
  }
  const type = ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration) ? declaration.type : undefined;
  return type !== undefined && (ts.isArrayTypeNode(type) || ts.isTypeLiteralNode(type) || (ts.isTypeReferenceNode(type) && collections.has(type.typeName.getText())));
}
