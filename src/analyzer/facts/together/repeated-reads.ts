/** The same read sent twice in one function with nothing in between, by the command itself or by a helper that does no more than read. */
import ts from 'typescript';
import { isUnchangingText } from '../code/unchanging.ts';
import { contains, methodOf } from '../code/ast.ts';
import { isConditional } from '../code/conditional.ts';
import { identityOf, keyPattern, place } from '../code/fold.ts';
import { enclosingLoop } from '../code/loop.ts';
import { objectIdentity, ownerIdentity } from '../code/object-identity.ts';
import { onOnePath } from '../code/paths.ts';
import { isPureRead, isPureReader, isUndisturbed } from '../code/pure-read.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { runOf } from '../code/run.ts';
import { sitesByName, unitOf, type CallSite, type Unit } from '../code/units.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Where a read is sent: the command, or the call of the helper. */
export interface ReadSite {
  site: ts.CallExpression;
  nameNode: ts.Node;
  command: string;
  /** The helper. */
  helper: Unit | undefined;
  /** The client, or what the helper is called on: each instance of a class may read keys of its own. */
  owner: ts.Expression | undefined;
  /** What has to be equal besides the key. */
  args: readonly ts.Expression[];
}

export interface RepeatedRead {
  first: ReadSite;
  second: ReadSite;
}

/** In the order of the text; each with the nearest one before it. Asks the checker only about what is alike by its text. */
export function* repeatedReads(calls: readonly RedisCall[], region: Region, workspace: Workspace): Iterable<RepeatedRead> {
  for (const sites of alike(calls, region, workspace).values()) {
    for (const [index, second] of sites.entries()) {
      const first = sites.slice(0, index).reverse().find((one) => mayRepeat(one.site, second.site));
      if (first && areReads([first, second], workspace) && areEqual(first.args, second.args, workspace) && isSameOwner(first, second, workspace) && isUndisturbed(first.site, second.site, workspace)) yield { first, second };
    }
  }
}

/** Those of a region that are the same by their text. */
function alike(calls: readonly RedisCall[], region: Region, workspace: Workspace): Map<string, ReadSite[]> {
  const found = new Map<string, ReadSite[]>();
  const add = (key: string, site: ReadSite): void => {
    const list = found.get(key);
    if (list) list.push(site);
    else found.set(key, [site]);
  };
  for (const call of calls) {
    const { node, args, command, receiver, nameNode } = call;
    if (!isRead(call) || !ts.isCallExpression(node) || args.keys.some(({ identity }) => identity.includes('{?'))) continue;
    const more = args.list.filter((argument) => !args.keys.some((key) => key.node === argument));
    const key = [receiver.identity, command, nameNode.getText(), ...args.keys.map(({ identity }) => identity), ...more.map((argument) => argument.getText())].join(' ');
    add(key, { site: node, nameNode, command, helper: undefined, owner: receiver.node, args: more });
  }
  for (const [helper, site] of workspace.sitesIn(region, isSaidAgain)) {
    if (!ts.isCallExpression(site)) continue;
    const [call, ...more] = workspace.callsIn(helper);
    if (!call || more.length > 0 || !isRead(call)) continue;
    const method = methodOf(site);
    add([place(helper), site.expression.getText(), ...site.arguments.map((argument) => argument.getText())].join(' '), {
      site, nameNode: method?.nameNode ?? site.expression, command: call.command, helper, owner: method?.target, args: site.arguments,
    });
  }
  return found;
}

const repeated = new WeakMap<Region, ReadonlySet<CallSite>>();

/** Whether its region has another call of that name with the same arguments. */
function isSaidAgain(site: CallSite): boolean {
  const region = regionOf(site);
  let known = repeated.get(region);
  if (!known) repeated.set(region, (known = saidAgain(region)));
  return known.has(site);
}

function saidAgain(region: Region): Set<CallSite> {
  const found = new Set<CallSite>();
  for (const sites of sitesByName(region).values()) {
    const first = new Map<string, CallSite>();
    for (const site of sites.length > 1 ? sites.filter(ts.isCallExpression) : []) {
      const said = site.arguments.map((argument) => argument.getText()).join();
      const before = first.get(said);
      if (before) found.add(before).add(site);
      else first.set(said, site);
    }
  }
  return found;
}

const isRead = ({ command, receiver, use, args }: RedisCall): boolean =>
  isPureRead(command) && args.keys.length > 0 && receiver.kind !== 'pipeline' && receiver.kind !== 'multi' && use.kind !== 'floating' && use.kind !== 'void' && use.kind !== 'callback';

/** The first is sent whenever the second is, in the same run. */
function mayRepeat(first: ts.Node, second: ts.Node): boolean {
  if (unitOf(first) !== unitOf(second) || !onOnePath(first, second) || isConditional(first, second) || runOf(first) !== runOf(second)) return false;
  const loop = enclosingLoop(second);
  return !loop || contains(loop.node, first);
}

const areReads = (sites: readonly ReadSite[], workspace: Workspace): boolean =>
  sites.every(({ helper }) => {
    const [call] = helper ? workspace.callsIn(helper) : [];
    return !helper || (call !== undefined && isPureReader(helper, call, workspace));
  });

function isSameOwner({ helper, owner: one }: ReadSite, { owner: other }: ReadSite, { checker }: Workspace): boolean {
  const identity = (owner: ts.Expression | undefined): string => (helper && owner ? objectIdentity(owner, checker) : ownerIdentity(owner, checker));
  return identity(one) === identity(other) && !identity(one).startsWith('?');
}

function areEqual(one: readonly ts.Expression[], other: readonly ts.Expression[], { checker }: Workspace): boolean {
  return one.every((argument, index) => {
    const second = other[index];
    if (!second) return false;
    const identity = identityOf(keyPattern(argument, checker));
    return identity.includes('{?') ? isUnchangingText(argument) : identity === identityOf(keyPattern(second, checker));
  });
}
