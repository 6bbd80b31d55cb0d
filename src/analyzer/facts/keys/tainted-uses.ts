/** Patterns, keys and scripts that are made of request input, by the region of the finding. */
import type ts from 'typescript';
import { hasLiteral } from '../../../redis/key-pattern.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { againAsBefore, anchorKey, regionKey, type Anchored } from './anchored-uses.ts';
import { keyPattern } from '../code/fold.ts';
import { matchOf } from './json-keys.ts';
import { calleeName, passedFor } from '../code/passed-argument.ts';
import { clientOf } from '../clients/provided-client.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import type { Region } from '../calls/regions.ts';
import { inputWithin, wholeInput } from './request-input.ts';

export interface TaintedUse extends Anchored {
  /** The command, or the call of a wrapper that passes the input on. */
  anchor: ts.Node;
  input: ts.Expression;
  what: 'pattern' | 'key' | 'script';
}

const again = againAsBefore<TaintedUse>((before, now) => before.input === now.input && before.what === now.what);

const uses = new Join<TaintedUse>('tainted-uses', function* (calls, workspace) {
  for (const call of calls) for (const use of usesOf(call, workspace)) yield [anchorKey(use), again(use)];
});

export const taintedUsesIn = (region: Region, workspace: Workspace): readonly TaintedUse[] => workspace.under(uses, regionKey(region));

/** Asks for the callers of wrappers that a file's commands are in: findings stand there. */
export function seekTaintedUses(file: string, workspace: Workspace): void {
  workspace.partOf(uses, file);
}

const scripts = /^(?:EVAL|EVAL_RO|SCRIPT LOAD)$/;

function* usesOf(call: RedisCall, workspace: Workspace): Iterable<TaintedUse> {
  const { command, args, receiver, nameNode } = call;
  const pattern = matchOf(call);
  if (pattern) {
    const input = hasLiteral(keyPattern(pattern, workspace.checker)) ? inputWithin(pattern, workspace) : wholeInput(pattern, workspace);
    if (input) yield { anchor: nameNode, input, what: 'pattern' };
    else yield* passedOn(pattern, 'pattern', inputWithin, workspace);
  }
  if (command.startsWith('@')) return;
  const [script] = args.list;
  if (script && scripts.test(command)) {
    const input = inputWithin(script, workspace);
    if (input) yield { anchor: nameNode, input, what: 'script' };
  }
  // A prefix of the client stands before every key.
  if (command === 'KEYS' || clientOf(receiver, workspace).hasPrefix) return;
  for (const { node, pattern: key } of args.keys) {
    if (hasLiteral(key)) continue;
    const input = wholeInput(node, workspace);
    if (input) yield { anchor: nameNode, input, what: 'key' };
    else yield* passedOn(node, 'key', wholeInput, workspace);
  }
}

function* passedOn(used: ts.Expression, what: TaintedUse['what'], inputOf: typeof wholeInput, workspace: Workspace): Iterable<TaintedUse> {
  for (const { argument, sites } of passedFor(used, workspace)) {
    const [input, site] = [inputOf(argument, workspace), sites.at(-1)];
    if (input && site) yield { anchor: calleeName(site), input, what };
  }
}
