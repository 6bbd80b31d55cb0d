/**
 * What a route's registration says of its request, where the framework's own declarations are not read:
 * `app.put<{ Body: User }>(path, async (request) => …)`, `(request: FastifyRequest<{ Body: User }>)`, `(req: Request<P, R, User>)`.
 */
import ts from 'typescript';
import { isFunctionWithBody, unwrap } from '../code/ast.ts';

const parts: Readonly<Record<string, { fastify: string; express: number }>> = {
  params: { fastify: 'Params', express: 0 },
  body: { fastify: 'Body', express: 2 },
  query: { fastify: 'Querystring', express: 3 },
  headers: { fastify: 'Headers', express: -1 },
};

/** The type of `request.body.name`, or of a variable that such was put or destructured into. */
export function requestType(expression: ts.Expression, checker: ts.TypeChecker): ts.Type | undefined {
  const path = pathOf(expression, checker);
  const [part, ...names] = path?.names ?? [];
  const node = path && part !== undefined ? typeNodeOf(path.parameter, part, checker) : undefined;
  let type = node && checker.getTypeFromTypeNode(node);
  for (const name of names) {
    const property: ts.Symbol | undefined = type && checker.getPropertyOfType(type, name);
    type = property && checker.getTypeOfSymbol(property);
  }
  return type && type.flags & ts.TypeFlags.Any ? undefined : type;
}

interface Path {
  parameter: ts.ParameterDeclaration;
  names: string[];
}

function pathOf(expression: ts.Expression, checker: ts.TypeChecker): Path | undefined {
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) return extended(pathOf(node.expression, checker), node.name.text);
  const symbol = ts.isIdentifier(node) ? (ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node)) : undefined;
  return symbol?.valueDeclaration && pathOfDeclaration(symbol.valueDeclaration, checker);
}

function pathOfDeclaration(declaration: ts.Node, checker: ts.TypeChecker): Path | undefined {
  if (ts.isParameter(declaration)) return { parameter: declaration, names: [] };
  if (ts.isVariableDeclaration(declaration)) return declaration.initializer && pathOf(declaration.initializer, checker);
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent) || declaration.dotDotDotToken) return undefined;
  const name = declaration.propertyName ?? declaration.name;
  return ts.isIdentifier(name) ? extended(pathOfDeclaration(declaration.parent.parent, checker), name.text) : undefined;
}

function extended(path: Path | undefined, name: string): Path | undefined {
  return path && { ...path, names: [...path.names, name] };
}

function typeNodeOf(parameter: ts.ParameterDeclaration, name: string, checker: ts.TypeChecker): ts.TypeNode | undefined {
  const part = parts[name];
  const fn = parameter.parent;
  if (!part || !isFunctionWithBody(fn) || fn.parameters[0] !== parameter) return undefined;
  if (parameter.type) {
    if (!ts.isTypeReferenceNode(parameter.type)) return undefined;
    const [first] = parameter.type.typeArguments ?? [];
    return parameter.type.typeName.getText().endsWith('FastifyRequest') ? first && memberOf(first, part.fastify, checker) : parameter.type.typeArguments?.[part.express];
  }
  const call = fn.parent;
  const [types] = ts.isCallExpression(call) ? (call.typeArguments ?? []) : [];
  return types && memberOf(types, part.fastify, checker);
}

function memberOf(types: ts.TypeNode, name: string, checker: ts.TypeChecker): ts.TypeNode | undefined {
  const declaration = checker.getTypeFromTypeNode(types).getProperty(name)?.valueDeclaration;
  return declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
}
