/** Which fields a command on a hash reads or writes, and what it writes into them. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import { identityOf, keyPattern } from '../code/fold.ts';
import type { RedisCall } from '../calls/redis-call.ts';

export interface FieldWrite {
  /** Equal for equal names, as far as can be told in one function. */
  field: string;
  value: ts.Expression;
}

/** `hset(k, f, v, g, w)`, `hset(k, { f: v })`; undefined where they cannot be told one by one. */
export function fieldWrites({ args }: RedisCall, checker: ts.TypeChecker): FieldWrite[] | undefined {
  const [first, ...more] = args.list.slice(1);
  if (!first) return undefined;
  const object = unwrap(first);
  if (more.length === 0) {
    if (!ts.isObjectLiteralExpression(object)) return undefined;
    const found: FieldWrite[] = [];
    for (const property of object.properties) {
      if (ts.isPropertyAssignment(property) && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))) found.push({ field: JSON.stringify(property.name.text), value: property.initializer });
      else if (ts.isPropertyAssignment(property) && ts.isComputedPropertyName(property.name)) found.push({ field: identityOf(keyPattern(property.name.expression, checker)), value: property.initializer });
      else if (ts.isShorthandPropertyAssignment(property)) found.push({ field: JSON.stringify(property.name.text), value: property.name });
      else return undefined;
    }
    return found;
  }
  const flat = [first, ...more];
  if (flat.length % 2 !== 0 || flat.some(ts.isSpreadElement)) return undefined;
  return flat.flatMap((field, index) => (index % 2 === 0 && flat[index + 1] ? [{ field: identityOf(keyPattern(field, checker)), value: flat[index + 1] as ts.Expression }] : []));
}

/** The fields that HGET and HMGET read, in the order of the reply; undefined where they cannot be told one by one, and of other commands. */
export function fieldsRead({ command, args }: RedisCall, checker: ts.TypeChecker): string[] | undefined {
  if (command !== 'HGET' && command !== 'HMGET') return undefined;
  const [first, ...more] = args.list.slice(1);
  const list = first && unwrap(first);
  const fields = list && more.length === 0 && ts.isArrayLiteralExpression(list) ? list.elements : args.list.slice(1);
  return fields.some(ts.isSpreadElement) ? undefined : fields.map((field) => identityOf(keyPattern(field, checker)));
}
