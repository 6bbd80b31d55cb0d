/** The property of a class that a client is kept in, and the parameter of its constructor that it comes from. */
import ts from 'typescript';
import { contains, enclosingClass, hasModifier, isAssignment, unwrap } from '../code/ast.ts';
import { nodesOf } from '../calls/nodes.ts';

/** The parameter itself, or that of the constructor that sets a property from it. */
export function parameterBehind(declaration: ts.Declaration): ts.ParameterDeclaration | undefined {
  if (ts.isParameter(declaration)) return ts.isIdentifier(declaration.name) && !declaration.dotDotDotToken ? declaration : undefined;
  const property = propertyOf(declaration);
  const constructor = property?.owner.members.find(ts.isConstructorDeclaration);
  if (!property || !constructor?.body) return undefined;
  for (const node of nodesOf(constructor.getSourceFile())) {
    if (!isAssignment(node) || !contains(constructor, node) || thisProperty(node.left) !== property.name) continue;
    const value = unwrap(node.right);
    return ts.isIdentifier(value) ? constructor.parameters.find((one) => ts.isIdentifier(one.name) && one.name.text === value.text) : undefined;
  }
  return undefined;
}

/** The class and the name of a property that a class's instances have, declared, or in JavaScript by `this.redis = redis`. */
export function propertyOf(declaration: ts.Declaration): { owner: ts.ClassLikeDeclaration; name: string } | undefined {
  if (ts.isParameter(declaration) && ts.isConstructorDeclaration(declaration.parent) && ts.isIdentifier(declaration.name)) {
    return ts.isParameterPropertyDeclaration(declaration, declaration.parent) ? { owner: declaration.parent.parent, name: declaration.name.text } : undefined;
  }
  if (ts.isPropertyDeclaration(declaration)) {
    const { name, parent } = declaration;
    return hasModifier(declaration, ts.SyntaxKind.StaticKeyword) || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? undefined : { owner: parent, name: name.text };
  }
  const assigned = isAssignment(declaration) ? declaration.left : (declaration as ts.Node as ts.Expression);
  const name = thisProperty(assigned);
  const owner = name === undefined ? undefined : enclosingClass(assigned);
  return owner && name !== undefined ? { owner, name } : undefined;
}

/** `redis` in `this.redis`. */
function thisProperty(node: ts.Expression): string | undefined {
  const target = ts.isPropertyAccessExpression(node) ? node : unwrap(node);
  return ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword ? target.name.text : undefined;
}
