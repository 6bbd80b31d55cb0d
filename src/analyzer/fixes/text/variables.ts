/** What becomes of a variable after its declaration. */
import ts from 'typescript';
import { referencesOf } from './names.ts';
import { isAssignment } from './operators.ts';

/** Whether a name's variable is assigned to anywhere after its declaration; true also where the declaration is not seen. */
export function isReassigned(name: ts.Identifier, checker: ts.TypeChecker): boolean {
  if (name.text === 'undefined') return false;
  const symbol = checker.getSymbolAtLocation(name);
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (!symbol || !declaration) return true;
  if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration) || ts.isImportSpecifier(declaration) || ts.isImportClause(declaration) || ts.isNamespaceImport(declaration)) return false;
  if (ts.isVariableDeclaration(declaration) && ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) return false;
  if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration) && !ts.isBindingElement(declaration)) return true;
  if (!ts.isIdentifier(declaration.name)) return true;
  return referencesOf(declaration.name, checker).some(isWritten);
}

/** `x = …`, `x++`, `[x] = …`, `for (x of …)`. */
export function isWritten(name: ts.Identifier): boolean {
  let at: ts.Node = name;
  while (ts.isArrayLiteralExpression(at.parent) || ts.isSpreadElement(at.parent) || ts.isParenthesizedExpression(at.parent) || ts.isObjectLiteralExpression(at.parent) || ts.isPropertyAssignment(at.parent) || ts.isShorthandPropertyAssignment(at.parent)) at = at.parent;
  const parent = at.parent;
  if (ts.isBinaryExpression(parent)) return parent.left === at && isAssignment(parent.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  return (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === at;
}
