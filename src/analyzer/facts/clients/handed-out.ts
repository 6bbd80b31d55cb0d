/** What others may reach: exports, public members, functions that are handed on as values. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { hasModifier, isAssignment, wrapped } from '../code/ast.ts';
import { referencesTo } from '../code/references.ts';

/** Others may reach what is in it: an export, a public member of an exported class, what only a type declares. */
export function isOpen(declaration: ts.Declaration): boolean {
  if (ts.isPropertySignature(declaration)) return true;
  const isPublic = ts.isPropertyDeclaration(declaration) && ts.isIdentifier(declaration.name) && !declaration.name.text.startsWith('_') && ![ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].some((kind) => hasModifier(declaration, kind));
  const exported = ts.findAncestor(declaration, (node) => ts.isStatement(node) && hasModifier(node, ts.SyntaxKind.ExportKeyword));
  if (!exported) return false;
  return ts.isVariableStatement(exported) ? ts.isVariableDeclaration(declaration) && declaration.parent.parent === exported : isPublic;
}

/** `exports`, `module.exports`, `module.exports.cache` */
export const isExports = (node: ts.Expression): boolean => /^(?:module\.)?exports\b/.test(node.getText());

/** `module.exports = { client }`, `export default { client }`: found again by who imports it. */
export function isHandedOut(literal: ts.ObjectLiteralExpression): boolean {
  const { parent } = wrapped(literal);
  return ts.isExportAssignment(parent) || (isAssignment(parent) && /^(?:module\.)?exports$/.test(parent.left.getText()));
}

/** `return { getInstance: getClient }`: whoever takes the function gets the client, and may listen. */
export function isGivenAway(fn: ts.Node, { checker }: Workspace): boolean {
  const named = ts.isFunctionDeclaration(fn) ? fn.name : ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name) ? fn.parent.name : undefined;
  const isValue = ({ parent }: ts.Node): boolean => ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isReturnStatement(parent);
  return named !== undefined && referencesTo(named, checker, isValue).length > 0;
}
