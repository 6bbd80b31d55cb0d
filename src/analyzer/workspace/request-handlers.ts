/** The functions that run once per request, event or job, told by how frameworks are given them. Syntax first, names second. */
import ts from 'typescript';
import { enclosingClass, hasModifier, isFunctionWithBody, methodOf, unwrap, type FunctionWithBody } from '../facts/code/ast.ts';
import { nodesIn } from '../facts/calls/nodes.ts';
import type { Region } from '../facts/calls/regions.ts';
import { functionOf } from './callers.ts';

/** What runs it, for messages: `a request handler`, `a job`, … */
export type Handlers = ReadonlyMap<FunctionWithBody | ts.ClassLikeDeclaration, string>;

const request = 'a request handler';
const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'options', 'head', 'route', 'use', 'param']);
/** tRPC's kinds of procedure. */
const procedures = new Set(['query', 'mutation', 'subscription']);
const mayRegister = new Set([...verbs, ...procedures, 'addHook', 'on', 'once', 'process', 'createServer', 'ext', 'addEventListener']);
/** Functions that make a handler of one: of h3 and Nuxt, of the wrappers for Lambda. */
const wrappers = new Set(['createServer', 'defineEventHandler', 'eventHandler', 'middy']);
/** Objects of resolvers, by GraphQL's names of the root types. */
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);
/** What Cloudflare runs of a module's default export. */
const workerEvents = new Map([['fetch', request], ['scheduled', 'a scheduled run'], ['queue', 'a job'], ['email', 'an e-mail']]);
/** Fastify's hooks that run per request; the others run once. */
const requestHooks = new Set(['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend', 'onResponse', 'onError', 'onTimeout', 'onRequestAbort']);
const connectionEvents = new Set(['connection', 'connect', 'request', 'upgrade']);
const routeDecorators = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All', 'Sse', 'MessagePattern', 'EventPattern', 'GrpcMethod', 'SubscribeMessage', 'Query', 'Mutation', 'ResolveField', 'Process', 'OnEvent']);
const routeFile = /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$/;
const apiFile = /(?:^|\/)pages\/api\/.+\.[cm]?[jt]sx?$/;
const serverFile = /(?:^|\/)\+(?:page|layout)?\.?server\.[cm]?[jt]s$/;
const pageFile = /(?:^|\/)app\/(?:.*\/)?(?:page|layout)\.[cm]?[jt]sx?$/;
const pagesFile = /(?:^|\/)pages\/.+\.[cm]?[jt]sx?$/;
const remixRoute = /(?:^|\/)app\/(?:routes\/.+|root)\.[cm]?[jt]sx?$/;
const middlewareFile = /(?:^|\/)middleware\.[cm]?[jt]s$/;
const routeExports = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** @param commands the region's calls of Redis clients: `client.get('user:1', (err, value) => …)` is no route, a client's `connect` event no visitor */
export function requestHandlers(region: Region, checker: ts.TypeChecker, commands: ReadonlySet<ts.Node>): Handlers {
  const handlers = new Map<FunctionWithBody | ts.ClassLikeDeclaration, string>();
  const add = (expression: ts.Expression | undefined, what: string): void => {
    const fn = expression && functionOf(expression, checker);
    if (fn && !handlers.has(fn)) handlers.set(fn, what);
  };
  const { fileName } = region.getSourceFile();
  for (const node of nodesIn(region)) {
    if (ts.isCallExpression(node)) {
      if (!commands.has(node)) fromCall(node, add);
    } else if (ts.isNewExpression(node)) fromWorker(node, add);
    else if (ts.isClassLike(node)) fromClass(node, handlers);
    else if (isFunctionWithBody(node)) {
      const what = fromSignature(node) ?? fromExport(node, fileName) ?? fromObject(node) ?? fromDirective(node);
      if (what && !handlers.has(node)) handlers.set(node, what);
    }
  }
  return handlers;
}

type Add = (expression: ts.Expression | undefined, what: string) => void;

function fromCall(call: ts.CallExpression, add: Add): void {
  const method = methodOf(call);
  const [first, ...rest] = call.arguments;
  if (!method) {
    if (!ts.isIdentifier(call.expression)) return;
    if (wrappers.has(call.expression.text)) for (const argument of call.arguments) add(argument, request);
    else if (call.expression.text === 'addEventListener') fromEventListener(call, add);
    return;
  }
  if (!first || !mayRegister.has(method.name)) return;
  const name = method.name;
  const text = ts.isStringLiteralLike(first) ? first.text : undefined;
  if (verbs.has(name)) {
    const isPath = text === undefined ? ts.isTemplateExpression(first) || ts.isRegularExpressionLiteral(first) || ts.isArrayLiteralExpression(first) || ts.isIdentifier(first) : /^(?:[/*:]|$)/.test(text);
    if (isPath && rest.length > 0) for (const argument of rest) addRoute(argument, add);
    else if (name === 'use') for (const argument of call.arguments) addMiddleware(argument, add);
    else if (name === 'route') addRoute(first, add);
    else if (/^(?:get|post|put|patch|delete|all)$/.test(name) && isRouteChain(method.target)) for (const argument of call.arguments) add(argument, request);
  } else if (name === 'addHook') {
    if (text !== undefined && requestHooks.has(text)) add(rest[0], request);
  } else if (name === 'on' || name === 'once') {
    if (text !== undefined && connectionEvents.has(text)) add(rest[0], 'a connection handler');
    else if (text !== undefined && /^(?:socket|ws|client|conn|connection)$/i.test(nameOf(method.target))) add(rest[0], 'a socket event handler');
  } else if (procedures.has(name)) {
    if (/procedure/i.test(rootName(method.target))) add(first, request);
  } else if (name === 'ext') {
    // Hapi's points on the way of a request.
    if (text !== undefined && /^on(?:Request|PreAuth|Credentials|PostAuth|PreHandler|PostHandler|PreResponse)$/.test(text)) add(rest[0], request);
  } else if (name === 'addEventListener') fromEventListener(call, add);
  else if (name === 'process' && /queue/i.test(nameOf(method.target))) add(call.arguments.at(-1), 'a job');
  else if (name === 'createServer') for (const argument of call.arguments) add(argument, request);
}

/** A route's handler, an array of them, or an object that holds one. */
function addRoute(argument: ts.Expression, add: Add): void {
  const inner = unwrap(argument);
  if (ts.isArrayLiteralExpression(inner)) for (const element of inner.elements) addRoute(element, add);
  else if (ts.isObjectLiteralExpression(inner)) {
    for (const property of inner.properties) {
      const name = property.name && ts.isIdentifier(property.name) ? property.name.text : undefined;
      // Hapi: `options: { handler }`.
      if ((name === 'options' || name === 'config') && ts.isPropertyAssignment(property)) {
        if (ts.isObjectLiteralExpression(unwrap(property.initializer))) addRoute(property.initializer, add);
        continue;
      }
      if (name === undefined || !(name === 'handler' || requestHooks.has(name))) continue;
      if (ts.isPropertyAssignment(property)) add(property.initializer, request);
      else if (ts.isShorthandPropertyAssignment(property)) add(property.name, request);
      else if (ts.isMethodDeclaration(property)) add(property as unknown as ts.Expression, request);
    }
  } else add(argument, request);
}

/** `app.use(fn)`: a middleware takes at least the request and what comes after; a plugin does not. */
function addMiddleware(argument: ts.Expression, add: Add): void {
  const inner = unwrap(argument);
  if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) {
    if (inner.parameters.length >= 2) add(argument, request);
  } else if (ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner)) add(argument, request);
}

function isRouteChain(target: ts.Expression): boolean {
  const inner = unwrap(target);
  return ts.isCallExpression(inner) && (methodOf(inner)?.name === 'route' || isRouteChain(methodOf(inner)?.target ?? inner.expression));
}

/** `addEventListener('fetch', (event) => event.respondWith(…))`. */
function fromEventListener({ arguments: [event, listener] }: ts.CallExpression, add: Add): void {
  if (event && ts.isStringLiteralLike(event) && event.text === 'fetch') add(listener, request);
}

/** `publicProcedure` in `publicProcedure.input(schema).query`. */
function rootName(target: ts.Expression): string {
  let node = unwrap(target);
  for (;;) {
    if (ts.isCallExpression(node)) node = unwrap(node.expression);
    else if (ts.isPropertyAccessExpression(node)) {
      if (/procedure/i.test(node.name.text)) return node.name.text;
      node = unwrap(node.expression);
    } else return ts.isIdentifier(node) ? node.text : '';
  }
}

/** BullMQ: `new Worker('queue', processor)`. */
function fromWorker(node: ts.NewExpression, add: Add): void {
  const callee = unwrap(node.expression);
  if ((ts.isIdentifier(callee) ? callee.text : '') === 'Worker') add(node.arguments?.[1], 'a job');
}

function fromClass(node: ts.ClassLikeDeclaration, handlers: Map<FunctionWithBody | ts.ClassLikeDeclaration, string>): void {
  for (const decorator of decoratorsOf(node)) {
    if (decorator.name === 'Injectable' && /Scope\s*\.\s*REQUEST/.test(decorator.text)) handlers.set(node, 'a request-scoped provider');
  }
  for (const member of node.members) {
    if (isFunctionWithBody(member) && decoratorsOf(member).some(({ name }) => routeDecorators.has(name))) handlers.set(member, request);
  }
}

function decoratorsOf(node: ts.Node): { name: string; text: string }[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    return { name: ts.isIdentifier(callee) ? callee.text : '', text: expression.getText() };
  });
}

/** By the types or names of its parameters: `(req, res)`, `(ctx: Context)`, `(request: FastifyRequest, …)`, a Lambda's event. */
function fromSignature(fn: FunctionWithBody): string | undefined {
  const [first, second] = fn.parameters;
  if (!first) return undefined;
  const type = first.type?.getText() ?? '';
  const secondType = second?.type?.getText() ?? '';
  if (/^(?:NextApiRequest|FastifyRequest|IncomingMessage|http\.IncomingMessage)\b/.test(type) && second) return request;
  if (/^(?:express\.)?Request\b/.test(type) && /^(?:express\.)?Response\b/.test(secondType)) return request;
  if (/(?:Proxy|Gateway|SQS|SNS|S3|Scheduled|DynamoDBStream|Kinesis\w*|EventBridge)\w*Event(?:V2)?\b/.test(type) && isExported(fn)) return 'a function invocation';
  const name = parameterName(first);
  const next = second && parameterName(second);
  if (/^_?(?:req|request)$/.test(name) && next !== undefined && /^_?(?:res|response|reply)$/.test(next)) return request;
  return name === 'ctx' && next === 'next' ? request : undefined;
}

const parameterName = (parameter: ts.ParameterDeclaration): string => (ts.isIdentifier(parameter.name) ? parameter.name.text : '');

/** By where a file stands and what it exports: Next.js routes, a Lambda's `handler`. */
function fromExport(fn: FunctionWithBody, fileName: string): string | undefined {
  if (!isExported(fn)) return undefined;
  const name = exportedName(fn);
  if (routeFile.test(fileName) && name !== undefined && routeExports.has(name)) return request;
  if (apiFile.test(fileName) && isDefault(fn)) return request;
  if (middlewareFile.test(fileName) && name === 'middleware') return request;
  if (pageFile.test(fileName) && isDefault(fn)) return 'a page';
  if (pagesFile.test(fileName) && (name === 'getServerSideProps' || name === 'getInitialProps')) return 'a page';
  if (serverFile.test(fileName) && name !== undefined && (routeExports.has(name) || name === 'load')) return request;
  if (remixRoute.test(fileName) && (name === 'loader' || name === 'action')) return request;
  if (name === 'handler' && fn.parameters.some((parameter) => /^_?event$/.test(parameterName(parameter)))) return 'a function invocation';
  return undefined;
}

/** By the object that it is a property of: a resolver, an event of a Cloudflare worker. */
function fromObject(fn: FunctionWithBody): string | undefined {
  const property = ts.isMethodDeclaration(fn) ? fn : ts.isPropertyAssignment(fn.parent) ? fn.parent : undefined;
  const object = property?.parent;
  if (!property || !object || !ts.isObjectLiteralExpression(object)) return undefined;
  const outer = object.parent;
  if (ts.isExportAssignment(wrappedParent(object))) return ts.isIdentifier(property.name) ? workerEvents.get(property.name.text) : undefined;
  if (ts.isPropertyAssignment(outer) && ts.isIdentifier(outer.name) && ts.isObjectLiteralExpression(outer.parent)) {
    // Types beside the root types have resolvers too.
    const isOfRoots = outer.parent.properties.some(({ name }) => name !== undefined && ts.isIdentifier(name) && rootTypes.has(name.text));
    return isOfRoots && /^[A-Z]/.test(outer.name.text) ? 'a resolver' : undefined;
  }
  // `export const Query = { … }`.
  return ts.isVariableDeclaration(outer) && ts.isIdentifier(outer.name) && rootTypes.has(outer.name.text) ? 'a resolver' : undefined;
}

/** Behind `satisfies` and `as`. */
function wrappedParent(node: ts.Expression): ts.Node {
  let { parent }: ts.Node = node;
  while (ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent) || ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return parent;
}

/** A server action: `'use server'` at the head of the function, or of the file that exports it. */
function fromDirective(fn: FunctionWithBody): string | undefined {
  if (fn.body && ts.isBlock(fn.body) && startsWithUseServer(fn.body.statements)) return 'a server action';
  return isExported(fn) && startsWithUseServer(fn.getSourceFile().statements) ? 'a server action' : undefined;
}

function startsWithUseServer([first]: readonly ts.Statement[]): boolean {
  return first !== undefined && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression) && first.expression.text === 'use server';
}

function exportedName(fn: FunctionWithBody): string | undefined {
  if (ts.isFunctionDeclaration(fn)) return fn.name?.text;
  if (ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name)) return fn.parent.name.text;
  const assigned = ts.isBinaryExpression(fn.parent) ? fn.parent.left : undefined;
  return assigned && ts.isPropertyAccessExpression(assigned) ? assigned.name.text : undefined;
}

function isExported(fn: FunctionWithBody): boolean {
  if (enclosingClass(fn)) return false;
  if (ts.isFunctionDeclaration(fn)) return hasModifier(fn, ts.SyntaxKind.ExportKeyword);
  const parent = fn.parent;
  if (ts.isExportAssignment(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return hasModifier(parent.parent.parent, ts.SyntaxKind.ExportKeyword);
  return ts.isBinaryExpression(parent) && /^(?:module\.)?exports\b/.test(parent.left.getText());
}

const isDefault = (fn: FunctionWithBody): boolean => ts.isExportAssignment(fn.parent) || hasModifier(fn, ts.SyntaxKind.DefaultKeyword) || (ts.isBinaryExpression(fn.parent) && fn.parent.left.getText() === 'module.exports');

function nameOf(target: ts.Expression): string {
  const inner = unwrap(target);
  return ts.isIdentifier(inner) ? inner.text : ts.isPropertyAccessExpression(inner) ? inner.name.text : '';
}
