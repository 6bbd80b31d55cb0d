/** The TTL that a command is given, and what becomes of it where it is `undefined`. */
import ts from 'typescript';
import { unwrap } from '../code/ast.ts';
import type { RedisCall } from '../calls/redis-call.ts';

export interface GivenTtl {
  node: ts.Expression;
  /** Of an options object that is written at the command: the property, the object. */
  property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment | undefined;
  literal: ts.ObjectLiteralExpression | undefined;
  /** The client leaves an `undefined` out: the key gets no TTL, and nobody hears of it. */
  silent: boolean;
}

export function givenTtl(call: RedisCall): GivenTtl | undefined {
  const { args, dialect, major } = call;
  const literal = args.options && unwrap(args.options);
  const written = literal && ts.isObjectLiteralExpression(literal) ? literal : undefined;
  const node = args.ttl?.node ?? (call.command === 'GETEX' && written ? typedValue(written) : undefined);
  if (!node || ts.isSpreadElement(node)) return undefined;
  const property = written?.properties.find((one): one is ts.PropertyAssignment | ts.ShorthandPropertyAssignment => (ts.isPropertyAssignment(one) || ts.isShorthandPropertyAssignment(one)) && one.pos <= node.pos && node.end <= one.end);
  const isExpiration = property !== undefined && ts.isPropertyAssignment(property) && property.initializer !== node;
  const silent = dialect === 'node-redis' && major >= 4 && args.options !== undefined && (call.command === 'SET' ? !isExpiration || major === 4 : call.command === 'GETEX' && major === 4 && args.ttl === undefined);
  return { node, property, literal: written, silent };
}

/** `getEx(key, { type: 'EX', value: seconds })` */
function typedValue(literal: ts.ObjectLiteralExpression): ts.Expression | undefined {
  const named = (name: string): ts.ObjectLiteralElementLike | undefined => literal.properties.find((one) => one.name && ts.isIdentifier(one.name) && one.name.text === name);
  const value = named('type') && named('value');
  return value && (ts.isPropertyAssignment(value) ? value.initializer : ts.isShorthandPropertyAssignment(value) ? value.name : undefined);
}
