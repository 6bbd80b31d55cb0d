/** Modules that make clients by their options, and hand them out: `RedisModule.forRoot(…)`. */
import ts from 'typescript';
import { methodOf, some, unwrap, type FunctionWithBody } from '../code/ast.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { constantText, returnedExpression } from '../code/fold.ts';
import { moduleToken, propertyNamed, type Token } from './injection-tokens.ts';
import { factoryIn, type Provider } from './provider.ts';

/** `RedisModule.forRoot({ options: { keyPrefix } }, 'name')`, `RedisModule.forRootAsync({ useFactory: () => ({ config: [{ namespace, … }] }) })` */
export function moduleClients(call: ts.CallExpression, checker: ts.TypeChecker): [token: Token | undefined, provider: Provider][] {
  const [first, second] = call.arguments;
  const owner = methodOf(call)?.target;
  const isCluster = owner?.getText().includes('Cluster') ?? false;
  const literal = first && moduleOptions(first, checker);
  const inner = ['options', 'config', 'redisOptions', 'commonOptions'].flatMap((name) => (literal && propertyNamed(literal, name)) ?? []);
  const list = inner.map(unwrap).find(ts.isArrayLiteralExpression);
  const literals = (values: readonly ts.Expression[]): ts.ObjectLiteralExpression[] => values.flatMap((value) => objectLiteral(value, checker) ?? []);
  if (list) return literals([...list.elements]).map((one) => [tokenNamed(propertyNamed(one, 'namespace'), isCluster, checker), { how: 'module', declaration: one, options: [...literals(inner), one, ...literals(nestedIn(one))] }]);
  const options = literal ? [literal, ...literals(inner)] : [];
  const namespace = options.map((one) => propertyNamed(one, 'namespace')).find((one) => one !== undefined);
  const isNamedBesides = second && second.kind !== ts.SyntaxKind.TrueKeyword && second.kind !== ts.SyntaxKind.FalseKeyword;
  return [[tokenNamed(isNamedBesides ? second : namespace, isCluster, checker), { how: 'module', declaration: call, options }]];
}

const nestedIn = (literal: ts.ObjectLiteralExpression): ts.Expression[] => ['options', 'redisOptions'].flatMap((name) => propertyNamed(literal, name) ?? []);

/** The options that a module is given, or that a factory of it returns. */
export function moduleOptions(given: ts.Expression, checker: ts.TypeChecker): ts.ObjectLiteralExpression | undefined {
  const literal = objectLiteral(given, checker);
  const fn = literal && factoryIn(literal, checker);
  if (!fn) return literal;
  const returned = returnedExpression(fn) ?? lastReturned(fn);
  return returned && objectLiteral(returned, checker);
}

/** Of a function that returns at its end alone. */
function lastReturned({ body }: FunctionWithBody): ts.Expression | undefined {
  const last = ts.isBlock(body) ? body.statements.at(-1) : undefined;
  return last && ts.isReturnStatement(last) && !some(body, (node) => ts.isReturnStatement(node) && node !== last, true) ? last.expression : undefined;
}

function tokenNamed(name: ts.Expression | undefined, isCluster: boolean, checker: ts.TypeChecker): Token | undefined {
  const text = name && constantText(name, checker);
  return name && text === undefined ? undefined : moduleToken(text, isCluster);
}
