/** A pipeline or MULTI whose failures nobody looks at: `exec()` resolves all the same. */
import { isBelow } from '../facts/clients/client-version.ts';
import { repliesUse, type RepliesUse } from '../facts/replies/pipeline-replies.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { regionOf } from '../facts/calls/regions.ts';
import { unitOf } from '../facts/code/units.ts';
import { planCheckedReplies } from '../fixes/checked-replies.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

const executions: ReadonlySet<string> = new Set(['@exec', '@execBuffer', '@execAsPipeline']);

export const uncheckedPipeline: Rule = {
  meta: {
    id: 'unchecked-pipeline',
    summary: 'Nobody looks at the errors among the replies of a pipeline or MULTI, which resolves all the same.',
    severity: 'warning',
    fix: 'suggest',
    category: 'correctness',
  },
  *check({ calls }, workspace) {
    for (const call of calls) {
      const found = executions.has(call.command) ? uncheckedIn(call, workspace) : undefined;
      if (found) yield { node: call.nameNode, message: messageOf(found, call), fixes: () => planCheckedReplies(call, found, workspace) };
    }
  },
};

/** What nobody looks at. */
export interface Unchecked {
  errors: boolean;
  /** The null of a transaction that was not run, a watched key having changed. */
  aborted: boolean;
}

function uncheckedIn(call: RedisCall, workspace: Workspace): Unchecked | undefined {
  if ((call.receiver.kind !== 'pipeline' && call.receiver.kind !== 'multi') || !putsErrorsInList(call, workspace)) return undefined;
  const use = repliesUse(call, workspace);
  const around = callsAround(call, workspace);
  // Each command's own callback is told of its error.
  if (around.some((one) => one.use.kind === 'queued' && one.callback && one.receiver.identity === call.receiver.identity)) return undefined;
  const errors = areErrorsUnread(call, use);
  const isWatched = call.dialect === 'ioredis' && around.some((one) => one.command === 'WATCH' && one.receiver.identity === call.receiver.identity && one.node.pos < call.node.pos);
  const aborted = isWatched && use.null === 'swallowed';
  return errors || aborted ? { errors, aborted } : undefined;
}

/** ioredis; node-redis before it began to reject by itself. */
function putsErrorsInList(call: RedisCall, workspace: Workspace): boolean {
  if (call.dialect === 'ioredis' || call.major === 3) return true;
  return call.major === 4 && isBelow(call.library === 'redis' ? '4.6.12' : '1.5.13', call, workspace);
}

/** node-redis has errors in place of values: any look at the list may be one at them. */
function areErrorsUnread(call: RedisCall, use: RepliesUse): boolean {
  return call.dialect === 'ioredis' ? use.errors === 'unread' : use.isDropped;
}

function callsAround(call: RedisCall, workspace: Workspace): readonly RedisCall[] {
  return workspace.callsIn(unitOf(call.node) ?? regionOf(call.node));
}

function messageOf({ errors }: Unchecked, { dialect, nameNode }: RedisCall): string {
  if (!errors) return 'exec() gives null when a watched key has changed: nothing was done, and the code goes on; retry or fail when it is null.';
  const list = dialect === 'ioredis' ? 'each reply is [error, value], and nobody looks at the errors' : 'an error stands among the replies, and nobody looks';
  return `${nameNode.getText()}() resolves even when commands in it fail: ${list} here; throw the first one.`;
}
