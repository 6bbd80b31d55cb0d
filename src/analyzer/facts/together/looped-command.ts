/**
 * One command per item of a loop, awaited one after the other: the round trips that a batch would save.
 * What must not count is said by each test below; RULES.md, `no-command-in-loop`, is the contract.
 */
import ts from 'typescript';
import { commandInfo, isBlocking } from '../../../redis/commands.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { deepest, unitOf, type Unit } from '../code/units.ts';
import { contains, hasModifier, isAssignment, isFunctionWithBody, methodOf, some, unwrap, walk, wrapped } from '../code/ast.ts';
import { comparisonOf, isByOrder } from '../code/comparison.ts';
import { isTimePaced } from '../code/loop-pace.ts';
import { dependsOnItem, itemSymbols, replyDecides } from './loop-flow.ts';
import { isForOneItem } from './one-item.ts';
import { enclosingLoop } from '../code/loop.ts';
import { givesPromise } from '../calls/promised.ts';
import type { Loop, RedisCall, ResultUse } from '../calls/redis-call.ts';
import type { Region } from '../calls/regions.ts';
import { resultUse } from '../calls/use.ts';

export interface LoopedCommand {
  /** The command; where a helper sends it, the one inside the helper. */
  call: RedisCall;
  /** Where the finding stands: the command itself, or the helper's call in the loop. */
  site: ts.CallExpression;
  loop: Loop;
  /** The function that the loop calls, where it is not the loop itself that sends the command. */
  helper: Unit | undefined;
}

/** Sent per item though they name no key. */
const keyless = new Set(['PUBLISH', 'SPUBLISH', 'EVAL', 'EVALSHA', 'EVAL_RO', 'EVALSHA_RO', 'FCALL', 'FCALL_RO']);
/** About keys, but not work per item: they pass over a keyspace by themselves, guard a transaction, or set things up at start. */
const never = new Set(['SCAN', 'HSCAN', 'SSCAN', 'ZSCAN', 'WATCH', 'KEYS', 'WAIT', 'MIGRATE', 'XGROUP CREATE', 'XGROUP DESTROY', 'XGROUP SETID', 'XGROUP CREATECONSUMER']);
/** Take one element each time: `while ((m = await r.lpop(k)))` drains, and COUNT takes many. */
const takers = new Set(['LPOP', 'RPOP', 'SPOP', 'ZPOPMIN', 'ZPOPMAX']);
/** Say of a message that it need not be delivered again. */
const acknowledgements = new Set(['XACK', 'XACKDEL']);
const cursors = new Set(['SCAN', 'HSCAN', 'SSCAN', 'ZSCAN']);

/** At most one per loop, on its first awaited command, in source order. */
export function loopedCommands(calls: readonly RedisCall[], region: Region, workspace: Workspace): LoopedCommand[] {
  const byLoop = new Map<ts.Node, LoopedCommand>();
  for (const one of [...directCommands(calls, workspace), ...helperCommands(region, workspace)]) {
    const known = byLoop.get(one.loop.node);
    if (!known || one.site.getStart() < known.site.getStart()) byLoop.set(one.loop.node, one);
  }
  return [...byLoop.values()].filter((one) => !isExcused(one, calls, workspace)).sort((a, b) => a.site.getStart() - b.site.getStart());
}

function* directCommands(calls: readonly RedisCall[], workspace: Workspace): Iterable<LoopedCommand> {
  for (const call of calls) {
    if (call.loop && ts.isCallExpression(call.node) && isOneTrip(call) && isPerItem(call.node, call.loop, call, workspace)) {
      yield { call, site: call.node, loop: call.loop, helper: undefined };
    }
  }
}

function* helperCommands(region: Region, workspace: Workspace): Iterable<LoopedCommand> {
  for (const [unit, site] of workspace.sitesIn(region, isInLoop)) {
    if (!ts.isCallExpression(site)) continue;
    const loop = enclosingLoop(site);
    const call = loop && onlyCommand(unit, workspace, 0);
    if (loop && call && isAwaitedInTurn(site, loop) && isPerItem(site, loop, call, workspace)) yield { call, site, loop, helper: unit };
  }
}

const isInLoop = (site: ts.Node): boolean => enclosingLoop(site) !== undefined;

/** The single command a function sends each time it runs, itself or by a function it calls, up to three deep. */
export function onlyCommand(unit: Unit, workspace: Workspace, depth: number): RedisCall | undefined {
  if (depth >= deepest || ts.isClassLike(unit) || isGenerator(unit)) return undefined;
  const own = workspace.callsIn(unit).filter((call) => !call.command.startsWith('@on'));
  const [call, ...more] = own;
  if (call) {
    const sent = more.length === 0 && isOneTrip(call) && !insideLoop(call.node, unit);
    return sent && !takesList(call, workspace) ? call : undefined;
  }
  let found: RedisCall | undefined;
  let count = 0;
  for (const [inner, site] of workspace.sitesWithin(unit)) {
    if (!ts.isCallExpression(site) || inner === unit) continue;
    const one = onlyCommand(inner, workspace, depth + 1);
    if (one && !insideLoop(site, unit)) {
      found = one;
      count++;
    } else if (!one && workspace.callsIn(inner).length > 0) count += 2;
  }
  return count === 1 ? found : undefined;
}

/** Asks who calls the functions of a file that send a single command, and their callers, so that the loops among those are known. */
export function seekLoopedHelpers(file: string, workspace: Workspace): void {
  let level = new Set<Unit>([...workspace.senders(file)].filter((unit) => onlyCommand(unit, workspace, 0)));
  for (let depth = 1; depth <= deepest && level.size > 0; depth++) {
    const next = new Set<Unit>();
    for (const unit of level) {
      for (const site of workspace.callers(unit)) {
        const caller = enclosingLoop(site) ? undefined : unitOf(site);
        if (!caller || workspace.callsIn(caller).length > 0 || next.has(caller)) continue;
        workspace.noteLead(caller);
        if (depth < deepest && onlyCommand(caller, workspace, 0)) next.add(caller);
      }
    }
    level = next;
  }
}

/** A command of its own round trip that somebody waits for. */
function isOneTrip(call: RedisCall): boolean {
  const { kind } = call.receiver;
  if (kind === 'pipeline' || kind === 'multi' || call.command.startsWith('@') || never.has(call.command)) return false;
  if ((commandInfo(call.command)?.keys ?? []).length === 0 && !keyless.has(call.command)) return false;
  // A lock is taken for what comes next, not for its reply.
  if (call.command === 'SETNX' || (call.command === 'SET' && call.args.flags.has('NX'))) return false;
  if (isBlocking(call.command) && (!/^XREAD/.test(call.command) || call.args.flags.has('BLOCK'))) return false;
  if (call.use.kind === 'callback') return isPromised(call.node);
  if (!givesPromise(call)) return false;
  if (call.use.kind === 'awaited' || call.use.kind === 'returned') return true;
  // `await previous.then(() => …)`, and `const p = r.get(k); … await p` a line later.
  const isHandedOn = call.use.kind === 'argument' || call.use.kind === 'collected';
  return isHandedOn && ts.isCallExpression(call.node) && /^(?:awaited|returned)$/.test(useOf(call.node).kind);
}

/** What becomes of a promise, or of the one that a function gives for it. */
const useOf = (promise: ts.CallExpression): ResultUse => resultUse(passedThrough(promise), undefined, false);

/** Ask of a promise whether it fails as it should: one at a time is how a test reads. */
const expecting = /^(?:rejects|doesNotReject|expect)$/;

/** `withTimeout(r.get(k), 500)`, `Promise.race([r.get(k), late])`: the outermost call that the promise is handed to. */
function passedThrough(promise: ts.CallExpression): ts.CallExpression {
  const outer = promiseEnd(promise);
  const { parent } = outer;
  const isRaced = ts.isArrayLiteralExpression(parent) && isRace(wrapped(parent).parent);
  const call = isRaced ? wrapped(parent).parent : parent;
  if (!ts.isCallExpression(call) || call.expression === outer || (!isRaced && resultUse(promise, undefined, false).kind !== 'argument')) return promise;
  return expecting.test(methodOf(call)?.name ?? call.expression.getText()) ? promise : passedThrough(call);
}

/** The end of `promise.then(…).catch(…)`. */
function promiseEnd(promise: ts.CallExpression): ts.Expression {
  const outer = wrapped(promise);
  const { parent } = outer;
  const isHandler = ts.isPropertyAccessExpression(parent) && parent.expression === outer && /^(?:then|catch|finally)$/.test(parent.name.text);
  return isHandler && ts.isCallExpression(parent.parent) ? promiseEnd(parent.parent) : outer;
}

function isRace(node: ts.Node): boolean {
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  return method?.name === 'race' && method.target.getText() === 'Promise';
}

/** `new Promise((resolve, reject) => client.get(key, (err, value) => …))`: the callback settles a promise that is waited for. */
function isPromised(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isNewExpression(at) && at.expression.getText() === 'Promise') return true;
    if (ts.isBlock(at) || ts.isStatement(at) || isFunctionWithBody(at) || ts.isExpression(at)) continue;
    return false;
  }
  return false;
}

function isAwaitedInTurn(site: ts.CallExpression, loop: Loop): boolean {
  const { kind } = useOf(site);
  if (kind === 'awaited') return true;
  return kind === 'returned' && loop.kind === 'reduce';
}

function isPerItem(site: ts.CallExpression, loop: Loop, call: RedisCall, workspace: Workspace): boolean {
  const { checker } = workspace;
  if (loop.kind === 'map') return false;
  const use = useOf(site);
  if (use.kind === 'returned') {
    if (loop.kind !== 'reduce') return false;
  } else if (loop.kind === 'forEach' && !hasModifier(loop.body, ts.SyntaxKind.AsyncKeyword)) return false;
  if (isInCatch(site, loop) || isPacedByConsumer(site, loop) || isForOneItem(site, loop, checker)) return false;
  const items = itemSymbols(loop, checker);
  const target = methodOf(site)?.target;
  if (target && dependsOnItem(target, items, checker)) return false;
  if (isChunkFlush(site, loop, checker) || isCheckpoint(site, loop, call)) return false;
  const isTaken = takers.has(call.command) && call.args.list.length <= 1 && !call.args.flags.has('COUNT');
  if (isTaken && isEndless(loop)) return isDrain(site, loop, workspace);
  // Up to so many, and nothing else that is waited for: what is taken ahead is in no danger.
  if (isTaken && loop.kind === 'for' && !dependsOnItem(site.arguments[0] ?? site, items, checker) && !some(loop.body, (node) => ts.isAwaitExpression(node) && unwrap(node.expression) !== site)) return true;
  if (isEndless(loop) && (!walksList(loop) || !changesPerTurn(site, loop, checker))) return false;
  return !replyDecides(site, loop, checker);
}

/** The whole loop is of a kind that has no batch: it walks by cursor or by chunk, waits for time, or its consumer sets the pace. */
function isExcused({ loop, site }: LoopedCommand, calls: readonly RedisCall[], workspace: Workspace): boolean {
  const whole = passedThrough(site);
  if (isTimePaced(loop, whole === site ? undefined : whole)) return true;
  if (isGuarded(loop, calls) || isCursorLoop(loop, calls) || isStream(loop, calls, workspace.checker)) return true;
  return isChunked(loop, calls, workspace);
}

function isCursorLoop(loop: Loop, calls: readonly RedisCall[]): boolean {
  return calls.some((call) => cursors.has(call.command) && call.loop?.node === loop.node);
}

/** WATCH, or a lock: each turn is a transaction of its own. */
function isGuarded(loop: Loop, calls: readonly RedisCall[]): boolean {
  return calls.some((call) => call.loop?.node === loop.node && (call.command === 'WATCH' || call.command === 'SETNX' || (call.command === 'SET' && call.args.flags.has('NX'))));
}

/** `for await` over anything but a list in memory; node-redis 4's scanIterator gives single keys, which a batch can take together. */
function isStream(loop: Loop, calls: readonly RedisCall[], checker: ts.TypeChecker): boolean {
  if (loop.kind !== 'for-await' || !ts.isForOfStatement(loop.node)) return false;
  const source = unwrap(loop.node.expression);
  const perKey = calls.some((call) => call.node === source && /^@\w*[sS]canIterator$/.test(call.command) && call.major === 4 && call.dialect === 'node-redis');
  return !perKey && !ts.isArrayLiteralExpression(source) && !isList(checker.getTypeAtLocation(source), checker);
}

export function isList(type: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.isArrayType(type) || checker.isTupleType(type) || (type.isUnion() && type.types.every((one) => checker.isArrayType(one) || checker.isTupleType(one)));
}

/** The item is itself a list that one command takes whole: a loop over chunks already batches. */
function isChunked(loop: Loop, calls: readonly RedisCall[], workspace: Workspace): boolean {
  const { checker } = workspace;
  const items = itemSymbols(loop, checker);
  const batches = (argument: ts.Expression): boolean => {
    const list = ts.isSpreadElement(argument) ? argument.expression : argument;
    const inner = unwrap(list);
    if (!dependsOnItem(list, items, checker)) return false;
    if (ts.isCallExpression(inner) && /^(?:map|slice|flatMap|filter|splice)$/.test(methodOf(inner)?.name ?? '')) return true;
    return !ts.isArrayLiteralExpression(inner) && isList(checker.getTypeAtLocation(list), checker);
  };
  let found = calls.some((call) => call.loop?.node === loop.node && call.args.list.some(batches));
  if (found) return true;
  walk(loop.body, (node) => {
    if (found) return false;
    if (ts.isCallExpression(node) && node.arguments.some(batches)) {
      const unit = workspace.called(node);
      if (unit && workspace.callsIn(unit).length > 0) found = true;
    }
    return !isFunctionWithBody(node);
  });
  return found;
}

/** XACK of a message whose own work has been waited for: all at once at the end, a crash would bring back what is done. */
function isCheckpoint(site: ts.CallExpression, { body }: Loop, { command }: RedisCall): boolean {
  return acknowledgements.has(command) && some(body, (node) => ts.isAwaitExpression(node) && node.end <= site.getStart());
}

/** `page.push(key); if (page.length === 500) { await r.unlink(page); page = []; }`, also after `if (page.push(key) < 500) continue;` */
function isChunkFlush(site: ts.CallExpression, loop: Loop, checker: ts.TypeChecker): boolean {
  const lists = site.arguments.filter(isOuterList);
  if (lists.length === 0) return false;
  for (let at: ts.Node = site; at.parent && at !== loop.body; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression !== at && /\.(?:length|size)\b|%/.test(parent.expression.getText())) return true;
    if (ts.isBlock(parent) && parent.statements.some((one) => one.end <= at.pos && waitsForMore(one))) return true;
  }
  return false;

  /** `if (page.push(key) < 500) continue;`, `if (page.length < 500) continue;` */
  function waitsForMore(statement: ts.Statement): boolean {
    if (!ts.isIfStatement(statement)) return false;
    const { expression, thenStatement } = statement;
    const then = ts.isBlock(thenStatement) && thenStatement.statements.length === 1 ? thenStatement.statements[0] : thenStatement;
    if (!then || !ts.isContinueStatement(then) || !ts.isBinaryExpression(expression) || !ordersTwo(expression)) return false;
    const asked = expression.getText();
    return lists.some((list) => ['push(', 'length'].some((member) => asked.includes(`${listOf(list).getText()}.${member}`)));
  }

  function isOuterList(argument: ts.Expression): boolean {
    const inner = listOf(argument);
    return ts.isIdentifier(inner) && isList(checker.getTypeAtLocation(inner), checker);
  }
}

const listOf = (argument: ts.Expression): ts.Expression => unwrap(ts.isSpreadElement(argument) ? argument.expression : argument);

function takesList(call: RedisCall, workspace: Workspace): boolean {
  return call.args.list.some((argument) => ts.isSpreadElement(argument) || isList(workspace.checker.getTypeAtLocation(argument), workspace.checker));
}

function isInCatch(node: ts.Node, loop: Loop): boolean {
  for (let at = node.parent; at && at !== loop.body; at = at.parent) if (ts.isCatchClause(at)) return true;
  return false;
}

/** Within a generator whoever takes from it sets the pace, and may take little of what has no end in sight; a list in memory is known whole all the same. */
function isPacedByConsumer(node: ts.Node, loop: Loop): boolean {
  const fn = ts.findAncestor(node, isFunctionWithBody);
  if (!fn || !isGenerator(fn)) return false;
  // Without `async` it is somebody's own way of waiting (`yield redis.get(id)`).
  if (!hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return true;
  const isOverList = loop.kind === 'for-of' || loop.kind === 'for-in' || (ts.isForStatement(loop.node) && /\.length\b/.test(loop.node.condition?.getText() ?? ''));
  return !isOverList;
}

const isGenerator = (fn: ts.Node): boolean => 'asteriskToken' in fn && fn.asteriskToken !== undefined;

function insideLoop(node: ts.Node, unit: Unit): boolean {
  const loop = enclosingLoop(node);
  return loop !== undefined && contains(unit, loop.node);
}

const isEndless = (loop: Loop): boolean => loop.kind === 'while' || loop.kind === 'do' || (loop.kind === 'for' && !(ts.isForStatement(loop.node) && loop.node.condition));

/** `while (queue.length)`, `while (i < n)`, `while ((item = list.shift()))`: a list in memory is worked off. */
function walksList(loop: Loop): boolean {
  const condition = ts.isWhileStatement(loop.node) || ts.isDoStatement(loop.node) ? loop.node.expression : undefined;
  if (!condition) return false;
  return /\.(?:length|size)\b|\.(?:shift|pop|next)\(/.test(condition.getText()) || some(condition, ordersTwo) || ordersTwo(condition);
}

/** An argument is new each turn: declared or reassigned in the loop, or taken off a list. What is not is loaded again, not item by item. */
function changesPerTurn(site: ts.CallExpression, loop: Loop, checker: ts.TypeChecker): boolean {
  const names = new Set<ts.Symbol>();
  walk(loop.node, (node) => {
    const target = isAssignment(node) ? unwrap(node.left) : ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node) ? node.operand : ts.isVariableDeclaration(node) ? node.name : undefined;
    const changed = target && (ts.isObjectBindingPattern(target) || ts.isArrayBindingPattern(target) ? target.elements.flatMap((one) => (ts.isBindingElement(one) ? [one.name] : [])) : [target]);
    for (const name of changed ?? []) {
      const symbol = checker.getSymbolAtLocation(name);
      if (symbol) names.add(symbol);
    }
    return undefined;
  });
  return site.arguments.some((argument) => dependsOnItem(argument, names, checker) || /\.(?:shift|pop|next)\(/.test(argument.getText()));
}

const ordersTwo = (node: ts.Node): boolean => isByOrder(comparisonOf(node));

/** Takes until nothing is left: the reply alone ends the loop. */
function isDrain(site: ts.CallExpression, loop: Loop, workspace: Workspace): boolean {
  const condition = ts.isWhileStatement(loop.node) || ts.isDoStatement(loop.node) ? loop.node.expression : undefined;
  const conditionSays = condition !== undefined && contains(condition, site);
  return conditionSays || replyDecides(site, loop, workspace.checker);
}
