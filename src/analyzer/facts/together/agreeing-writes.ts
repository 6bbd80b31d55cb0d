/** Two writes of one pipeline that must agree: a transfer, a move, an entity and the index that names it. */
import ts from 'typescript';
import { patternText } from '../../../redis/key-pattern.ts';
import { methodOf, some, unwrap } from '../code/ast.ts';
import { constantText, identityOf, isConst, keyPattern } from '../code/fold.ts';
import { onOnePath } from '../code/paths.ts';
import { isTransaction, queueOf, type Queue } from '../calls/queue.ts';
import { queuedWords } from '../calls/queued-lists.ts';
import type { RedisCall } from '../calls/redis-call.ts';

/** A command on a queue, called there or given in a list. */
export interface QueuedWrite {
  command: string;
  /** What stands for it: the call, or the list. */
  node: ts.Node;
  nameNode: ts.Node;
  key: ts.Expression;
  /** As `KeyArgument.identity`. */
  identity: string;
  /** After the key. */
  args: readonly ts.Expression[];
}

export interface AgreeingWrites {
  queue: Queue;
  /** A call on the queue, or the one that makes it. */
  like: RedisCall;
  first: QueuedWrite;
  second: QueuedWrite;
}

const adds = /^(?:SADD|ZADD|LPUSH|RPUSH|HSET|HMSET|HSETNX|SET|JSON\.SET)$/;
const takes = /^(?:SREM|ZREM|LREM|HDEL|DEL|UNLINK|JSON\.DEL)$/;
const entities = /^(?:HSET|HMSET|SET|JSON\.SET|DEL|UNLINK|JSON\.DEL)$/;
const wholes = /^(?:DEL|UNLINK|JSON\.DEL)$/;

/** At most one pair for each queue that is no transaction, the earliest in the text. Those within a loop are left out: one MULTI of very many holds the server. */
export function agreeingWrites(calls: readonly RedisCall[], checker: ts.TypeChecker): AgreeingWrites[] {
  const queues = new Map<ts.Node, { queue: Queue; like: RedisCall; writes: QueuedWrite[] }>();
  for (const call of calls) {
    const isMade = call.command === '@pipeline' && ts.isCallExpression(call.node);
    const queued = call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi';
    if ((!isMade && !queued) || !ts.isCallExpression(call.node) || (queued && call.command.startsWith('@'))) continue;
    const queue = queueOf(call.node);
    if (!queue) continue;
    let known = queues.get(queue.made);
    if (!known) queues.set(queue.made, (known = { queue, like: call, writes: isMade ? listedWrites(call, checker) : [] }));
    const write = queued && call.loop === undefined ? calledWrite(call) : undefined;
    if (write) known.writes.push(write);
  }
  return [...queues.values()].flatMap(({ queue, like, writes }) => {
    const pair = writes.length > 1 && !isTransaction(queue) ? pairAmong(writes, checker) : undefined;
    return pair ? [{ queue, like, ...pair }] : [];
  });
}

function calledWrite(call: RedisCall): QueuedWrite | undefined {
  const [key] = call.args.keys;
  // What expires by itself is a cache's.
  if (!key || call.args.ttl || call.args.keys.length > 1) return undefined;
  const args = call.args.list.filter((argument) => argument !== key.node);
  return { command: call.command, node: call.node, nameNode: call.nameNode, key: key.node, identity: key.identity, args };
}

function listedWrites(made: RedisCall, checker: ts.TypeChecker): QueuedWrite[] {
  return queuedWords(made, checker).flatMap(([name, key, ...args]) => {
    const command = name && constantText(name, checker)?.toUpperCase();
    return name && key && command !== undefined ? [{ command, node: name, nameNode: name, key, identity: identityOf(keyPattern(key, checker)), args }] : [];
  });
}

function pairAmong(writes: readonly QueuedWrite[], checker: ts.TypeChecker): Pick<AgreeingWrites, 'first' | 'second'> | undefined {
  for (const [index, first] of writes.entries()) {
    for (const second of writes.slice(index + 1)) {
      if (first.identity === second.identity || !onOnePath(first.node, second.node)) continue;
      if (isTransfer(first, second) || isMove(first, second) || isIndexed(first, second, checker) || isIndexed(second, first, checker) || isReciprocal(first, second, checker)) return { first, second };
    }
  }
  return undefined;
}

const textOf = (node: ts.Expression | undefined): string | undefined => node && unwrap(node).getText();

/** `decrby(from, n)`, `incrby(to, n)`: what one loses the other gains. */
function isTransfer(first: QueuedWrite, second: QueuedWrite): boolean {
  const [one, other] = [amountOf(first), amountOf(second)];
  return one !== undefined && other !== undefined && one.amount === other.amount && one.isLoss !== other.isLoss;
}

function amountOf({ command, args }: QueuedWrite): { amount: string; isLoss: boolean } | undefined {
  const node = command === 'ZINCRBY' || /^(?:IN|DE)CRBY(?:FLOAT)?$/.test(command) ? args[0] : /^HINCRBY/.test(command) ? args[1] : undefined;
  const inner = node && unwrap(node);
  if (!inner) return undefined;
  const isNegative = ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.MinusToken;
  return { amount: isNegative ? inner.operand.getText() : inner.getText(), isLoss: isNegative !== command.startsWith('DECR') };
}

/** `lrem(pending, 1, id)`, `lpush(running, id)`: a member leaves one key and enters another. */
function isMove(first: QueuedWrite, second: QueuedWrite): boolean {
  const [out, into] = takes.test(first.command) ? [first, second] : [second, first];
  if (!takes.test(out.command) || wholes.test(out.command) || !/^(?:SADD|ZADD|LPUSH|RPUSH|HSET|HSETNX)$/.test(into.command)) return false;
  const member = textOf(out.command === 'LREM' ? out.args[1] : out.args[0]);
  return member !== undefined && valuesOf(into.args).includes(member);
}

/** `hset(order:<id>, …)`, `sadd(customer:<…>:orders, id)`: the one holds what the other names. */
function isIndexed(entity: QueuedWrite, index: QueuedWrite, checker: ts.TypeChecker): boolean {
  if (!entities.test(entity.command) || wholes.test(index.command)) return false;
  if (!(adds.test(entity.command) && adds.test(index.command)) && !(takes.test(entity.command) && takes.test(index.command))) return false;
  // What both keys begin with is whose they are, `${to}:message:${id}` and `${to}:queue`, or a prefix that says what the entity is.
  const owner = ownerOf(entity.key, checker);
  const isOfOne = owner !== undefined && owner === ownerOf(index.key, checker) && (!isPrefix(owner) || !/[A-Za-z]/.test(patternText(keyPattern(entity.key, checker))));
  if (!isOfOne && !namesKind(index.key, entity.key, checker)) return false;
  const parts = keyExpressions(entity.key, checker);
  return valuesOf(index.args).some((value) => parts.has(value) && !(isOfOne && value === owner));
}

/** Of a whole application or store, not of one item. */
const isPrefix = (owner: string): boolean => owner.startsWith('this.') || /(?:prefix|namespace|base|root|keyspace|ns|env)$/i.test(owner);

const members = /^(?:SADD|ZADD|SREM|ZREM)$/;

/** `sadd(topic:<a>, b)`, `sadd(subscriber:<b>, a)`: the two sides of one relation. */
function isReciprocal(first: QueuedWrite, second: QueuedWrite, checker: ts.TypeChecker): boolean {
  if (!members.test(first.command) || !members.test(second.command) || adds.test(first.command) !== adds.test(second.command)) return false;
  const names = (one: QueuedWrite, other: QueuedWrite): boolean => {
    const parts = keyExpressions(one.key, checker);
    return valuesOf(other.args).some((value) => parts.has(value));
  };
  return names(first, second) && names(second, first);
}

/** The expression that a key begins with, as text, where it begins with one: `meta.prefix + id`. */
function ownerOf(key: ts.Expression, checker: ts.TypeChecker): string | undefined {
  let node = unwrap(writtenKey(key, checker));
  while (ts.isBinaryExpression(node)) node = unwrap(node.left);
  if (ts.isTemplateExpression(node)) {
    const [first] = node.templateSpans;
    return node.head.text === '' && first ? first.expression.getText() : undefined;
  }
  return node !== unwrap(key) && (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && constantText(node, checker) === undefined ? node.getText() : undefined;
}

/** The index says of what it is one: `customer:7:orders` of `order:1`, or that it is one: `users:by-mail`. */
function namesKind(index: ts.Expression, entity: ts.Expression, checker: ts.TypeChecker): boolean {
  const name = patternText(keyPattern(index, checker));
  const kind = /^[A-Za-z]{3,}/.exec(patternText(keyPattern(entity, checker)))?.[0].toLowerCase().replace(/(?:ies|y|s)$/, '');
  return kind !== undefined && (name.toLowerCase().includes(kind) || /(?:^|[:._-])(?:index|idx|by[-_:A-Z]|lookup|all\b)/.test(name));
}

/** The variables and properties that a key is made of, as text, and the key as it is written. */
function keyExpressions(key: ts.Expression, checker: ts.TypeChecker): ReadonlySet<string> {
  const found = new Set<string>([key.getText()]);
  const add = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) found.add(node.getText());
    else if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, add);
  };
  add(writtenKey(key, checker));
  return found;
}

/** A key, or what the constant is that stands for it. */
function writtenKey(key: ts.Expression, checker: ts.TypeChecker): ts.Expression {
  const inner = unwrap(key);
  const declaration = ts.isIdentifier(inner) ? checker.getSymbolAtLocation(inner)?.valueDeclaration : undefined;
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && isConst(declaration) ? declaration.initializer : inner;
}

/** The arguments that stand for something, as text: literals left out, node-redis's `{ score, value }` and lists taken apart. */
function valuesOf(args: readonly ts.Expression[]): string[] {
  return args.flatMap((argument): string[] => {
    const inner = unwrap(argument);
    if (ts.isObjectLiteralExpression(inner)) return inner.properties.flatMap((property) => (ts.isPropertyAssignment(property) ? valuesOf([property.initializer]) : ts.isShorthandPropertyAssignment(property) ? [property.name.text] : []));
    if (ts.isArrayLiteralExpression(inner)) return valuesOf(inner.elements);
    if (ts.isCallExpression(inner) && /^(?:String|toString)$/.test(methodOf(inner)?.name ?? inner.expression.getText())) return valuesOf(inner.arguments.length > 0 ? inner.arguments : [methodOf(inner)?.target ?? inner]);
    return ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) || (ts.isTemplateExpression(inner) && some(inner, ts.isIdentifier)) ? [inner.getText()] : [];
  });
}
