/** A SET that removes a key's TTL → one that keeps it. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { isServerAtLeast } from '../workspace/layout.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { keepTtlArguments, keepTtlProperty } from '../dialects/write/set-ttl.ts';
import { hasComments } from './text/comments.ts';
import { insertAt } from './text/edits.ts';
import { styleOf } from './text/style.ts';

/** @param set a SET without a TTL; [] where its options are not written at the call, or a server is too old */
export function planKeepTtl(set: RedisCall, { layout }: Pick<Workspace, 'layout'>): FixPlan[] {
  if (!isServerAtLeast('6.0', set.sourceFile.fileName, layout)) return [];
  const edit = set.command === 'SET' && set.spelling !== 'alias' && ts.isCallExpression(set.node) ? keepEdit(set) : undefined;
  if (!edit) return [];
  return [{ id: 'keep-ttl', title: 'Keep the TTL of the key (KEEPTTL)', kind: 'suggest', keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' }, edits: [edit] }];
}

function keepEdit(set: RedisCall): TextEdit | undefined {
  const { sourceFile, args } = set;
  const value = args.list[1];
  if (!value) return undefined;
  if (!args.options) return insertAt(sourceFile, value.end, keepTtlArguments(set, styleOf(sourceFile)));
  const options = unwrap(args.options);
  const [first] = ts.isObjectLiteralExpression(options) ? options.properties : [];
  if (!first || hasComments(sourceFile, { start: options.getStart(), end: first.getStart() })) return undefined;
  return insertAt(sourceFile, first.getStart(), `${keepTtlProperty(set, styleOf(sourceFile))}, `);
}
