/** The shape of a value where it stands: by its type, and by its parts where the type alone does not say. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap } from '../code/ast.ts';
import { isConst } from '../code/fold.ts';
import { jsonShape, shapeOfMembers, type JsonShape, type Member } from './json-shape.ts';
import { requestType } from './json-request.ts';

export function shapeOfValue(value: ts.Expression, workspace: Workspace): JsonShape | undefined {
  const { checker } = workspace;
  const literal = literalOf(value, checker);
  return jsonShape(checker.getTypeAtLocation(value), checker, value) ?? (literal && shapeOfLiteral(literal, checker));
}

function literalOf(value: ts.Expression, checker: ts.TypeChecker): ts.ObjectLiteralExpression | undefined {
  const node = unwrap(value);
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  const literal = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : node;
  return ts.isObjectLiteralExpression(literal) ? literal : undefined;
}

/** Where some fields come from a request whose type only its registration says. */
function shapeOfLiteral(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker): JsonShape | undefined {
  const members: Member[] = [];
  for (const property of literal.properties) {
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!value || !property.name || ts.isComputedPropertyName(property.name)) return undefined;
    const type = checker.getTypeAtLocation(value);
    const known = type.flags & ts.TypeFlags.Any ? requestType(value, checker) : type;
    if (!known) return undefined;
    members.push({ name: property.name.text, type: known, optional: false });
  }
  return shapeOfMembers(members, false);
}
