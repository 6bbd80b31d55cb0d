/**
 * Commands in a row, statement by statement in one block, each waited for before the next is sent though none needs another's reply.
 * RULES.md, `sequential-commands`, is the contract.
 */
import ts from 'typescript';
import { commandInfo, isBlocking, isWrite } from '../../../redis/commands.ts';
import { enclosingStatement, isAssignment, some, unwrap, walk } from '../code/ast.ts';
import { givesPromise } from '../calls/promised.ts';
import type { KeyArgument, RedisCall } from '../calls/redis-call.ts';

export interface CommandOfRun {
  call: RedisCall;
  statement: ts.ExpressionStatement | ts.VariableStatement;
  awaited: ts.AwaitExpression;
}

/** About no key, and answered at once all the same. */
const keyless = new Set(['INFO', 'DBSIZE', 'LASTSAVE']);

/** Fewer are not worth a word. */
const fewest = 3;

/** Take something away: sent only once what comes before them is known to have worked. */
const removals = new Set(['DEL', 'UNLINK', 'SREM', 'ZREM', 'LREM', 'HDEL', 'SPOP', 'LPOP', 'RPOP', 'ZPOPMIN', 'ZPOPMAX', 'GETDEL', 'RENAME', 'RENAMENX', 'XDEL', 'XTRIM', 'JSON.DEL', 'SMOVE', 'LMOVE', 'RPOPLPUSH', 'XACK', 'PERSIST']);
/** Begin or end something that has an order of its own, or answer only now and then. */
const never = /^(?:SETNX|HSETNX|MSETNX|.*SCAN|EVAL.*|FCALL.*|WATCH|XREAD.*|XGROUP.*|XCLAIM|XAUTOCLAIM|MIGRATE|OBJECT.*|DUMP|RESTORE|SORT.*|KEYS|PUBLISH|SPUBLISH)$/;
/** A key or a field that tells others that something is done: written last on purpose. */
const marker = /^(?:.*[-_.])?(?:heartbeat|ready|done|completed?|finished|marker|version|state|status|latest|current|checkpoint|cursor|offset|watermark|initiali[sz]ed|loaded|synced|epoch|flag|sentinel|generation|is[A-Z]\w*|last[-_A-Z]?\w*|updated[-_]?[aA]t)$/;

/** The runs of a region, each of three commands or more. */
export function* commandRuns(calls: readonly RedisCall[], checker: ts.TypeChecker): Iterable<readonly CommandOfRun[]> {
  const byStatement = new Map<ts.Statement, CommandOfRun>();
  const lists = new Set<ts.Node>();
  for (const call of calls) {
    const one = call.use.kind === 'awaited' ? commandOfRun(call, calls) : undefined;
    if (!one) continue;
    byStatement.set(one.statement, one);
    lists.add(one.statement.parent);
  }
  for (const list of lists) {
    if (byStatement.size < fewest || !(ts.isBlock(list) || ts.isSourceFile(list) || ts.isCaseOrDefaultClause(list) || ts.isModuleBlock(list))) continue;
    let run: CommandOfRun[] = [];
    for (const statement of list.statements) {
      const one = byStatement.get(statement);
      if (one && run.every((before) => areIndependent(before, one, checker)) && mayFollow(run, one)) run.push(one);
      else {
        if (run.length >= fewest) yield run;
        run = one ? [one] : [];
      }
    }
    if (run.length >= fewest) yield run;
  }
}

/** `await r.incr(k);`, `const a = await r.get(k);`, `const n = Number(await r.get(k));`: one command, and nothing else that does anything. */
function commandOfRun(call: RedisCall, calls: readonly RedisCall[]): CommandOfRun | undefined {
  if (!isOrdinary(call)) return undefined;
  const statement = enclosingStatement(call.node);
  const awaited = unwrap(call.use.value);
  if (!(ts.isExpressionStatement(statement) || ts.isVariableStatement(statement)) || !ts.isAwaitExpression(awaited) || unwrap(awaited.expression) !== call.node) return undefined;
  if (ts.isExpressionStatement(statement) ? !isPlain(statement.expression, awaited) : statement.declarationList.declarations.length !== 1) return undefined;
  if (some(statement, (node) => (ts.isAwaitExpression(node) && node !== awaited) || ts.isYieldExpression(node) || (ts.isCallExpression(node) && node !== call.node && !isWithin(node, call.node) && !isConversion(node)))) return undefined;
  if (calls.some((other) => other !== call && isWithin(other.node, statement))) return undefined;
  return isSometimes(awaited, statement) ? undefined : { call, statement, awaited };
}

const isWithin = (node: ts.Node, outer: ts.Node): boolean => outer.pos <= node.pos && node.end <= outer.end && node !== outer;

const isPlain = (expression: ts.Expression, awaited: ts.Expression): boolean => {
  const inner = unwrap(expression);
  return inner === awaited || (isAssignment(inner) && inner.operatorToken.kind === ts.SyntaxKind.EqualsToken);
};

const isConversion = (call: ts.CallExpression): boolean => /^(?:Number|String|Boolean|BigInt|parseInt|parseFloat|(?:JSON|Object|Math|Array|Number)\.\w+)$/.test(call.expression.getText());

/** `const a = cached ?? (await r.get(k));` may send nothing. */
function isSometimes(awaited: ts.Node, statement: ts.Statement): boolean {
  for (let at = awaited; at !== statement; at = at.parent) {
    const { parent } = at;
    if (ts.isFunctionLike(parent) || (ts.isConditionalExpression(parent) && parent.condition !== at)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^(?:&&|\|\||\?\?)/.test(parent.operatorToken.getText())) return true;
  }
  return false;
}

/** A command about keys, of its own round trip, which answers at once. */
function isOrdinary(call: RedisCall): boolean {
  const { command, receiver, args, callback } = call;
  if (!givesPromise(call)) return false;
  if (receiver.kind === 'pipeline' || receiver.kind === 'multi' || receiver.identity === '' || callback || command.startsWith('@')) return false;
  if (args.keys.length === 0 && !keyless.has(command)) return false;
  if (isBlocking(command) || never.test(command) || (command === 'SET' && args.flags.has('NX'))) return false;
  const info = commandInfo(command);
  return info !== undefined && !info.flags.includes('admin') && !(isWrite(command) && isMarked(args.keys, command, args.list));
}

/** Whether a write tells others that something is done or held. */
function isMarked(keys: readonly KeyArgument[], command: string, list: readonly ts.Expression[]): boolean {
  for (const { pattern: { parts } } of keys) {
    if (parts.some((part) => 'literal' in part && /\b(?:lock|mutex|lease)s?\b/i.test(part.literal))) return true;
    const last = parts.at(-1);
    const segment = last && 'literal' in last ? last.literal.split(/[:/|]/).at(-1) : undefined;
    if (segment !== undefined && marker.test(segment)) return true;
  }
  if (command !== 'HSET' && command !== 'HMSET') return false;
  const [, field, , ...more] = list;
  if (!field) return false;
  const inner = unwrap(field);
  if (ts.isStringLiteralLike(inner)) return more.length === 0 && marker.test(inner.text);
  return ts.isObjectLiteralExpression(inner) && inner.properties.length > 0 && inner.properties.every(({ name }) => name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && marker.test(name.text));
}

/** What takes away comes only after others that do: were one of those before it lost, it must not be sent. */
const mayFollow = (run: readonly CommandOfRun[], { call }: CommandOfRun): boolean => !removals.has(call.command) || run.every((before) => removals.has(before.call.command));

/** Of one client, and the later one mentions nothing that the earlier one gives; where commands may overtake each other, of other keys too. */
function areIndependent(first: CommandOfRun, second: CommandOfRun, checker: ts.TypeChecker): boolean {
  const [one, other] = [first.call, second.call];
  if (one.receiver.identity !== other.receiver.identity || one.receiver.node?.getText() !== other.receiver.node?.getText() || usesOutcome(second.statement, first.statement, checker)) return false;
  const keepsOrder = one.receiver.kind === 'client' && !one.receiver.maybeCluster;
  const onlyRead = !isWrite(one.command) && !isWrite(other.command);
  return keepsOrder || onlyRead || !one.args.keys.some((key) => other.args.keys.some(({ identity }) => identity === key.identity || identity.includes('{?') || key.identity.includes('{?')));
}

/** Whether a statement mentions what an earlier one declares or sets. */
function usesOutcome(statement: ts.Statement, earlier: CommandOfRun['statement'], checker: ts.TypeChecker): boolean {
  const names: ts.Identifier[] = [];
  if (ts.isVariableStatement(earlier)) {
    for (const { name } of earlier.declarationList.declarations) collectNames(name, names);
  } else if (isAssignment(unwrap(earlier.expression))) {
    const target = (unwrap(earlier.expression) as ts.BinaryExpression).left;
    const look = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) names.push(node);
      ts.forEachChild(node, look);
    };
    look(target);
  }
  let found = false;
  walk(statement, (node) => {
    const same = ts.isIdentifier(node) ? names.filter((name) => name.text === node.text) : [];
    if (same.length > 0 && ts.isIdentifier(node)) {
      const symbol = ts.isShorthandPropertyAssignment(node.parent) ? checker.getShorthandAssignmentValueSymbol(node.parent) : checker.getSymbolAtLocation(node);
      found ||= symbol === undefined || same.some((name) => checker.getSymbolAtLocation(name) === symbol);
    }
    return !found;
  });
  return found;
}

function collectNames(name: ts.BindingName, names: ts.Identifier[]): void {
  if (ts.isIdentifier(name)) names.push(name);
  else for (const element of name.elements) if (ts.isBindingElement(element)) collectNames(element.name, names);
}
