/** One provider as a container of dependencies is told of it: `{ provide, useFactory }` and its kin. */
import ts from 'typescript';
import { functionOf } from '../../workspace/callers.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, unwrap, type FunctionWithBody } from '../code/ast.ts';
import { resolveAlias } from '../code/fold.ts';
import { propertyNamed } from './injection-tokens.ts';

export type Provider =
  | { how: 'factory'; declaration: ts.ObjectLiteralExpression; fn: FunctionWithBody }
  /** A value; of `useExisting` the token of another provider. */
  | { how: 'value' | 'existing'; declaration: ts.ObjectLiteralExpression; value: ts.Expression }
  | { how: 'class'; declaration: ts.Declaration; class: ts.ClassLikeDeclaration }
  /** The options of which a module makes a client. */
  | { how: 'module'; declaration: ts.Declaration; options: readonly ts.ObjectLiteralExpression[] }
  /** A new one for each who asks, or one of which nothing is known. */
  | { how: 'other'; declaration: ts.Declaration };

/** @param literal of `provide` and what goes with it */
export function providerOf(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker): Provider {
  const value = (name: string): ts.Expression | undefined => propertyNamed(literal, name);
  const fn = factoryIn(literal, checker);
  const [given, existing, made] = [value('useValue'), value('useExisting'), value('useClass')];
  const scope = value('scope');
  if (scope && !scope.getText().endsWith('DEFAULT')) return { how: 'other', declaration: literal };
  if (fn) return { how: 'factory', declaration: literal, fn };
  if (given) return { how: 'value', declaration: literal, value: given };
  if (existing) return { how: 'existing', declaration: literal, value: existing };
  const named = made && ts.isIdentifier(unwrap(made)) ? resolveAlias(checker.getSymbolAtLocation(unwrap(made)), checker)?.valueDeclaration : undefined;
  return named && ts.isClassLike(named) && isShared(named) ? { how: 'class', declaration: literal, class: named } : { how: 'other', declaration: literal };
}

/** What `useFactory` is. */
export function factoryIn(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker): FunctionWithBody | undefined {
  const method = literal.properties.find((property) => ts.isMethodDeclaration(property) && property.name.getText() === 'useFactory');
  if (method && isFunctionWithBody(method)) return method;
  const value = propertyNamed(literal, 'useFactory');
  return value && functionOf(value, checker);
}

/** `@Injectable({ scope: Scope.REQUEST })` is made anew for each request. */
export function isShared(declared: ts.ClassLikeDeclaration): boolean {
  return (ts.getDecorators(declared as ts.ClassDeclaration) ?? []).every(({ expression }) => {
    const [options] = ts.isCallExpression(expression) ? expression.arguments : [];
    const scope = options && ts.isObjectLiteralExpression(options) ? propertyNamed(options, 'scope') : undefined;
    return !scope || scope.getText().endsWith('DEFAULT');
  });
}

/** The function that makes what a declaration tells a container of. */
export function factoryOf(declaration: ts.Declaration, { checker }: Workspace): FunctionWithBody | undefined {
  return ts.isObjectLiteralExpression(declaration) ? factoryIn(declaration, checker) : undefined;
}
