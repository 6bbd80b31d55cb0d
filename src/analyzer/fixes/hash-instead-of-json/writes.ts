/** A SET of an object's JSON: in which way it is written anew, or why it cannot be. */
import ts from 'typescript';
import { isAssignment, methodOf, unwrap, wrapped } from '../../facts/code/ast.ts';
import { withNode } from '../../facts/calls/collect-calls.ts';
import { constantText } from '../../facts/code/fold.ts';
import type { JsonWrite } from '../../facts/values/json-write.ts';
import type { RedisCall, TtlUnit } from '../../facts/calls/redis-call.ts';
import { referencesTo } from '../../facts/code/references.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { nextStatement } from '../text/edits.ts';
import { fieldChanges, type Changes } from './changes.ts';
import type { Obstacle } from './obstacle.ts';
import { repliesInTheWay } from './queue-replies.ts';
import { hasLooseComments } from './reads.ts';
import { isWholeClient } from './target.ts';

export interface PlannedWrite {
  write: JsonWrite;
  call: RedisCall;
  node: ts.CallExpression;
  /** What SET is called on. */
  target: ts.Expression;
  key: ts.Expression;
  /** The argument that held the text. */
  text: ts.Expression;
  value: ts.Expression;
  ttl: { unit: Exclude<TtlUnit, 'KEEPTTL'>; node: ts.Expression } | 'keep' | undefined;
  /** The EXPIRE after it, which is sent with it. */
  expire: ts.Statement | undefined;
  queued: boolean;
  changes: Changes | undefined;
  /** `const body = JSON.stringify(user)`, where nothing else uses it. */
  unusedText: ts.VariableStatement | undefined;
}

/** How many arguments SET and its kin take without a TTL. */
const argumentCount: Readonly<Record<string, number>> = { SET: 2, SETEX: 3, PSETEX: 3 };

export function planWrite(write: JsonWrite, workspace: Workspace): PlannedWrite | Obstacle {
  const { call, keyNode: key, text: json } = write;
  const { node, args } = call;
  const { checker } = workspace;
  const no = (reason: string, at: ts.Node = call.nameNode): Obstacle => ({ node: at, reason });
  const site = write.wrappers.at(-1);
  if (site) return no('stores it through a wrapper that stores other values too', site);
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  const [flag] = args.flags;
  if (flag !== undefined) return no(flag === '...' ? 'takes options that are not known here' : `depends on ${flag}, which a hash does not have`);
  const count = argumentCount[call.command];
  if (count === undefined) return no(`stores it by ${call.command}`);
  if (!ts.isCallExpression(node) || !method || !args.value || call.spelling === 'alias' || call.callback || ts.isOptionalChain(node) || /Buffer$/.test(method.name) || !isFirst(call, node, key)) return no('is in a form that cannot be written anew');
  if (call.receiver.kind === 'pipeline') return no('is queued in a pipeline, where DEL and HSET are not one step');
  if (call.receiver.kind === 'pool' || (call.dialect === 'node-redis' && call.major < 4)) return no('uses a client without promises and transactions');
  const queued = call.receiver.kind === 'multi';
  if (!queued && !isWholeClient(method.target, checker)) return no('uses a client of a type of its own');
  const ttl = ttlOf(call, count, checker);
  if (ttl === 'unknown') return no('gives options that cannot be told here');
  const replacer = json.stringify.arguments[1];
  if (replacer && replacer.getText() !== 'null' && replacer.getText() !== 'undefined') return no('leaves fields out by a replacer', replacer);
  const value = availableValue(write, args.value, checker);
  if ('reason' in value) return value;
  if (hasLooseComments(node, [key, json.variable ? args.value : value.value], method.nameNode.getStart())) return no('has a comment between its arguments');
  if (queued) {
    if (args.keys[0]?.identity.includes('{?') ?? true) return no('is queued with a key that cannot be named twice', key);
    const inTheWay = repliesInTheWay(withNode(call, node), checker);
    if (inTheWay) return inTheWay;
  }
  const changes = queued ? undefined : fieldChanges(write, workspace);
  if (ttl === 'keep' && !changes) return no('keeps the time to live that the key has');
  const expire = ttl === undefined && !queued ? expireAfter(call, node, workspace) : undefined;
  return { write, call, node, target: method.target, key, text: args.value, ...value, ttl: expire?.ttl ?? ttl, expire: expire?.statement, queued, changes };
}

/** Not after options: `client.set(commandOptions({ … }), key, value)`. */
function isFirst(call: RedisCall, node: ts.CallExpression, key: ts.Expression): boolean {
  return call.spelling === 'raw' || node.arguments[0] === key;
}

function ttlOf(call: RedisCall, count: number, checker: ts.TypeChecker): PlannedWrite['ttl'] | 'unknown' {
  const { ttl, list, options } = call.args;
  const given = list.length - count;
  if (options && !ts.isObjectLiteralExpression(unwrap(options))) return 'unknown';
  if (ttl?.unit === 'KEEPTTL') return given > (options ? 0 : 1) ? 'unknown' : 'keep';
  if (!ttl) return given > 0 || options ? 'unknown' : undefined;
  if (!ttl.node || given > (options || call.command !== 'SET' ? 0 : 2)) return 'unknown';
  const type = checker.getTypeAtLocation(ttl.node);
  const isNumber = (one: ts.Type): boolean => (one.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.Any | ts.TypeFlags.Undefined)) !== 0;
  return (type.isUnion() ? type.types : [type]).every(isNumber) ? { unit: ttl.unit as Exclude<TtlUnit, 'KEEPTTL'>, node: ttl.node } : 'unknown';
}

/** The object, where it can be named at the command itself. */
function availableValue(write: JsonWrite, text: ts.Expression, checker: ts.TypeChecker): Pick<PlannedWrite, 'value' | 'unusedText'> | Obstacle {
  const { value, variable, serialiser, parameter } = write.text;
  if (serialiser && !parameter) return { node: serialiser, reason: 'stores what a serialiser makes of the object' };
  if (!variable) return { value, unusedText: undefined };
  const object = unwrap(value);
  const declared = ts.isIdentifier(object) ? checker.getSymbolAtLocation(object)?.valueDeclaration : undefined;
  const sameScope = variable.getSourceFile() === text.getSourceFile() && ts.isIdentifier(variable.name);
  if (!sameScope || !declared || !('name' in declared) || !ts.isIdentifier(declared.name as ts.Node) || referencesTo(declared.name as ts.Identifier, checker).some(isChanged)) {
    return { node: variable, reason: 'keeps the JSON of an object that may change before it is stored' };
  }
  const uses = referencesTo(variable.name as ts.Identifier, checker);
  const statement = variable.parent.parent;
  const unused = uses.length === 1 && ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1 ? statement : undefined;
  return { value, unusedText: unused };
}

/** Given away, or assigned to, itself or in a field. */
function isChanged(reference: ts.Identifier): boolean {
  let at: ts.Expression = wrapped(reference);
  while ((ts.isPropertyAccessExpression(at.parent) || ts.isElementAccessExpression(at.parent)) && at.parent.expression === at) at = wrapped(at.parent);
  const { parent } = at;
  if (isAssignment(parent)) return parent.left === at;
  return ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent) || ts.isDeleteExpression(parent);
}

function expireAfter(call: RedisCall, node: ts.CallExpression, workspace: Workspace): { statement: ts.Statement; ttl: Exclude<PlannedWrite['ttl'], 'keep'> } | undefined {
  const awaited = wrapped(node).parent;
  if (!ts.isAwaitExpression(awaited) || !ts.isExpressionStatement(awaited.parent)) return undefined;
  const next = nextStatement(awaited.parent);
  if (!next || !ts.isExpressionStatement(next) || !ts.isAwaitExpression(next.expression)) return undefined;
  const inner = unwrap(next.expression.expression);
  const expire = workspace.factsOf(call.sourceFile.fileName)?.calls.find((one) => one.node === inner);
  const ttl = expire?.args.ttl;
  if (!expire || !/^P?EXPIRE(?:AT)?$/.test(expire.command) || !ttl?.node || ttl.unit === 'KEEPTTL' || expire.args.flags.size > 0 || expire.args.list.length !== 2) return undefined;
  const [one, other] = [call.args.keys[0]?.identity, expire.args.keys[0]?.identity];
  if (one === undefined || one !== other || one.includes('{?') || expire.receiver.identity !== call.receiver.identity) return undefined;
  // Its TTL is worked out before the SET is sent now: only a constant may change places with it.
  return constantText(ttl.node, workspace.checker) === undefined ? undefined : { statement: next, ttl: { unit: ttl.unit, node: ttl.node } };
}
