/** The awaits of a loop's body: those that a batch can take, and all others. */
import ts from 'typescript';
import { isBlocking, isReadOnly } from '../../../redis/commands.ts';
import { isAssignment, isFunctionWithBody, methodOf, unwrap, walk, walkOwn } from '../../facts/code/ast.ts';
import { onlyCommand } from '../../facts/together/looped-command.ts';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import type { Unit } from '../../facts/code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isReassigned } from '../text/variables.ts';
import { isPureCall, isStep, symbolOfUse } from './effects.ts';

/** One awaited promise per item whose command can be sent without waiting for the one before. */
export interface Candidate {
  awaited: ts.AwaitExpression;
  /** What is awaited. */
  promise: ts.Expression;
  /** The command that it sends; within the helper where it calls one. */
  call: RedisCall;
  /** The command's own call and nothing around it: `redis.get(k)`, not `redis.get(k).catch(f)` nor `getUser(id)`. */
  direct: ts.CallExpression | undefined;
  helper: boolean;
  reads: boolean;
}

export interface Awaits {
  /** In source order. */
  candidates: readonly Candidate[];
  /** Everything else that is waited for, `for await` among it. */
  others: readonly ts.Node[];
  /** Commands that no candidate stands for: floating, in a callback, in a transaction. */
  strays: readonly RedisCall[];
}

export function awaitsOf(body: ts.Node, workspace: Workspace): Awaits {
  const calls = (workspace.factsOf(body.getSourceFile().fileName)?.calls ?? []).filter((call) => body.pos <= call.node.pos && call.node.end <= body.end);
  const candidates: Candidate[] = [];
  const others: ts.Node[] = [];
  walkOwn(body, (node) => {
    if (ts.isForOfStatement(node) && node.awaitModifier) others.push(node);
    if (!ts.isAwaitExpression(node)) return undefined;
    const candidate = candidateOf(node, calls, workspace);
    if (candidate) candidates.push(candidate);
    else others.push(node);
    return undefined;
  });
  const taken = new Set(candidates.map(({ call }) => call));
  const strays = calls.filter((call) => !taken.has(call) && !call.command.startsWith('@on') && !isQueued(call));
  return { candidates, others, strays };
}

/** Put into somebody's pipeline or transaction: in memory alone until that is executed. */
function isQueued({ receiver, command }: RedisCall): boolean {
  return (receiver.kind === 'pipeline' || receiver.kind === 'multi') && !command.startsWith('@');
}

function candidateOf(awaited: ts.AwaitExpression, calls: readonly RedisCall[], workspace: Workspace): Candidate | undefined {
  const promise = awaited.expression;
  const core = withoutHandlers(promise);
  const inside = calls.filter((call) => promise.pos <= call.node.pos && call.node.end <= promise.end);
  const [call, ...more] = inside;
  if (call && more.length === 0) {
    if (!isOrdinary(call) || call.node !== core || call.callback) return undefined;
    const direct = call.node === unwrap(promise) && ts.isCallExpression(call.node) && !isOptional(call.node) ? call.node : undefined;
    return { awaited, promise, call, direct, helper: false, reads: isReadOnly(call.command) };
  }
  if (call || !ts.isCallExpression(core)) return undefined;
  const unit = workspace.called(core);
  const sent = unit && onlyCommand(unit, workspace, 0);
  if (!unit || !sent || !isOrdinary(sent) || !isPlainHelper(unit, workspace, 0)) return undefined;
  return { awaited, promise, call: sent, direct: undefined, helper: true, reads: isReadOnly(sent.command) };
}

/** `p` of `p.catch(f)`, `p.then(f)`. */
function withoutHandlers(promise: ts.Expression): ts.Expression {
  const inner = unwrap(promise);
  const method = ts.isCallExpression(inner) ? methodOf(inner) : undefined;
  return method && /^(?:then|catch|finally)$/.test(method.name) ? withoutHandlers(method.target) : inner;
}

/** A command of its own, neither queued nor one that blocks or changes the connection. */
function isOrdinary(call: RedisCall): boolean {
  const { kind } = call.receiver;
  if (kind === 'pipeline' || kind === 'multi' || call.command.startsWith('@')) return false;
  if (isBlocking(call.command) && (!/^XREAD/.test(call.command) || call.args.flags.has('BLOCK'))) return false;
  return !/^(?:WATCH|UNWATCH|MULTI|EXEC|DISCARD|SELECT|AUTH|HELLO|RESET|QUIT|P?SUBSCRIBE|SSUBSCRIBE|[A-Z]?UNSUBSCRIBE|MONITOR|[A-Z]?SCAN)$/.test(call.command);
}

function isOptional(call: ts.CallExpression): boolean {
  return ts.isOptionalChain(call) || call.questionDotToken !== undefined;
}

const deepest = 3;

/**
 * Whether a helper may run for many items at once: it waits for nothing but its command, keeps nothing outside of itself,
 * and hands out no promise of anybody else's.
 */
function isPlainHelper(unit: Unit, workspace: Workspace, depth: number): boolean {
  if (depth >= deepest || !isFunctionWithBody(unit)) return false;
  const { checker } = workspace;
  const calls = new Set<ts.Node>(workspace.callsIn(unit).map((call) => call.node));
  let plain = true;
  walk(unit.body, (node) => {
    if (!plain) return false;
    if (isAssignment(node) && !isLocal(node.left)) plain = false;
    else if ((ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) && isStep(node.operator) && !isLocal(node.operand)) plain = false;
    else if (ts.isForOfStatement(node) && node.awaitModifier) plain = false;
    else if (ts.isCallExpression(node) && !calls.has(node) && !isPureCall(node)) plain = mayRunAtOnce(node);
    else if (ts.isAwaitExpression(node)) plain = [...calls].some((call) => node.pos <= call.pos && call.end <= node.end) || leadsToCommand(node.expression);
    return undefined;
  });
  return plain;

  function isLocal(target: ts.Expression): boolean {
    const symbol = symbolOfUse(unwrap(target), checker);
    const declaration = symbol?.valueDeclaration;
    return declaration !== undefined && unit.pos <= declaration.pos && declaration.end <= unit.end;
  }

  function leadsToCommand(expression: ts.Expression): boolean {
    const core = withoutHandlers(expression);
    return ts.isCallExpression(core) && workspace.called(core) !== undefined && mayRunAtOnce(core);
  }

  /** A call that waits for nothing, or a helper as plain as this one. */
  function mayRunAtOnce(call: ts.CallExpression): boolean {
    const method = methodOf(call);
    if (method && /^(?:then|catch|finally)$/.test(method.name)) return true;
    const inner = workspace.called(call);
    if (inner && onlyCommand(inner, workspace, 0)) return isPlainHelper(inner, workspace, depth + 1);
    const type = checker.getTypeAtLocation(call);
    // Of a function that is not known, only what nobody waits for.
    if (type.flags & ts.TypeFlags.Any) return ts.isExpressionStatement(call.parent) || isCallOfParameter(call);
    return checker.getPropertyOfType(type, 'then') === undefined;
  }

  /** `resolve(value)`, `reject(err)`. */
  function isCallOfParameter(call: ts.CallExpression): boolean {
    const symbol = symbolOfUse(unwrap(call.expression), checker);
    return symbol?.valueDeclaration !== undefined && ts.isParameter(symbol.valueDeclaration);
  }
}

/**
 * The name of `const raw = await command;`, or of a `let` that stays as it is: what the reply may be called where the statement
 * goes away. Undefined where the statement does more.
 */
export function replyName({ awaited }: Candidate, checker: ts.TypeChecker): { name: ts.Identifier; statement: ts.VariableStatement } | undefined {
  const declaration = awaited.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || declaration.type || declaration.initializer !== awaited) return undefined;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1 || !(list.flags & ts.NodeFlags.BlockScoped) || !ts.isVariableStatement(list.parent)) return undefined;
  return isReassigned(declaration.name, checker) ? undefined : { name: declaration.name, statement: list.parent };
}
