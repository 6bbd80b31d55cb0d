/**
 * `password: 'secret'` → `password: process.env.REDIS_PASSWORD`. Out of a URL the password (and for ioredis, which reads an empty one with
 * the name, the user) moves to the options beside it, where a variable that is not set stays undefined instead of becoming text.
 */
import ts from 'typescript';
import { contains, unwrap } from '../facts/code/ast.ts';
import type { OptionValue } from '../facts/clients/connection-options.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { WrittenPassword } from '../facts/clients/written-password.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { insertAt, replaceNode } from './text/edits.ts';
import { quote } from './text/quote.ts';
import { styleOf } from './text/style.ts';

const variable = 'process.env.REDIS_PASSWORD';

/** [] where the text is not within the construction, or something there wants a string that is always there. */
export function planPasswordFromEnvironment(call: RedisCall, { option, inUrl }: WrittenPassword, checker: ts.TypeChecker): FixPlan[] {
  const { value } = option;
  if (!ts.isStringLiteralLike(value) || !contains(call.node, value)) return [];
  const edits = inUrl ? outOfUrl(call, option, value) : inPlace(value, checker);
  if (!edits) return [];
  return [{ id: 'from-environment', title: `Take the password from ${variable}`, kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
}

function inPlace(value: ts.StringLiteralLike, checker: ts.TypeChecker): TextEdit[] | undefined {
  const wanted = checker.getContextualType(value);
  if (wanted && !admitsUndefined(wanted)) return undefined;
  const { parent } = value;
  // `process.env.REDIS_PASSWORD || 'secret'` loses what stands behind.
  if (ts.isBinaryExpression(parent) && parent.right === value) return [replaceNode(parent, parent.left.getText())];
  return ts.isPropertyAssignment(parent) ? [replaceNode(value, variable)] : undefined;
}

function admitsUndefined(type: ts.Type): boolean {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Undefined)) return true;
  return type.isUnion() && type.types.some((one) => one.flags & ts.TypeFlags.Undefined);
}

function outOfUrl(call: RedisCall, option: OptionValue, value: ts.StringLiteralLike): TextEdit[] | undefined {
  const match = /^([a-z]+:\/\/)([^:@/]*):[^@/]*@/.exec(value.text);
  if (!match || (call.dialect === 'node-redis' && call.major < 4) || call.receiver.kind === 'cluster') return undefined;
  const [credentials, scheme = '', user = ''] = match;
  const style = styleOf(value.getSourceFile());
  const keepsUser = call.dialect === 'node-redis' && user !== '';
  const url = replaceNode(value, quote(`${scheme}${keepsUser ? `${user}@` : ''}${value.text.slice(credentials.length)}`, style));
  const name = decoded(user);
  if (name === undefined) return undefined;
  const password = `${keepsUser || user === '' ? '' : `username: ${quote(name, style)}, `}password: ${variable}`;
  // `{ url: … }`: beside it.
  if (option.path.length === 1 && option.path[0] === 'url') {
    const property = ts.findAncestor(value, ts.isPropertyAssignment);
    const isFree = property && !property.parent.properties.some((one) => one.name?.getText() === 'password');
    return isFree ? [url, insertAt(value.getSourceFile(), property.end, `, ${password}`)] : undefined;
  }
  if (call.dialect !== 'ioredis' || option.path.length > 0) return undefined;
  const [first, second, ...more] = call.node.arguments ?? [];
  if (!first || more.length > 0 || !contains(first, value)) return undefined;
  const [open, close] = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}'];
  if (!second) return [url, insertAt(value.getSourceFile(), first.end, `, ${open}${password}${close}`)];
  const options = unwrap(second);
  const property = ts.isObjectLiteralExpression(options) ? options.properties[0] : undefined;
  if (!property || (options as ts.ObjectLiteralExpression).properties.some((one) => /^(?:password|username)$/.test(one.name?.getText() ?? ''))) return undefined;
  return [url, insertAt(value.getSourceFile(), property.getStart(), `${password}, `)];
}

/** As both libraries read it; undefined where it is no such text. */
function decoded(user: string): string | undefined {
  try {
    return decodeURIComponent(user);
  } catch {
    return undefined;
  }
}
