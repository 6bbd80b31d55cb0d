/** A key that is read and then deleted, so that it is read once: a token that is used up, a list that is drained. Not the throwing away of what is stale. */
import ts from 'typescript';
import { contains } from '../code/ast.ts';
import { isWrite } from '../../../redis/commands.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { KeyPair } from './key-pairs.ts';
import { isLockKey, keyWords } from '../keys/key-words.ts';
import { isTakenSomewhere, needsEquality } from './lock-release.ts';
import { isLogging } from '../code/logging.ts';
import { onOnePath } from '../code/paths.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf } from '../calls/regions.ts';
import { contentGuards, reachedWhen } from '../replies/reply-absence.ts';
import { flowOf, handsOutReply } from '../replies/reply-flow.ts';
import { isOnlyTested } from '../replies/reply-tests.ts';
import { ownReplyValues } from '../replies/reply-values.ts';
import { returnedBy } from '../code/returned-by.ts';
import { isClaim } from './serialized.ts';
import { unitOf } from '../code/units.ts';
import { isFirstToLast } from '../values/whole-read.ts';

/** `taken`: a record whose name leaves a queue with it; `once`: one value that only one may get; `compared`: only where it is found to be what was given; `drain`: what has been collected. */
export type Consumption = 'once' | 'compared' | 'drain' | 'taken';

const onceWords = new Set(['otp', 'challenge', 'nonce', 'ticket', 'verify', 'verification', 'reset', 'magic', 'invite', 'invitation', 'captcha', 'csrf', 'pkce', 'once', 'onetime', 'confirm', 'confirmation', 'activation', 'activate', 'redeem']);
const drainWords = new Set(['dirty', 'pending', 'queue', 'queued', 'outbox', 'inbox', 'buffer', 'buffered', 'batch', 'backlog', 'unsent', 'unread']);
/** Moved aside before, so that nobody adds to it. */
const asideWords = new Set(['processing', 'sending', 'flushing', 'draining', 'inflight', 'snapshot', 'working', 'tmp', 'temp', 'temporary', 'staging', 'old']);

export function consumptionOf(pair: KeyPair, workspace: Workspace): Consumption | undefined {
  const { first, second } = pair;
  const keys = [first, second].flatMap(({ call }) => call.args.keys.slice(0, 1));
  const words = new Set(keys.flatMap(({ pattern }) => keyWords(pattern)));
  if (!handsOutReply(first, workspace) || keys.some(({ pattern }) => isLockKey(pattern)) || [...words].some((word) => asideWords.has(word))) return undefined;
  const reached = reachedWhen(first, second.site, workspace);
  if (reached.present === false) return undefined;
  if (isOfOther(pair, workspace) || isInCatch(second.site, first.site)) return undefined;
  const guards = contentGuards(first, second.site, workspace);
  const isCompared = guards.length > 0 && guards.every(needsEquality);
  // Deleted for what it holds: stale, or broken.
  if (!isCompared && guards.some(({ isExit }) => !isExit)) return undefined;
  const isReturned = returnedAfter(pair, workspace);
  if (isOneValue(first.call)) {
    if (isCompared) return isTakenSomewhere(second.call, workspace) ? undefined : 'compared';
    const isOnce = ([...words].some((word) => onceWords.has(word)) || isSignInState(words)) && (reached.absent === false || isUsed(pair, workspace));
    if (!isReturned && !isOnce) return undefined;
    // To delete first would use it up where the comparison fails.
    return guards.length > 0 ? 'compared' : 'once';
  }
  if (isCompared || guards.length > 0 || !isWhole(first.call)) return undefined;
  const isFixed = keys.some(({ pattern }) => pattern.parts.every((part) => 'literal' in part));
  const isQueue = first.call.command === 'LRANGE' || isFixed || [...words].some((word) => drainWords.has(word));
  // A hash of its own is more often a record that is removed than something that fills up.
  const isRecord = first.call.command === 'HGETALL' && !isQueue;
  if (isRecord && isReturned && leavesQueue(pair, workspace)) return 'taken';
  return (isReturned && !isRecord) || (isQueue && isUsed(pair, workspace)) ? 'drain' : undefined;
}

const signIns = new Set(['oauth', 'oidc', 'auth', 'login', 'signin', 'sso', 'saml']);

/** `google_oauth_state:…`: good for one sign-in; a state alone may be that of anything. */
const isSignInState = (words: ReadonlySet<string>): boolean => words.has('state') && [...words].some((word) => signIns.has(word));

/** Whether what names the record is taken out of a queue in the same function: `zrem(queue, id)`. */
function leavesQueue({ second }: KeyPair, workspace: Workspace): boolean {
  return workspace.callsIn(unitOf(second.site) ?? regionOf(second.site)).some(({ command, args }) => /^(?:ZREM|LREM|SREM)$/.test(command) && args.keys.some(({ pattern }) => keyWords(pattern).some((word) => drainWords.has(word))));
}

function isInCatch(node: ts.Node, read: ts.Node): boolean {
  const clause = ts.findAncestor(node, ts.isCatchClause);
  return clause !== undefined && !contains(clause, read);
}

const isOneValue = ({ command }: RedisCall): boolean => command === 'GET' || command === 'HGET';

const isWhole = (call: RedisCall): boolean => (call.command !== 'LRANGE' && call.command !== 'ZRANGE') || isFirstToLast(call);

/** Whether the function, once it has deleted the key, answers with what it held. */
function returnedAfter({ first, second }: KeyPair, { checker }: Workspace): boolean {
  const unit = unitOf(second.site);
  return unit !== undefined && returnedBy(unit).some((value) => onOnePath(second.site, value) && flowOf(value, first.site, checker) !== 'none');
}

/** For more than to see whether there is any. */
function isUsed({ first }: KeyPair, workspace: Workspace): boolean {
  const values = ownReplyValues(first, workspace);
  return values === undefined || values.some((value) => !isOnlyTested(value) && !(ts.isCallExpression(value.parent) && isLogging(value.parent)) && !/^length$|^size$/.test(ts.isPropertyAccessExpression(value.parent) ? value.parent.name.text : ''));
}

/** Others speak of it: a key that is filled again (rebuild-gap), a lock that is let go (unsafe-unlock); or it was renamed before. */
function isOfOther({ first, second }: KeyPair, workspace: Workspace): boolean {
  const key = second.call.args.keys[0]?.identity;
  const calls = workspace.callsIn(unitOf(second.site) ?? regionOf(second.site));
  return calls.some((call) => {
    if (/^(?:RENAME|RENAMENX|COPY|SMOVE|LMOVE)$/.test(call.command)) return call.node.pos < first.site.pos && call.args.keys[1]?.identity === (first.call.args.keys[0]?.identity ?? key);
    if (call.args.keys[0]?.identity !== key) return false;
    if (isClaim(call)) return true;
    return call.node.pos > second.site.pos && isWrite(call.command) && !/^(?:DEL|UNLINK|EXPIRE|PEXPIRE)$/.test(call.command) && onOnePath(second.site, call.node);
  });
}
