/** A SET without a TTL → one with it. How long a key is to live is a guess, made by its name: a person changes it. */
import ts from 'typescript';
import { unwrap } from '../facts/ast.ts';
import type { RedisCall } from '../facts/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { ttlArguments } from '../dialects/write/set-ttl.ts';
import { hasComments } from './text/comments.ts';
import { insertAt } from './text/edits.ts';
import { styleOf } from './text/style.ts';

/** @param set a SET whose options are all known; [] where they are not written at the call */
export function planAddTtl(set: RedisCall, seconds: number): FixPlan[] {
  const edit = set.command === 'SET' && set.spelling !== 'alias' ? ttlEdit(set, seconds) : undefined;
  if (!edit) return [];
  return [{ id: 'add-ttl', title: `Give the key a TTL of ${inWords(seconds)} (EX ${seconds})`, kind: 'suggest', keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' }, edits: [edit] }];
}

function ttlEdit(set: RedisCall, seconds: number): TextEdit | undefined {
  const { sourceFile, args } = set;
  const style = styleOf(sourceFile);
  const value = args.list[1];
  if (!value || !ts.isCallExpression(set.node)) return undefined;
  if (!args.options) return insertAt(sourceFile, value.end, ttlArguments(set, 'EX', String(seconds), style));
  const options = unwrap(args.options);
  const [first] = ts.isObjectLiteralExpression(options) ? options.properties : [];
  if (!first || hasComments(sourceFile, { start: options.getStart(), end: first.getStart() })) return undefined;
  return insertAt(sourceFile, first.getStart(), `EX: ${seconds}, `);
}

function inWords(seconds: number): string {
  const [amount, unit] = seconds >= 86_400 ? [seconds / 86_400, 'day'] : seconds >= 3_600 ? [seconds / 3_600, 'hour'] : seconds >= 120 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
