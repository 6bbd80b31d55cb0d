/** What a command does to the life of a key: gives it a TTL, may do so, or takes it away. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { constantText } from '../code/fold.ts';
import { jsonPath } from '../values/json-path.ts';
import type { KeyUse } from './key-uses.ts';
import { onOnePath } from '../code/paths.ts';
import { oncePer } from '../code/once-per.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { unitOf } from '../code/units.ts';

/** Leave a key without a TTL, unless they say one. */
const plainWrites: ReadonlySet<string> = new Set(['SET', 'SETNX', 'GETSET']);

export const expiries: ReadonlySet<string> = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

/** Gives the key a TTL of its own. */
export const givesTtl = ({ args }: RedisCall): boolean => args.ttl !== undefined && args.ttl.unit !== 'KEEPTTL';

/** As far as can be told: what runs in a script, or comes with another key, or is given by arguments that are not known. */
export function mayGiveTtl(call: RedisCall, { checker }: Pick<Workspace, 'checker'>): boolean {
  return givesTtl(call) || /^(?:EVAL(?:SHA)?(?:_RO)?|FCALL(?:_RO)?|RESTORE|RENAME(?:NX)?|COPY|MIGRATE)$/.test(call.command) || (call.command === 'SET' && !isReadable(call, checker));
}

/** Whether all options of a SET are known: `set(k, v, ...rest)`, `set(k, v, options)` may give a TTL. */
const isReadable = oncePer(({ args }: RedisCall, checker: ts.TypeChecker): boolean =>
  !args.flags.has('...') && !args.list.slice(0, 2).some(ts.isSpreadElement) && args.list.slice(2).every((one) => !ts.isSpreadElement(one) && constantText(one, checker) !== undefined));

/** A write of a string, or of a RedisJSON document, without a TTL, of which all is known. */
export function leavesNoTtl(call: RedisCall, checker: ts.TypeChecker): boolean {
  // Only a whole document makes a key.
  if (call.command === 'JSON.SET') return jsonPath(call, checker) === '' && !call.args.flags.has('XX') && !call.args.list.some(ts.isSpreadElement);
  return plainWrites.has(call.command) && call.args.ttl === undefined && isReadable(call, checker);
}

/** The functions in which a use runs: that of the command, and those that pass it the key. A place at module level stands for its file. */
const unitsOf = ({ call, wrappers }: KeyUse): ts.Node[] => [call.node, ...wrappers].map((node) => unitOf(node) ?? node.getSourceFile());

/** Whether two uses run in the course of one function. */
export function isOfOneFunction(one: KeyUse, other: KeyUse): boolean {
  const units = unitsOf(other);
  return unitsOf(one).some((unit) => units.includes(unit));
}

/** Where a use stands in a function that it shares with another: its command, or the call that leads there. */
function siteBeside(one: KeyUse, other: KeyUse): ts.Node | undefined {
  const units = unitsOf(other);
  return [one.call.node, ...one.wrappers].find((node) => units.includes(unitOf(node) ?? node.getSourceFile()));
}

/** Whether a use comes after another on one path of a function that they share. */
export function isAfter(one: KeyUse, before: KeyUse): boolean {
  const [later, earlier] = [siteBeside(one, before), siteBeside(before, one)];
  if (!later || !earlier) return false;
  // In one chain of queued commands the later call holds the earlier.
  return later.getStart() === earlier.getStart() ? later.end > earlier.end : onOnePath(earlier, later);
}
