/** DEL → UNLINK: the same reply, and memory is freed in the background. */
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan } from '../rules/rule.ts';
import { isServerAtLeast } from '../workspace/layout.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { nameEdit } from './count-instead-of-range-call.ts';

/** @param del a DEL; [] behind a promisified alias, and where a server is too old */
export function planUnlink(del: RedisCall, { layout }: Pick<Workspace, 'layout'>): FixPlan[] {
  const edit = del.spelling === 'alias' || !isServerAtLeast('4.0', del.sourceFile.fileName, layout) ? undefined : nameEdit(del, 'UNLINK');
  return edit ? [{ id: 'unlink', title: 'Free it in the background (UNLINK)', kind: 'safe', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits: [edit] }] : [];
}
