/** Collections that only ever grow: something is added, and nothing in the workspace takes away, trims, or lets them expire. */
import ts from 'typescript';
import { isTestOrScript } from '../../test-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap } from '../code/ast.ts';
import { constantText, isConst, resolveAlias } from '../code/fold.ts';
import { expiries, isOfOneFunction, mayGiveTtl } from './key-lifetime.ts';
import { keyTypeOf } from './key-type.ts';
import { unknownUses, usesOfSameKeys, type KeyUse } from './key-uses.ts';
import { oncePer } from '../code/once-per.ts';
import type { RedisCall } from '../calls/redis-call.ts';

const adding: ReadonlySet<string> = new Set(['LPUSH', 'RPUSH', 'LPUSHX', 'RPUSHX', 'SADD', 'ZADD', 'ZINCRBY', 'XADD']);
const takingAway = /^(?:LTRIM|B?[LR]POP|B?[LZ]MPOP|B?LMOVE|B?RPOPLPUSH|LREM|SREM|SPOP|SMOVE|ZREM|ZREMRANGEBY\w+|B?ZPOP(?:MIN|MAX)|XTRIM|XDEL|XDELEX|XACKDEL|GEORADIUS\w*|[SZ](?:UNION|INTER|DIFF)STORE|ZRANGESTORE)$/;
const removing: ReadonlySet<string> = new Set(['DEL', 'UNLINK', 'RENAME', 'RENAMENX']);

/** Adds what is not known beforehand, without a bound of its own. */
export const isAdding = (call: RedisCall, { checker }: Pick<Workspace, 'checker'>): boolean => adding.has(call.command) && !call.args.flags.has('XX') && addsUnknown(call, checker);

const addsUnknown = oncePer((call: RedisCall, checker: ts.TypeChecker): boolean => (call.command === 'XADD' ? !isCapped(call, checker) : !addsKnownMembers(call, checker)));

/**
 * A command that adds to the keys of a use, where those grow without limit in this workspace.
 * @param evenIfRemoved whether a DEL of the whole is no limit
 */
export function growthOf(use: KeyUse, workspace: Workspace, evenIfRemoved = false): KeyUse | undefined {
  // What is done to `chat:${room}` is not done to `chat:abuse`, unless the name of the hole says that it may be anything.
  const near = usesOfSameKeys(use, workspace).filter((one) => one.pattern === use.pattern || use.pattern.includes('*') || one.reach.includes('**'));
  // What is removed and added to in one function is made anew there.
  const isRebuilt = (add: KeyUse): boolean => near.some((one) => removing.has(one.call.command) && one.pattern === add.pattern && isOfOneFunction(one, add));
  const growing = near.filter((one) => one.pattern === use.pattern && !one.listed && isAdding(one.call, workspace) && !isRebuilt(one) && !isOfScript(one, workspace));
  const [first] = growing;
  if (!first) return undefined;
  const type = keyTypeOf(first.call.command);
  const takes = ({ command }: RedisCall): boolean => takingAway.test(command) && (keyTypeOf(command) ?? type) === type;
  if (near.some(({ call }) => takes(call) || mayGiveTtl(call, workspace) || (!evenIfRemoved && removing.has(call.command)) || (type === 'stream' && isCappedAdd(call, workspace)))) return undefined;
  // A queue is drained by whoever is told its name; what expires close by may well be this.
  const drained = unknownUses(workspace).some((call) => takes(call) || (expiries.has(call.command) && growing.some((one) => one.call.sourceFile === call.sourceFile)));
  return drained ? undefined : (growing.find((one) => one.call === use.call) ?? first);
}

/** Runs once: a seed, a migration. */
const isOfScript = ({ anchor }: KeyUse, { root }: Workspace): boolean => {
  const { fileName, text } = anchor.getSourceFile();
  return isTestOrScript(fileName.slice(root.length + 1), text);
};

const isCappedAdd = (call: RedisCall, { checker }: Workspace): boolean => call.command === 'XADD' && isCapped(call, checker);

/** MAXLEN, MINID or TRIM among the arguments, or arguments that are not known. */
export const isCapped = oncePer(({ args, dialect, major, spelling }: RedisCall, checker: ts.TypeChecker): boolean => {
  if (['MAXLEN', 'MINID', 'TRIM'].some((flag) => args.flags.has(flag)) || args.list.some(ts.isSpreadElement)) return true;
  if (dialect === 'ioredis' || major < 4 || spelling === 'raw') return args.list.slice(1, 3).some((one) => /^(?:MAXLEN|MINID)$/i.test(constantText(one, checker) ?? ''));
  const options = args.list[3] && unwrap(args.list[3]);
  return options !== undefined && !(ts.isObjectLiteralExpression(options) && options.properties.every((one) => ts.isPropertyAssignment(one) && !/^['"]?TRIM/.test(one.name.getText())));
});

function addsKnownMembers({ command, args }: RedisCall, checker: ts.TypeChecker): boolean {
  // Of ZINCRBY the last, behind what it adds to the score.
  const given = args.list.slice(command === 'ZINCRBY' ? 2 : 1).flatMap((one) => elementsOf(one, checker));
  const members = command === 'ZADD' ? scored(given, checker) : given;
  return members.length > 0 && members.every((one) => isKnown(one, checker));
}

/** Of score and member in turn, or of `{ score, value }`. */
function scored(given: readonly ts.Expression[], checker: ts.TypeChecker): ts.Expression[] {
  const objects = given.map(unwrap).filter(ts.isObjectLiteralExpression);
  if (objects.length > 0) return objects.flatMap(({ properties }) => properties.flatMap((one) => (one.name?.getText() === 'value' ? [ts.isPropertyAssignment(one) ? one.initializer : (one.name as ts.Identifier)] : [])));
  return given.filter((one) => !/^(?:NX|XX|GT|LT|CH|INCR)$/i.test(constantText(one, checker) ?? '')).filter((_, index) => index % 2 === 1);
}

/** `['a', 'b']`, `...ROLES` where that is a constant list. */
function elementsOf(expression: ts.Expression, checker: ts.TypeChecker): ts.Expression[] {
  const node = unwrap(ts.isSpreadElement(expression) ? expression.expression : expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((one) => elementsOf(one, checker));
  const declaration = ts.isIdentifier(node) ? resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return made && ts.isArrayLiteralExpression(made) ? made.elements.flatMap((one) => elementsOf(one, checker)) : [node];
}

/** One of a few texts: a literal, or of a type that lists them. */
function isKnown(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (constantText(node, checker) !== undefined) return true;
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
  const type = checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).every((one) => one.isLiteral() || (one.flags & (ts.TypeFlags.BooleanLiteral | ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0);
}

/** What is added is an event, not a thing that there is one of: its members are made of the time, or anew each time. */
export function addsEvents(call: RedisCall, { checker }: Pick<Workspace, 'checker'>): boolean {
  if (call.command !== 'SADD' && call.command !== 'ZADD' && call.command !== 'ZINCRBY') return true;
  const given = call.args.list.slice(call.command === 'ZINCRBY' ? 2 : 1).flatMap((one) => elementsOf(one, checker));
  return (call.command === 'ZADD' ? scored(given, checker) : given).some((one) => /\bnow\b|\bDate\b|timestamp|\bgetTime\b|random|\bu{1,2}id(?:v4)?\(|nanoid/i.test(one.getText()));
}
