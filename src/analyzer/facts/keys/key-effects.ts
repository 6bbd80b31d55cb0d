/** What a function does to keys, in source order, with what the helpers it calls do (up to three deep) at the place of the call. */
import ts from 'typescript';
import { identityOf, keyPattern, bindArguments, type Bindings } from '../code/fold.ts';
import { ownerIdentity } from '../code/object-identity.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import type { Region } from '../calls/regions.ts';
import { lazily } from '../../lazily.ts';
import { hasLiteral } from '../../../redis/key-pattern.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Unit } from '../code/units.ts';
import { isFunctionWithBody } from '../code/ast.ts';

export interface KeyEffect {
  call: RedisCall;
  /** The node within the function: the command itself, or the call of the helper that sends it. */
  site: ts.CallExpression;
  /** The helper's own key is only a parameter: what it means is known at the caller alone. */
  keyFromCaller: boolean;
}

/** Not to be kept from edit to edit: it holds the checker. */
export interface KeyedEffect {
  effect: KeyEffect;
  /** The command's first key as the function sees it: a helper's parameters replaced by what was passed. Told when asked: it may take types. */
  key: () => string;
  /** Of which object the client is, likewise: two of a class send to two clients, or keys of two kinds. */
  owner: () => string;
}

const deepest = 3;

/** @param root a function, or a region for what runs in it at module level */
export function keyEffects(root: Unit | Region, calls: readonly RedisCall[], workspace: Workspace): KeyedEffect[] {
  return collect(root, calls, workspace, new Map(), 0).sort((a, b) => a.effect.site.getStart() - b.effect.site.getStart());
}

function collect(root: Unit | Region, calls: readonly RedisCall[], workspace: Workspace, bindings: Bindings, depth: number): KeyedEffect[] {
  const effects: KeyedEffect[] = [];
  for (const call of calls) {
    const [key] = call.args.keys;
    if (!key || !ts.isCallExpression(call.node) || call.command.startsWith('@')) continue;
    const identity = depth === 0 ? () => key.identity : lazily(() => identityOf(keyPattern(key.node, workspace.checker, bindings)));
    effects.push({ effect: { call, site: call.node, keyFromCaller: depth > 0 && !hasLiteral(key.pattern) }, key: identity, owner: lazily(() => ownerIdentity(call.receiver.node, workspace.checker, bindings)) });
  }
  if (depth < deepest) {
    for (const [unit, site] of workspace.sitesWithin(root)) {
      if (unit === root || !ts.isCallExpression(site) || ts.isClassLike(unit) || !isFunctionWithBody(unit)) continue;
      const bound = bindArguments(unit, site, workspace.checker, bindings);
      for (const one of collect(unit, workspace.callsIn(unit), workspace, bound, depth + 1)) effects.push({ ...one, effect: { ...one.effect, site } });
    }
  }
  return effects;
}
