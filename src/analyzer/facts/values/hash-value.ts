/** Whether a client can store a value in a hash field as what it is: judged by how it is written, then by its type. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import { isOfLanguage, type HashField } from './hash-fields.ts';
import type { RedisCall } from '../calls/redis-call.ts';

/** What a value may be, of what no hash holds; `scalar` for anything else. */
export type ValueKind = 'object' | 'array' | 'null' | 'undefined' | 'date' | 'boolean' | 'bigint' | 'scalar';

/** Made text by their own `toString`, or sent as bytes. */
const readable = new Set(['Uint8Array', 'Buffer', 'ArrayBuffer', 'String', 'Number', 'RegExp', 'URL', 'Error']);
const unreadable = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise']);

/** All that a field's value may be, as far as it is known. */
export function valueKinds({ value, type, optional }: HashField, checker: ts.TypeChecker): ReadonlySet<ValueKind> {
  if (!value) return new Set(type ? kindsOf(type, checker).filter((kind) => kind !== 'undefined' || !optional) : []);
  const node = unwrap(value);
  const literal = kindOfLiteral(node);
  if (literal) return new Set([literal]);
  if (ts.isConditionalExpression(node)) return new Set([...branch(node.whenTrue), ...branch(node.whenFalse)]);
  const kinds = kindsOf(checker.getTypeAtLocation(node), checker);
  // `value!` and `value as string`: the code says that it is there.
  return new Set(node === value ? kinds : kinds.filter((kind) => kind !== 'undefined' && kind !== 'null'));

  function branch(expression: ts.Expression): ReadonlySet<ValueKind> {
    return valueKinds({ name: undefined, value: expression, shorthand: undefined, type: undefined, optional: false }, checker);
  }
}

/** JavaScript gives `null` and `[]` no type of their own. */
function kindOfLiteral(node: ts.Expression): ValueKind | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.NullKeyword: return 'null';
    case ts.SyntaxKind.ObjectLiteralExpression: return 'object';
    case ts.SyntaxKind.ArrayLiteralExpression: return 'array';
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword: return 'boolean';
    case ts.SyntaxKind.Identifier: return (node as ts.Identifier).text === 'undefined' ? 'undefined' : undefined;
    default: return undefined;
  }
}

function kindsOf(type: ts.Type, checker: ts.TypeChecker): ValueKind[] {
  return type.isUnion() ? type.types.map((part) => kindOf(part, checker)) : [kindOf(type, checker)];
}

function kindOf(type: ts.Type, checker: ts.TypeChecker): ValueKind {
  const { flags } = type;
  if (flags & ts.TypeFlags.Undefined) return 'undefined';
  if (flags & ts.TypeFlags.Null) return 'null';
  if (flags & ts.TypeFlags.BooleanLike) return 'boolean';
  if (flags & ts.TypeFlags.BigIntLike) return 'bigint';
  if (flags & ts.TypeFlags.NonPrimitive) return 'object';
  if (type.isIntersection()) return type.types.every((part) => kindOf(part, checker) === 'object') ? 'object' : 'scalar';
  if (!(flags & ts.TypeFlags.Object)) return 'scalar';
  if (checker.isArrayType(type) || checker.isTupleType(type)) return 'array';
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return 'scalar';
  if (isOfLanguage(type)) return type.symbol.name === 'Date' ? 'date' : unreadable.has(type.symbol.name) ? 'object' : 'scalar';
  const properties = checker.getPropertiesOfType(type);
  if (readable.has((type.symbol as ts.Symbol | undefined)?.name ?? '') || properties.some(({ name }) => name === 'toString' || name === 'buffer')) return 'scalar';
  // `{}` is the type of anything but null.
  return properties.length > 0 || checker.getIndexInfosOfType(type).length > 0 ? 'object' : 'scalar';
}

/** What the client of a call cannot store: ioredis and node-redis 3 make readable text of dates, booleans and bigints, which node-redis refuses from 4 on. */
export function isRefused(kind: ValueKind, { dialect, major }: RedisCall): boolean {
  if (kind === 'scalar') return false;
  if (kind === 'date' || kind === 'boolean' || kind === 'bigint') return dialect === 'node-redis' && major >= 4;
  return true;
}
