/** Where a list comes from, and so whether it can be empty, and whether anything bounds its length. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { isFunctionWithBody, methodOf, unwrap, walkOwn } from '../code/ast.ts';
import { constantText, isConst, returnedExpression } from '../code/fold.ts';
import { isKnownOtherwise, listPushes, type ListPush } from './list-pushes.ts';
import { declarationOf } from '../code/maybe-undefined.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { referencesTo } from '../code/references.ts';
import { isAssigned } from '../code/tested.ts';
import { isInlineCallback } from '../code/units.ts';

/**
 * `some`: has elements. `reply`: of a command that gives a whole collection or a part of it. `page`: one step of a scan.
 * `query`: what a database answers. `part`: a slice. `collected`: filled in a loop, over what nobody knows. `unknown`: nobody knows, and nothing is said of it.
 */
export type OriginKind = 'some' | 'reply' | 'page' | 'query' | 'parameter' | 'rest' | 'part' | 'collected' | 'unknown';

export interface ListOrigin {
  kind: OriginKind;
  /** Some elements may have been left out on the way. */
  filtered: boolean;
  /** Of a whole collection, or of everything that a scan gives. */
  whole: boolean;
  /** The lists that are empty exactly when this one is: who tests one of them has tested it. */
  same: readonly ts.Expression[];
  parameter: ts.ParameterDeclaration | undefined;
  /** The command or call that gives it. */
  source: ts.Node | undefined;
  /** Certainly an array, or what has a length like one. */
  isArray: boolean;
}

const deepest = 6;
/** As many elements as what they are called on, or none. */
const sameLength = new Set(['map', 'sort', 'reverse', 'toSorted', 'toReversed', 'fill', 'with']);
const lists = /^(?:SMEMBERS|KEYS|HKEYS|HVALS|LRANGE|Z(?:REV)?RANGE(?:BYSCORE|BYLEX)?|S(?:INTER|UNION|DIFF)|SPOP|SRANDMEMBER|HRANDFIELD|ZRANDMEMBER|GEOSEARCH|SORT)$/;
const wholes = /^(?:SMEMBERS|KEYS|HKEYS|HVALS|S(?:INTER|UNION|DIFF))$/;
const ranges = /^(?:LRANGE|Z(?:REV)?RANGE)$/;
const queries = new Set(['query', 'queryRaw', '$queryRaw', 'find', 'findMany', 'findAll', 'select', 'any', 'many', 'manyOrNone']);

export function listOrigin(expression: ts.Expression, workspace: Workspace, depth = 0): ListOrigin {
  const { checker } = workspace;
  const same: ts.Expression[] = [];
  let filtered = false;
  let isArray = false;
  const end = (kind: OriginKind, more: Partial<ListOrigin> = {}): ListOrigin => ({ kind, filtered, whole: false, same, parameter: undefined, source: undefined, isArray: isArray || kind === 'reply' || kind === 'page' || kind === 'query', ...more });
  let node = unwrap(expression);
  for (let steps = 0; steps < 20 && depth < deepest; steps++) {
    if (ts.isAwaitExpression(node) || (ts.isYieldExpression(node) && node.expression)) {
      node = unwrap(node.expression as ts.Expression);
      continue;
    }
    if (ts.isElementAccessExpression(node)) {
      // `reply[1]`
      if (!filtered) same.push(node);
      return ofElement(node);
    }
    if (ts.isArrayLiteralExpression(node)) {
      isArray = true;
      const [only, ...more] = node.elements;
      if (node.elements.some((one) => !ts.isSpreadElement(one))) return end(filtered ? 'unknown' : 'some');
      if (!only || more.length > 0 || !ts.isSpreadElement(only)) return end('unknown');
      node = unwrap(only.expression);
      continue;
    }
    if (ts.isBinaryExpression(node) && (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken)) {
      node = unwrap(node.left);
      continue;
    }
    if (ts.isNewExpression(node)) {
      const [given] = node.arguments ?? [];
      if (!given || node.expression.getText() !== 'Set') return end('unknown');
      node = unwrap(given);
      continue;
    }
    if (ts.isCallExpression(node)) {
      const next = ofCall(node);
      if ('kind' in next) return next;
      node = next.node;
      continue;
    }
    if (ts.isPropertyAccessExpression(node)) {
      // `result.rows`, `reply.keys`
      const owner = unwrap(node.expression);
      if (!filtered) same.push(node);
      const declaration = ts.isIdentifier(owner) ? declarationOf(owner, checker) : undefined;
      const made = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer;
      return made ? ofProperty(node.name.text, unwrap(made)) : end('unknown');
    }
    if (!ts.isIdentifier(node)) return end('unknown');
    if (!filtered) same.push(node);
    const declaration = declarationOf(node, checker);
    if (!declaration) return end('unknown');
    if (ts.isParameter(declaration)) return ofParameter(declaration);
    if (ts.isBindingElement(declaration)) return ofBinding(declaration);
    if (!ts.isVariableDeclaration(declaration)) return end('unknown');
    const around = declaration.parent.parent;
    if (ts.isForOfStatement(around)) return around.awaitModifier && isScan(around.expression) ? end('page') : end('unknown');
    if (!declaration.initializer || (!isConst(declaration) && isAssigned(node))) return end('unknown');
    const initializer = unwrap(declaration.initializer);
    if (isEmptySet(initializer) && ts.isIdentifier(declaration.name)) return ofGathered(declaration.name);
    if (isChanged(declaration) || (ts.isArrayLiteralExpression(initializer) && initializer.elements.length === 0)) {
      return ts.isArrayLiteralExpression(initializer) && !initializer.elements.some(ts.isSpreadElement) ? ofCollected(declaration, initializer.elements.length > 0) : end('unknown');
    }
    node = initializer;
  }
  return end('unknown');

  function ofCall(call: ts.CallExpression): ListOrigin | { node: ts.Expression } {
    const command = commandAt(call, workspace);
    if (command) return ofCommand(command, call);
    const method = methodOf(call);
    const [first] = call.arguments;
    if (method) {
      if (sameLength.has(method.name)) {
        isArray = true;
        return { node: unwrap(method.target) };
      }
      if (method.name === 'filter' || method.name === 'flatMap') {
        isArray = true;
        filtered ||= method.name === 'filter' || !givesSome(first);
        return { node: unwrap(method.target) };
      }
      if (method.name === 'slice' || method.name === 'splice') return end('part');
      if (ts.isIdentifier(method.target) && first && ((method.target.text === 'Array' && method.name === 'from') || (method.target.text === 'Object' && /^(?:keys|values|entries)$/.test(method.name)))) {
        isArray = true;
        if (!filtered) same.push(call);
        const inner = unwrap(first);
        return ts.isObjectLiteralExpression(inner) ? end('unknown') : { node: inner };
      }
      if (queries.has(method.name) && isAwaited(call) && !isLimited(call)) return end('query', { whole: true, source: call });
    }
    const unit = workspace.called(call);
    if (!unit || !isFunctionWithBody(unit)) return end('unknown');
    const returned = onlyReturned(unit);
    if (!returned) return end('unknown');
    const inner = listOrigin(returned, workspace, depth + 1);
    // What it makes of a parameter hangs on what is passed.
    if (inner.kind === 'parameter' || inner.kind === 'rest') return end('unknown');
    return { ...inner, same, filtered: filtered || inner.filtered, isArray: isArray || inner.isArray };
  }

  /** @param isGiven by a callback of its own */
  function ofCommand(command: RedisCall, call: ts.Node, isGiven = command.callback === undefined): ListOrigin {
    if (command.receiver.kind === 'pipeline' || command.receiver.kind === 'multi' || !isGiven || !lists.test(command.command)) return end('unknown');
    if (/^(?:SPOP|SRANDMEMBER|HRANDFIELD|ZRANDMEMBER)$/.test(command.command) && command.args.list.length < 2) return end('unknown');
    const [, from, to] = command.args.list;
    const isRange = ranges.test(command.command) && from && to && constantText(from, checker) === '0' && (constantText(to, checker) ?? to.getText()) === '-1' && !['LIMIT', 'BYSCORE', 'BYLEX', '...'].some((flag) => command.args.flags.has(flag));
    return end('reply', { whole: wholes.test(command.command) || isRange === true, source: call });
  }

  function ofParameter(parameter: ts.ParameterDeclaration): ListOrigin {
    const fn = parameter.parent;
    if (parameter.dotDotDotToken) return end('rest', { parameter });
    if (!isInlineCallback(fn)) return end('parameter', { parameter });
    // `stream.on('data', (keys) => …)`
    const call = fn.parent;
    const method = ts.isCallExpression(call) ? methodOf(call) : undefined;
    const [event] = ts.isCallExpression(call) ? call.arguments : [];
    // `redis.keys(pattern).then((keys) => …)`, `redis.keys(pattern, (error, keys) => …)`
    const sender = method?.name === 'then' && event === fn && fn.parameters[0] === parameter ? unwrap(method.target) : event !== undefined && fn.parameters[1] === parameter ? call : undefined;
    const command = sender && ts.isCallExpression(sender) ? commandAt(sender, workspace) : undefined;
    if (command && sender) return sender === call ? (command.callback && unwrap(command.callback) === fn ? ofCommand(command, sender, true) : end('unknown')) : ofCommand(command, sender);
    const isData = method && /^(?:on|addListener)$/.test(method.name) && event && ts.isStringLiteralLike(event) && event.text === 'data';
    return isData && isScan(method.target) ? end('page') : end('unknown');
  }

  /** `const { rows } = await db.query(…)`, `const [cursor, keys] = await redis.scan(…)` */
  function ofBinding(element: ts.BindingElement): ListOrigin {
    const pattern = element.parent;
    const owner = pattern.parent;
    if (!ts.isVariableDeclaration(owner) || !owner.initializer || element.dotDotDotToken) return ts.isParameter(owner) && !isInlineCallback(owner.parent) && ts.isObjectBindingPattern(pattern) ? end('parameter') : end('unknown');
    const made = unwrap(owner.initializer);
    if (ts.isObjectBindingPattern(pattern)) return ofProperty((element.propertyName ?? element.name).getText(), made);
    const call = ts.isAwaitExpression(made) ? unwrap(made.expression) : made;
    const command = ts.isCallExpression(call) ? commandAt(call, workspace) : undefined;
    return command?.command === 'SCAN' && pattern.elements.indexOf(element) === 1 ? end('page', { source: call }) : end('unknown');
  }

  function ofProperty(name: string, made: ts.Expression): ListOrigin {
    const call = ts.isAwaitExpression(made) ? unwrap(made.expression) : made;
    if (call === made || !ts.isCallExpression(call)) return end('unknown');
    if (name === 'keys' && commandAt(call, workspace)?.command === 'SCAN') return end('page', { source: call });
    return name === 'rows' && queries.has(methodOf(call)?.name ?? '') && !isLimited(call) ? end('query', { whole: true, source: call }) : end('unknown');
  }

  /** `const [cursor, keys] = reply`, with indexes. */
  function ofElement({ expression, argumentExpression }: ts.ElementAccessExpression): ListOrigin {
    const owner = unwrap(expression);
    const declaration = ts.isIdentifier(owner) ? declarationOf(owner, checker) : undefined;
    const made = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : owner;
    const call = ts.isAwaitExpression(made) || ts.isYieldExpression(made) ? made.expression && unwrap(made.expression) : undefined;
    const command = call && ts.isCallExpression(call) ? commandAt(call, workspace) : undefined;
    return command?.command === 'SCAN' && argumentExpression.getText() === '1' ? end('page', { source: call }) : end('unknown');
  }

  /** `const keys = []`, and what is pushed into it. @param begins with elements */
  function ofCollected(declaration: ts.VariableDeclaration, begins: boolean): ListOrigin {
    isArray = true;
    const pushes = ts.isIdentifier(declaration.name) ? listPushes(declaration as ts.VariableDeclaration & { name: ts.Identifier }, checker) : undefined;
    if (!pushes || pushes.length === 0) return end('unknown');
    const ofPages = pushes.map(isOfPage);
    if (!begins && ofPages.every(Boolean)) return end('reply', { whole: true, source: declaration });
    const origins = pushes.map((push, index) => (ofPages[index] ? undefined : ofPushed(push)));
    // A page of a scan that is pushed in its loop is everything that the scan gives.
    const whole = origins.find((one, index) => ofPages[index] || (one && (one.whole || (one.kind === 'page' && (pushes[index]?.over.length ?? 0) > 1))));
    const more = { whole: ofPages.some(Boolean) || whole !== undefined, source: whole?.source ?? declaration };
    if (begins || pushes.some(({ over, isConditional }) => over.length === 0 && !isConditional)) return end('some', more);
    if (pushes.every(({ over, isConditional }) => over.length > 0 && isConditional)) {
      filtered = true;
      return isKnownOtherwise(expression, pushes) ? end('unknown', more) : end('collected', more);
    }
    const [first, ...rest] = pushes;
    const [origin] = origins;
    const isOne = first?.over.length === 1 && !first.isConditional && rest.every(({ over, isConditional }) => over.length === 1 && over[0] === first.over[0] && !isConditional);
    if (!isOne || !origin || pushes.some(({ call }) => call.arguments.some(ts.isSpreadElement))) return end('unknown', more);
    if (first.over[0] && hasElements(first.over[0], checker)) return end(filtered ? 'unknown' : 'some', more);
    if (!filtered) same.push(...origin.same);
    filtered ||= origin.filtered;
    return end(origin.kind, { ...more, parameter: origin.parameter });
  }

  /** `const found = new Set()`, to which nothing is added but what a scan gives: all of it. */
  function ofGathered(name: ts.Identifier): ListOrigin {
    const changes = referencesTo(name, checker).flatMap(({ parent }) => (isChange(parent) ? [parent.parent as ts.CallExpression] : []));
    const isScanned = changes.length > 0 && changes.every(({ expression, arguments: [added] }) => (expression as ts.PropertyAccessExpression).name.text === 'add' && added !== undefined && isElementOfPage(added));
    return isScanned ? end('reply', { whole: true, source: name.parent }) : end('unknown');
  }

  /** Of the list that it is pushed for, or of the one that is pushed. */
  function ofPushed({ call, over }: ListPush): ListOrigin | undefined {
    const [pushed] = call.arguments;
    if (pushed && ts.isSpreadElement(pushed)) return listOrigin(pushed.expression, workspace, depth + 1);
    const origins = over.flatMap((list) => (list ? [listOrigin(list, workspace, depth + 1)] : []));
    return origins.find((one) => one.whole) ?? origins[0];
  }

  function isOfPage({ call }: ListPush): boolean {
    const [pushed] = call.arguments;
    if (!pushed || call.arguments.length !== 1) return false;
    return ts.isSpreadElement(pushed) ? listOrigin(pushed.expression, workspace, depth + 1).kind === 'page' : isElementOfPage(pushed);
  }

  function isElementOfPage(expression: ts.Expression): boolean {
    const item = unwrap(expression);
    const declaration = ts.isIdentifier(item) ? declarationOf(item, checker) : undefined;
    const loop = declaration && ts.isVariableDeclaration(declaration) ? declaration.parent.parent : undefined;
    return loop !== undefined && ts.isForOfStatement(loop) && (loop.awaitModifier ? isScan(loop.expression, true) : listOrigin(loop.expression, workspace, depth + 1).kind === 'page');
  }

  /** @param single of node-redis 4, whose iterator gives one key each */
  function isScan(expression: ts.Expression, single = false): boolean {
    const inner = unwrap(expression);
    const declaration = ts.isIdentifier(inner) ? declarationOf(inner, checker) : undefined;
    const made = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : inner;
    const command = ts.isCallExpression(made) ? commandAt(made, workspace) : undefined;
    if (command && /^@s?scanIterator$/i.test(command.command)) return single === command.major < 5;
    return command !== undefined && /^@s?scanStream$/.test(command.command) && !single;
  }

  /** Given more, or less, after it was made. */
  function isChanged(declaration: ts.VariableDeclaration): boolean {
    if (!ts.isIdentifier(declaration.name)) return true;
    return referencesTo(declaration.name, checker).some(({ parent }) => isChange(parent));
  }
}

/** `list.push(…)`, `set.add(…)`: the access of a call that changes what it is called on. */
function isChange(access: ts.Node): boolean {
  return ts.isPropertyAccessExpression(access) && /^(?:push|unshift|splice|pop|shift|add|delete|clear)$/.test(access.name.text) && ts.isCallExpression(access.parent) && access.parent.expression === access;
}

const isEmptySet = (node: ts.Expression): boolean => ts.isNewExpression(node) && node.expression.getText() === 'Set' && (node.arguments ?? []).length === 0;

export function commandAt(node: ts.Node, workspace: Workspace): RedisCall | undefined {
  return workspace.factsOf(node.getSourceFile().fileName)?.calls.find((call) => call.node === node);
}

/** `[string, ...string[]]` */
export function hasElements(list: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(list);
  return checker.isTupleType(type) && ((type as ts.TypeReference).target as ts.TupleType).minLength > 0;
}

/** `flatMap((entry) => [entry.score, entry.name])` */
function givesSome(callback: ts.Expression | undefined): boolean {
  const returned = callback && returnedExpression(unwrap(callback));
  const list = returned && unwrap(returned);
  return list !== undefined && ts.isArrayLiteralExpression(list) && list.elements.some((one) => !ts.isSpreadElement(one));
}

const isAwaited = (call: ts.CallExpression): boolean => ts.isAwaitExpression(call.parent);

/** Says how many it wants. */
const isLimited = (call: ts.CallExpression): boolean => /limit|\btop\b|\btake\b|\bfirst\b|\bin\b|\bany\b/i.test(call.arguments.map((one) => one.getText()).join(' '));

/** What a function returns, where it does so in one place. */
function onlyReturned(fn: ts.FunctionLikeDeclaration): ts.Expression | undefined {
  if (!fn.body) return undefined;
  if (!ts.isBlock(fn.body)) return fn.body;
  const found: ts.ReturnStatement[] = [];
  walkOwn(fn.body, (node) => {
    if (ts.isReturnStatement(node)) found.push(node);
    return undefined;
  });
  const [only, ...more] = found;
  return more.length === 0 ? only?.expression : undefined;
}
