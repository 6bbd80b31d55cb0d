/** Whether a pair of commands is kept from others in another way: by WATCH, or by a lock that is held around both. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf, unwrap } from '../code/ast.ts';
import type { KeyPair } from './key-pairs.ts';
import { wordsOf } from '../keys/key-words.ts';
import { nodesIn } from '../calls/nodes.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf } from '../calls/regions.ts';
import { unitOf } from '../code/units.ts';

const lockWords = new Set(['lock', 'locked', 'mutex', 'semaphore', 'exclusive', 'exclusively', 'redlock', 'acquire', 'synchronized', 'synchronised', 'serialize', 'serialized', 'atomic', 'atomically', 'critical', 'leader']);

/** Whether a name says that what it calls takes a lock: `withLock`, `mutex.runExclusive`, `redlock.using`; not `unlock`. */
function takesLock(call: ts.CallExpression): boolean {
  const method = methodOf(call);
  const callee = unwrap(call.expression);
  const name = method?.name ?? (ts.isIdentifier(callee) ? callee.text : '');
  if (/^(?:is|has|get|release|clear|force|un)(?:[A-Z]|lock)/.test(name) || name === 'release') return false;
  const owner = method && /^(?:using|use|run|acquire|lock|dispatch|wait|with)/.test(method.name) ? wordsOf(method.target.getText()) : [];
  return [...wordsOf(name), ...owner].some((word) => lockWords.has(word));
}

/** SET … NX, JSON.SET … NX and SETNX take a lock, whatever they are called from. */
export const isClaim = ({ command, args }: RedisCall): boolean => command === 'SETNX' || ((command === 'SET' || command === 'JSON.SET') && args.flags.has('NX'));

export function isSerialized({ first, second }: KeyPair, workspace: Workspace): boolean {
  const units = [first.site, first.call.node, second.call.node].map((node) => unitOf(node) ?? regionOf(node));
  const calls = [...new Set(units)].flatMap((unit) => workspace.callsIn(unit));
  if (calls.some(({ command }) => command === 'WATCH')) return true;
  const key = second.call.args.keys[0]?.identity;
  if (calls.some((call) => isClaim(call) && call.node.pos < first.site.pos && call.sourceFile === first.site.getSourceFile() && call.args.keys[0]?.identity !== key)) return true;
  const [unit] = units;
  return nodesIn(regionOf(first.site)).some((node) => ts.isCallExpression(node) && node !== first.site && node.pos <= first.site.pos && (unitOf(node) ?? regionOf(node)) === unit && takesLock(node));
}
