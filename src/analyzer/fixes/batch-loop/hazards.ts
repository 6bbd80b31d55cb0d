/** Whether commands could get in each other's way when some are sent earlier than before. */
import ts from 'typescript';
import { some } from '../../facts/code/ast.ts';
import { placeIfKnown, placesIn } from '../../facts/code/fold.ts';
import type { KeyArgument, RedisCall } from '../../facts/calls/redis-call.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Whether no key of one command can be a key of the other: each begins with literal text, and the texts differ. */
export function haveDisjointKeys(one: RedisCall, other: RedisCall): boolean {
  const [ours, theirs] = [one.args.keys, other.args.keys];
  if (ours.length === 0 || theirs.length === 0) return false;
  return ours.every((key) => theirs.every((second) => differ(literalHead(key), literalHead(second))));
}

function differ(one: string, other: string): boolean {
  return !one.startsWith(other) && !other.startsWith(one);
}

function literalHead(key: KeyArgument): string {
  const [first] = key.pattern.parts;
  return first && 'literal' in first ? first.literal : '';
}

/** Whether a function called within a node is known to send commands. */
export function leadsToRedis(node: ts.Node, workspace: Workspace): boolean {
  const leads = (at: ts.Node): boolean => {
    const unit = ts.isCallExpression(at) ? workspace.called(at) : undefined;
    return unit !== undefined && workspace.callsIn(unit).length > 0;
  };
  return leads(node) || some(node, leads);
}

/** Commands that give the same result in whatever order they come. */
const commutative = new Set(['DEL', 'UNLINK', 'SADD', 'SREM', 'HDEL', 'ZREM', 'PFADD', 'INCR', 'INCRBY', 'INCRBYFLOAT', 'DECR', 'DECRBY', 'HINCRBY', 'HINCRBYFLOAT', 'TOUCH', 'EXISTS', 'PUBLISH']);

export function isCommutative(call: RedisCall): boolean {
  return commutative.has(call.command);
}

/** Whether the keys of all turns lie in one slot: what is in the braces of the key does not change with the turn. */
export function sharesSlot(call: RedisCall, loop: ts.Node): boolean {
  const [key, ...more] = call.args.keys;
  if (!key || more.length > 0 || call.sourceFile !== loop.getSourceFile()) return false;
  let open = false;
  let some = false;
  for (const part of key.pattern.parts) {
    if ('literal' in part) {
      const from = open ? 0 : part.literal.indexOf('{') + 1;
      if (!open && from === 0) continue;
      open = true;
      const close = part.literal.indexOf('}', from);
      some ||= close === -1 ? part.literal.length > from : close > from;
      if (close !== -1) return some;
    } else if (open) {
      if (changesWithin(part.hole, loop)) return false;
      some = true;
    }
  }
  return false;
}

/** A hole names the places of its variables; `?` one that cannot be told. */
function changesWithin(hole: string, loop: ts.Node): boolean {
  if (hole.includes('?')) return true;
  const places = placesIn(hole);
  return places.length === 0 ? !hole.startsWith('global:') && !hole.includes('this') : some(loop, (node) => places.includes(placeIfKnown(node) ?? ''));
}
