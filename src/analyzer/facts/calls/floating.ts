/** Promises of commands that nobody looks at, so that nobody hears of a failure. Syntax, and one question about a callback. */
import ts from 'typescript';
import { enclosingFunction, isAsync, isFunctionWithBody, methodOf, unwrap, wrapped } from '../code/ast.ts';
import { callbackOf } from '../code/node-callback.ts';
import { givesPromise } from './promised.ts';
import type { RedisCall } from './redis-call.ts';

export type Floating =
  /** A statement of its own; `then`: with a handler for success alone. */
  | { kind: 'statement' | 'then'; end: ts.Expression; combinator?: string }
  /** What a callback gives to one that drops it: `forEach`, `setInterval`. */
  | { kind: 'callback'; end: ts.Expression; taker: string }
  /** `new Promise((resolve) => client.get(key, resolve))`: the error becomes the value. */
  | { kind: 'resolve'; name: ts.Identifier; executor: ts.ArrowFunction | ts.FunctionExpression };

/** Ignore what their callback returns. */
const droppers: ReadonlySet<string> = new Set(['forEach', 'setInterval', 'setTimeout', 'setImmediate', 'queueMicrotask']);

export function floating(call: RedisCall, checker: ts.TypeChecker): Floating | undefined {
  if (call.command.startsWith('@') || call.command === 'QUIT' || call.use.kind === 'queued') return undefined;
  if (call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi') return undefined;
  if (call.use.kind === 'callback') return droppedPromisified(call, checker) ?? resolveAsCallback(call, checker);
  // What gives no promise tells the client's 'error' listener of errors.
  if (!givesPromise(call)) return undefined;
  // Of version 3 the reply goes there; that later ones never call it is told by another rule.
  if (isGivenCallback(call, checker)) return undefined;
  if (call.use.kind !== 'floating' && call.use.kind !== 'then' && call.use.kind !== 'returned' && call.use.kind !== 'collected') return undefined;
  const chain = chainOf(call.node);
  if (chain.isCaught) return undefined;
  if (call.use.kind === 'collected') return ofCombined(chain.end);
  if (isStatement(chain.end)) return { kind: chain.end === wrapped(call.node) ? 'statement' : 'then', end: chain.end };
  const taker = takerOf(chain.end);
  return taker === undefined ? undefined : { kind: 'callback', end: chain.end, taker };
}

/** Subscriptions take a function as what they are about. */
function isGivenCallback({ node, command }: RedisCall, checker: ts.TypeChecker): boolean {
  return !/^[PS]?SUBSCRIBE$|^MONITOR$/.test(command) && callbackOf(node, [...(node.arguments ?? [])], checker) !== undefined;
}

/** `Promise.all([redis.del(k), redis.del(l)]).then(done)`, told once, at the first of the list. */
function ofCombined(promise: ts.Expression): Floating | undefined {
  const { parent } = promise;
  const mapped = ts.isArrowFunction(parent) && parent.body === promise ? parent.parent : undefined;
  const list = ts.isArrayLiteralExpression(parent) ? parent : mapped && ts.isCallExpression(mapped) ? mapped : undefined;
  if (!list || (ts.isArrayLiteralExpression(list) && list.elements.indexOf(promise) !== 0)) return undefined;
  const call = wrapped(list).parent;
  const method = ts.isCallExpression(call) ? methodOf(call) : undefined;
  if (!method || !ts.isCallExpression(call) || method.target.getText() !== 'Promise' || !/^(?:all|race|any)$/.test(method.name)) return undefined;
  const chain = chainOf(call);
  return chain.isCaught || !isStatement(chain.end) ? undefined : { kind: chain.end === wrapped(call) ? 'statement' : 'then', end: chain.end, combinator: `Promise.${method.name}` };
}

/** The end of `.then(…)`, `.finally(…)` behind a promise. */
function chainOf(promise: ts.Expression): { end: ts.Expression; isCaught: boolean } {
  let end = wrapped(promise);
  let isCaught = false;
  for (;;) {
    const access = end.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== end || !ts.isCallExpression(access.parent) || access.parent.expression !== access) return { end, isCaught };
    const name = access.name.text;
    if (name !== 'then' && name !== 'finally' && name !== 'catch') return { end, isCaught: true };
    isCaught ||= name === 'catch' || (name === 'then' && access.parent.arguments.length > 1);
    end = wrapped(access.parent);
  }
}

/** `redis.del(k);`, `if (x) redis.del(k);`, `x && redis.del(k);`, `x ? redis.del(k) : redis.get(k);` */
function isStatement(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && isStatement(wrapped(parent));
  return ts.isBinaryExpression(parent) && isLogical(parent.operatorToken.kind) && parent.right === node && isStatement(wrapped(parent));
}

const isLogical = (kind: ts.SyntaxKind): boolean => kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;

/** Give their callback's promise to nobody, besides `droppers`. */
const listeners = /^(?:on|once|addListener|prependListener|addEventListener|nextTick|Promise)$/;

/** Whether what is thrown at a node is caught by nobody, and so ends the process: in an async callback of a listener, a timer, `forEach`. */
export function isThrownToNobody(node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) return false;
    if (!ts.isFunctionLike(at)) continue;
    const call = isFunctionWithBody(at) && isAsync(at) ? at.parent : undefined;
    if (!call || (!ts.isCallExpression(call) && !ts.isNewExpression(call)) || call.expression === at) return false;
    const name = (ts.isCallExpression(call) ? methodOf(call)?.name : undefined) ?? call.expression.getText();
    return droppers.has(name) || listeners.test(name);
  }
  return false;
}

function takerOf(node: ts.Expression): string | undefined {
  const { parent } = node;
  const fn = ts.isReturnStatement(parent) ? enclosingFunction(node) : ts.isArrowFunction(parent) && parent.body === node ? parent : undefined;
  if (!fn || !isInline(fn) || !ts.isCallExpression(fn.parent) || fn.parent.arguments[0] !== fn) return undefined;
  const name = methodOf(fn.parent)?.name ?? (ts.isIdentifier(fn.parent.expression) ? fn.parent.expression.text : undefined);
  return name !== undefined && droppers.has(name) ? name : undefined;
}

const isInline = (node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression => ts.isArrowFunction(node) || ts.isFunctionExpression(node);

/** `promisify((done) => client.xadd(…, done))();` as a statement. */
function droppedPromisified({ callback, node }: RedisCall, checker: ts.TypeChecker): Floating | undefined {
  const executor = enclosingFunction(node);
  const made = executor.parent as ts.Node | undefined;
  if (!callback || !isInline(executor) || !made || !ts.isCallExpression(made) || made.arguments[0] !== executor || !ts.isCallExpression(made.parent) || made.parent.expression !== made) return undefined;
  const name = methodOf(made)?.name ?? (ts.isIdentifier(made.expression) ? made.expression.text : undefined);
  const [parameter] = executor.parameters;
  const given = unwrap(callback);
  if (name !== 'promisify' || !parameter || !ts.isIdentifier(given) || checker.getSymbolAtLocation(given)?.valueDeclaration !== parameter) return undefined;
  const { end, isCaught } = chainOf(made.parent);
  return !isCaught && isStatement(end) ? { kind: end === wrapped(made.parent) ? 'statement' : 'then', end } : undefined;
}

function resolveAsCallback({ callback }: RedisCall, checker: ts.TypeChecker): Floating | undefined {
  const name = callback && unwrap(callback);
  if (!name || !ts.isIdentifier(name)) return undefined;
  const parameter = checker.getSymbolAtLocation(name)?.valueDeclaration;
  const executor = parameter?.parent;
  if (!parameter || !executor || (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) || !isFunctionWithBody(executor) || executor.parameters[0] !== parameter) return undefined;
  const made = executor.parent;
  return ts.isNewExpression(made) && ts.isIdentifier(made.expression) && made.expression.text === 'Promise' ? { kind: 'resolve', name, executor } : undefined;
}
