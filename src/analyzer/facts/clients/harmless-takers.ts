/** What takes a client and does not listen to it: the console, some packages, the client's own methods. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap, wrapped } from '../code/ast.ts';
import { isConst } from '../code/fold.ts';
import { isImportedFrom } from '../code/imported-from.ts';

/** Take a client and leave its errors alone. */
const harmlessPackages = ['connect-redis', 'rate-limit-redis', 'rate-limiter-flexible', 'redlock', '@sesamecare-oss/redlock', 'util', 'node:util', 'bluebird', 'pify'];
const harmlessOwners = new Set(['console', 'assert', 'expect', 'Boolean', 'promisify']);

/** `console.log(client)`, `promisify(client.get)`, `new RedisStore({ … })` of a package that is known. */
export function isHarmless(callee: ts.Expression): boolean {
  let root = callee;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  return ts.isIdentifier(root) && (harmlessOwners.has(root.text) || isImportedFrom(root, harmlessPackages));
}

/** `new RedisStore({ client })`, `new Redlock([client])` */
export function isOfHarmless(literal: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, workspace: Workspace): boolean {
  const { parent } = wrapped(literal);
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && isHarmless(unwrap(parent.expression)) && !workspace.called(parent);
}

/** `client.get`, `client[name]`, `promisify(client.get)`, or a constant that is one of them: what is called on the client is one of its own methods. */
export function isMethodOf(target: ts.Expression, client: ts.Expression, checker: ts.TypeChecker): boolean {
  const node = unwrap(target);
  if (ts.isIdentifier(node)) {
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    const method = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) ? declaration.initializer && unwrap(declaration.initializer) : undefined;
    return method !== undefined && !ts.isIdentifier(method) && isMethodOf(method, client, checker);
  }
  if (ts.isCallExpression(node)) return node.arguments.length > 0 && node.arguments.slice(0, 1).every((one) => isMethodOf(one, client, checker));
  return (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && unwrap(node.expression).getText() === unwrap(client).getText();
}
