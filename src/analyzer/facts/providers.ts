/**
 * What a container of dependencies is told to hand out: `{ provide, useFactory }` and its kin, classes in lists of providers, and modules
 * that make clients by their options. One token that is provided twice is not one thing.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { isTest } from '../test-files.ts';
import { functionOf } from '../workspace/callers.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, some, unwrap, walk, wrapped, type FunctionWithBody } from './ast.ts';
import { objectLiteral } from './call-arguments.ts';
import { clientModules } from './client-modules.ts';
import { constantText, resolveAlias, returnedExpression, symbolOfValue } from './fold.ts';
import { isImportedFrom } from './imported-from.ts';
import { injectedToken, moduleToken, propertyNamed, tokenOf, type Token } from './injection-tokens.ts';
import { unitOf } from './units.ts';

export type Provider =
  | { how: 'factory'; declaration: ts.ObjectLiteralExpression; fn: FunctionWithBody }
  /** A value; of `useExisting` the token of another provider. */
  | { how: 'value' | 'existing'; declaration: ts.ObjectLiteralExpression; value: ts.Expression }
  | { how: 'class'; declaration: ts.Declaration; class: ts.ClassLikeDeclaration }
  /** The options of which a module makes a client. */
  | { how: 'module'; declaration: ts.Declaration; options: readonly ts.ObjectLiteralExpression[] }
  /** A new one for each who asks, or one of which nothing is known. */
  | { how: 'other'; declaration: ts.Declaration };

/** What files are told apart by before they are parsed. */
const words = ['provide', 'providers', 'forRoot', 'forRootAsync'];
const asks = ['Inject', 'InjectRedis', 'InjectCluster', 'inject'];

/** One provider, and what it is asked for by. */
export interface Provision {
  token: Token;
  provider: Provider;
  /** Whether a list of providers is seen that has it. */
  isListed: boolean;
}

interface Providers {
  all: readonly Provision[];
  byToken: ReadonlyMap<string, readonly Provider[]>;
  /** Of lists of providers. */
  listed: ReadonlyMap<string, readonly ts.Identifier[]>;
}

const providers = {};
const injections = {};

const table = (workspace: Workspace): Providers => workspace.once(providers, '', () => allProviders(workspace));

/** All that the workspace provides under a token, tests apart; one that several lists name stands as often. */
export function providersOf(token: Token, workspace: Workspace): readonly Provider[] {
  const { checker } = workspace;
  const { byToken, listed } = table(workspace);
  const given = byToken.get(token.key) ?? [];
  const declared = token.class;
  if (!declared) return given;
  // A list may name a class by itself.
  const named = (listed.get(declared.name?.text ?? '') ?? []).filter((name) => resolveAlias(symbolOfValue(name, checker), checker)?.valueDeclaration === declared);
  return [...given, ...named.map((): Provider => (isShared(declared) ? { how: 'class', declaration: declared, class: declared } : { how: 'other', declaration: declared }))];
}

/** The function that makes what a declaration tells a container of. */
export function factoryOf(declaration: ts.Declaration, { checker }: Workspace): FunctionWithBody | undefined {
  return ts.isObjectLiteralExpression(declaration) ? factoryIn(declaration, checker) : undefined;
}

/** What a function, or an object literal, gives a container. */
export function provisionsBy(node: FunctionWithBody | ts.ObjectLiteralExpression, workspace: Workspace): readonly Provision[] {
  return table(workspace).all.filter(({ provider }) => provider.declaration === node || (provider.how === 'factory' && provider.fn === node));
}

/** The parameters and properties that a token is injected into, tests apart. */
export function injectionsOf(token: Token, workspace: Workspace): readonly (ts.ParameterDeclaration | ts.PropertyDeclaration)[] {
  const { checker } = workspace;
  const all = workspace.once(injections, '', () => filesWith(asks, workspace).flatMap((file) => injectionsIn(file)));
  return all.filter((declaration) => injectedToken(declaration, checker)?.key === token.key);
}

function filesWith(wanted: readonly string[], workspace: Workspace): ts.SourceFile[] {
  return workspace.filesMentioning(wanted).flatMap((file) => {
    const { sourceFile } = workspace.factsOf(file) ?? {};
    if (!sourceFile || isTest(posix.relative(workspace.root, file), sourceFile.text)) return [];
    // An edit anywhere in it may add one.
    workspace.callsIn(sourceFile);
    return [sourceFile];
  });
}

interface Written {
  literals: readonly ts.ObjectLiteralExpression[];
  /** Of modules that make clients. */
  modules: readonly ts.CallExpression[];
  lists: readonly ts.Identifier[];
}

const written = new WeakMap<ts.SourceFile, Written>();

/** Syntax alone. */
function writtenIn(file: ts.SourceFile): Written {
  let known = written.get(file);
  if (!known) {
    const literals: ts.ObjectLiteralExpression[] = [];
    const modules: ts.CallExpression[] = [];
    const lists: ts.Identifier[] = [];
    walk(file, (node) => {
      if (ts.isObjectLiteralExpression(node)) {
        const list = propertyNamed(node, 'providers');
        if (list) lists.push(...namesIn(list));
        if (propertyNamed(node, 'provide')) literals.push(node);
      } else if (ts.isCallExpression(node)) {
        const method = methodOf(node);
        const owner = method && unwrap(method.target);
        if (owner && ts.isIdentifier(owner) && /^forRoot(?:Async)?$/.test(method.name) && isImportedFrom(owner, clientModules)) modules.push(node);
      }
      return undefined;
    });
    written.set(file, (known = { literals, modules, lists }));
  }
  return known;
}

/** Of a list of providers, or of what it is made of. */
function namesIn(list: ts.Expression): ts.Identifier[] {
  const node = unwrap(list);
  if (ts.isIdentifier(node)) return [node];
  if (!ts.isArrayLiteralExpression(node)) return [];
  return node.elements.flatMap((element) => namesIn(ts.isSpreadElement(element) ? element.expression : element));
}

function allProviders(workspace: Workspace): Providers {
  const { checker } = workspace;
  const all: Provision[] = [];
  const byToken = new Map<string, Provider[]>();
  const listed = new Map<string, ts.Identifier[]>();
  const put = (token: Token | undefined, provider: Provider, times: number): void => {
    if (!token) return;
    all.push({ token, provider, isListed: times > 0 });
    const list = byToken.get(token.key) ?? [];
    byToken.set(token.key, list);
    for (let time = 0; time < Math.max(1, times); time++) list.push(provider);
  };
  const files = filesWith(words, workspace).map(writtenIn);
  for (const { lists } of files) for (const name of lists) listed.set(name.text, [...(listed.get(name.text) ?? []), name]);
  for (const { literals, modules } of files) {
    for (const literal of literals) {
      const token = propertyNamed(literal, 'provide');
      put(token && tokenOf(token, checker), providerOf(literal, checker), timesGiven(literal, listed, workspace));
    }
    for (const call of modules) for (const [token, provider] of moduleClients(call, checker)) put(token, provider, 1);
  }
  return { all, byToken, listed };
}

function providerOf(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker): Provider {
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
function factoryIn(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker): FunctionWithBody | undefined {
  const method = literal.properties.find((property) => ts.isMethodDeclaration(property) && property.name.getText() === 'useFactory');
  if (method && isFunctionWithBody(method)) return method;
  const value = propertyNamed(literal, 'useFactory');
  return value && functionOf(value, checker);
}

/** `@Injectable({ scope: Scope.REQUEST })` is made anew for each request. */
function isShared(declared: ts.ClassLikeDeclaration): boolean {
  return (ts.getDecorators(declared as ts.ClassDeclaration) ?? []).every(({ expression }) => {
    const [options] = ts.isCallExpression(expression) ? expression.arguments : [];
    const scope = options && ts.isObjectLiteralExpression(options) ? propertyNamed(options, 'scope') : undefined;
    return !scope || scope.getText().endsWith('DEFAULT');
  });
}

/** How many modules are seen to provide what is written once: those whose lists name it, and each call of a function that makes such a module. */
function timesGiven(literal: ts.ObjectLiteralExpression, listed: Providers['listed'], workspace: Workspace): number {
  const { checker } = workspace;
  const unit = unitOf(literal);
  let outer = wrapped(literal);
  while (ts.isArrayLiteralExpression(outer.parent)) outer = wrapped(outer.parent);
  const holder = outer.parent;
  const names = ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? (listed.get(holder.name.text) ?? []) : [];
  const isInList = ts.isPropertyAssignment(holder) && holder.name.getText() === 'providers';
  const lists = names.filter((name) => resolveAlias(symbolOfValue(name, checker), checker)?.valueDeclaration === holder).length;
  return Math.max(isInList ? 1 : lists, unit && isFunctionWithBody(unit) ? workspace.callers(unit).length : 0);
}

/** `RedisModule.forRoot({ options: { keyPrefix } }, 'name')`, `RedisModule.forRootAsync({ useFactory: () => ({ config: [{ namespace, … }] }) })` */
function moduleClients(call: ts.CallExpression, checker: ts.TypeChecker): [token: Token | undefined, provider: Provider][] {
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

const injected = new WeakMap<ts.SourceFile, readonly (ts.ParameterDeclaration | ts.PropertyDeclaration)[]>();

/** What a container may fill in. Syntax alone. */
function injectionsIn(file: ts.SourceFile): readonly (ts.ParameterDeclaration | ts.PropertyDeclaration)[] {
  let known = injected.get(file);
  if (!known) {
    const found: (ts.ParameterDeclaration | ts.PropertyDeclaration)[] = [];
    walk(file, (node) => {
      if (ts.isParameter(node) || ts.isPropertyDeclaration(node)) found.push(node);
      return undefined;
    });
    injected.set(file, (known = found));
  }
  return known;
}
