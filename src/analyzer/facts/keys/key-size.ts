/** How much stands under a key, as far as the workspace says: a few named fields, literal members, a list that is trimmed. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf, unwrap } from '../code/ast.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import { constantText } from '../code/fold.ts';
import { elementKeys } from './json-keys.ts';
import { isAdding, isCapped } from './key-growth.ts';
import { keyTypeOf } from './key-type.ts';
import { usesOfSameKeys, type KeyUse } from './key-uses.ts';
import { oncePer } from '../code/once-per.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { usesOfSameName } from './named-key.ts';
import { referencesTo } from '../code/references.ts';
import { replyValues } from '../replies/reply-values.ts';

const hashWrites: ReadonlySet<string> = new Set(['HSET', 'HMSET', 'HSETNX', 'HINCRBY', 'HINCRBYFLOAT', 'HSETEX']);
const adds: ReadonlySet<string> = new Set(['LPUSH', 'RPUSH', 'LPUSHX', 'RPUSHX', 'SADD', 'ZADD', 'XADD']);
const keepsShort = /^(?:LTRIM|XTRIM|ZREMRANGEBYRANK|ZREMRANGEBYSCORE|SPOP)$/;

/** `few`: all that the workspace writes there is bounded. `open`: something is not. `unknown`: it writes nothing there, or what it cannot be told of. */
export type Size = 'few' | 'open' | 'unknown';

export function sizeOf(use: KeyUse, workspace: Workspace): Size {
  const near = usesOfSameKeys(use, workspace);
  const same = near.filter(({ pattern }) => pattern === use.pattern).map(({ call }) => call);
  return sizeAmong(use.call, same, near.map(({ call }) => call), use.pattern.includes('*'), workspace);
}

/** The same of a key that is known by name alone, as far as its file says. */
export function sizeOfNamed(call: RedisCall, workspace: Workspace): Size {
  const same = usesOfSameName(call, workspace);
  return sizeAmong(call, same, same, true, workspace);
}

/** @param same the commands on its keys @param near those and what may reach them as well @param isPerEntity whether there may be many such keys */
function sizeAmong({ command }: RedisCall, same: readonly RedisCall[], near: readonly RedisCall[], isPerEntity: boolean, workspace: Workspace): Size {
  const type = keyTypeOf(command);
  // What keeps a stream short under a pattern that overlaps says nothing of a set.
  const isOfType = (call: RedisCall): boolean => type === undefined || keyTypeOf(call.command) === type;
  if (near.some((call) => isOfType(call) && (keepsShort.test(call.command) || (call.command === 'XADD' && isCapped(call, workspace.checker))))) return 'few';
  // Of a hash per entity whose fields are taken out again there is no more than is in use.
  if (type === 'hash' && isPerEntity && same.some((call) => /^H(?:GET)?DEL$/.test(call.command))) return 'few';
  const writes = same.filter((call) => (type === 'hash' ? hashWrites.has(call.command) : adds.has(call.command) && isOfType(call)));
  if (writes.length === 0) return 'unknown';
  return largest(writes.map((call) => (hashWrites.has(call.command) ? sizeOfWrite(call, workspace.checker) : isAdding(call, workspace) ? 'open' : 'few')));
}

const largest = (sizes: readonly Size[]): Size => sizes.find((size) => size === 'open') ?? sizes.find((size) => size === 'unknown') ?? 'few';

/** Of a hash: literal names, an object written there, one of a type that names its properties; of an object without a type nobody knows. */
const sizeOfWrite = oncePer(({ command, args }: RedisCall, checker: ts.TypeChecker): Size => {
  const [first, ...more] = args.list.slice(1);
  if (!first || ts.isSpreadElement(first)) return 'open';
  if (/^HINCRBY/.test(command) || command === 'HSETNX') return isNamed(first, checker) ? 'few' : 'open';
  if (more.length > 0) return args.list.slice(1).every((one, index) => index % 2 === 1 || isNamed(one, checker)) ? 'few' : 'open';
  return sizeOfObject(first, checker);
});

/** One of a few names: a literal, or of a type that lists them. */
function isNamed(node: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isSpreadElement(node)) return false;
  if (constantText(node, checker) !== undefined) return true;
  const type = checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).every((one) => one.isStringLiteral());
}

function sizeOfObject(node: ts.Expression, checker: ts.TypeChecker): Size {
  const inner = unwrap(node);
  if (ts.isObjectLiteralExpression(inner)) {
    return largest(inner.properties.map((one) => (ts.isSpreadAssignment(one) ? sizeOfObject(one.expression, checker) : one.name && ts.isComputedPropertyName(one.name) && constantText(one.name.expression, checker) === undefined ? 'open' : 'few')));
  }
  const type = checker.getTypeAtLocation(inner);
  const literal = objectLiteral(inner, checker);
  // What a constant is made of says more than `Record<string, string>`, as long as nothing is put in by a name that is not known.
  if (literal && isDeclaredName(literal.parent) && !referencesTo(literal.parent.name, checker).some(({ parent }) => ts.isElementAccessExpression(parent) || ts.isCallExpression(parent) && parent.expression.getText() === 'Object.assign')) return sizeOfObject(literal, checker);
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'unknown';
  return checker.getIndexInfosOfType(type).length === 0 && checker.getPropertiesOfType(type).length > 0 && !checker.isArrayType(type) && type.symbol?.name !== 'Map' ? 'few' : 'open';
}

const isDeclaredName = (node: ts.Node): node is ts.VariableDeclaration & { name: ts.Identifier } => ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);

/** A hash whose reader knows its fields by name: a record, not a collection. */
export function isReadAsRecord(call: RedisCall, workspace: Workspace): boolean {
  if (call.command !== 'HGETALL') return false;
  const values = replyValues(call, workspace);
  if (!values) return isAsserted(call.use.value);
  const used = values.map((value) => (isAsserted(value) ? 'record' : useOfFields(value, workspace.checker)));
  return used.includes('record') && !used.includes('collection');
}

/** `(await r.hgetall(k)) as User` */
function isAsserted(value: ts.Expression): boolean {
  for (let at: ts.Node = value; ts.isExpression(at); at = at.parent) {
    if (ts.isAsExpression(at)) {
      if (ts.isTypeReferenceNode(at.type) && !/^(?:Record|Map|Partial|Readonly|any|unknown)\b/.test(at.type.getText())) return true;
    } else if (!ts.isParenthesizedExpression(at) && !ts.isAwaitExpression(at) && at !== value) return false;
  }
  return false;
}

function useOfFields(value: ts.Expression, checker: ts.TypeChecker): 'record' | 'collection' | 'other' {
  const { parent } = value;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === value) return 'record';
  if (ts.isElementAccessExpression(parent) && parent.expression === value) return isFieldName(parent.argumentExpression, checker) ? 'record' : 'collection';
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) return parent.name.elements.some(({ dotDotDotToken }) => dotDotDotToken) ? 'other' : 'record';
  const method = ts.isCallExpression(parent) ? methodOf(parent) : undefined;
  return method && method.target.getText() === 'Object' && /^(?:entries|values|keys)$/.test(method.name) && !isLengthOnly(parent) ? 'collection' : 'other';
}

/** `'name'`, and `name` of `for (const name of ['name', 'mail'])`. */
function isFieldName(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const names = ts.isIdentifier(node) ? elementKeys(node, checker) : [node];
  return names.length > 0 && names.every((one) => ts.isStringLiteralLike(unwrap(one)));
}

const isLengthOnly = (call: ts.Node): boolean => ts.isPropertyAccessExpression(call.parent) && call.parent.name.text === 'length';
