/** A SET without a TTL → one with it. How long a key is to live is what others of its class or module are given, or a guess, made by its name: a person changes it. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { lifetimeInScope } from '../facts/values/lifetime-in-scope.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { ttlArguments } from '../dialects/write/set-ttl.ts';
import { hasComments } from './text/comments.ts';
import { insertAt } from './text/edits.ts';
import { styleOf } from './text/style.ts';

/** @param set a SET whose options are all known @param seconds where the code around it names no lifetime; [] where that is not known to be one of this key, or the options are not written at the call */
export function planAddTtl(set: RedisCall, seconds: number, workspace: Workspace): FixPlan[] {
  const named = lifetimeInScope(set, workspace);
  if (named === 'unclear' || set.command !== 'SET' || set.spelling === 'alias') return [];
  const { unit, text } = named ?? { unit: 'EX' as const, text: String(seconds) };
  const edit = ttlEdit(set, unit, text);
  if (!edit) return [];
  const title = named ? `Give the key the TTL of others (${unit} ${text})` : `Give the key a TTL of ${inWords(seconds)} (EX ${seconds})`;
  return [{ id: 'add-ttl', title, kind: 'suggest', keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' }, edits: [edit] }];
}

function ttlEdit(set: RedisCall, unit: 'EX' | 'PX', time: string): TextEdit | undefined {
  const { sourceFile, args } = set;
  const style = styleOf(sourceFile);
  const value = args.list[1];
  if (!value || !ts.isCallExpression(set.node)) return undefined;
  if (!args.options) return insertAt(sourceFile, value.end, ttlArguments(set, unit, time, style));
  const options = unwrap(args.options);
  const [first] = ts.isObjectLiteralExpression(options) ? options.properties : [];
  if (!first || hasComments(sourceFile, { start: options.getStart(), end: first.getStart() })) return undefined;
  return insertAt(sourceFile, first.getStart(), `${unit}: ${time}, `);
}

function inWords(seconds: number): string {
  const [amount, unit] = seconds >= 86_400 ? [seconds / 86_400, 'day'] : seconds >= 3_600 ? [seconds / 3_600, 'hour'] : seconds >= 120 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
