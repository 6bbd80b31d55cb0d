/**
 * What stands under a key pattern: every command on such keys over the workspace, with the place at which the key is known. Tests are left
 * out: each makes a keyspace of its own.
 */
import ts from 'typescript';
import type { KeyPattern } from '../../../redis/key-pattern.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf } from '../code/ast.ts';
import { keyPattern, place } from '../code/fold.ts';
import { storedPairs } from '../values/json-pairs.ts';
import { elementKeys, listedKeys, scannedPattern } from './json-keys.ts';
import { patternAt } from '../values/json-write.ts';
import { firstWord, isTelling, reachOf, reaches } from './key-reach.ts';
import { mayShareServer } from '../clients/one-server.ts';
import { queuedCalls } from '../calls/queued-lists.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { isOfTest } from '../code/of-test.ts';
import { scannedServerPattern, serverPattern } from './server-pattern.ts';
import { deepest, unitName, unitOf } from '../code/units.ts';

export interface KeyUse {
  call: RedisCall;
  /** Where a finding stands: the command's name, or that of the wrapper's call that says the key. */
  anchor: ts.Node;
  /** The key as written where its pattern is known. */
  key: ts.Expression;
  /** As the client sees it. */
  parts: KeyPattern;
  /** As the server does, with the database where the client says one. */
  pattern: string;
  /** The same, where `**` is a hole that may hold a `:` (`cache:${key}`). */
  reach: string;
  /** The calls between the anchor and the command, the command's own function's first; none where the command itself says the key. */
  wrappers: readonly ts.CallExpression[];
  /** The key is one of a list, or was found by a scan: the command is sent other keys too. */
  listed: boolean;
}

/** By the region in which a finding stands, by the first word of the pattern, and `?` for the calls of which no key is known, with and without their region. */
const keyUses = new Join<KeyUse | RedisCall>('key-uses', function* (calls, workspace) {
  for (const call of calls) {
    if (!ts.isCallExpression(call.node) || isOfTest(call.node, workspace)) continue;
    // A finding stands at a call; what a queue is made of only counts for those.
    for (const queued of queuedCalls(call, workspace.checker)) {
      for (const use of usesOf(queued, workspace)) yield use === 'unknown' ? ['?', queued] : [`=${firstWord(use.pattern)}`, use];
    }
    if (call.command.startsWith('@')) continue;
    let isKnown = true;
    for (const use of usesOf(call, workspace)) {
      if (use === 'unknown') isKnown = false;
      else {
        yield [keyOf(regionOf(use.anchor)), use];
        yield [`=${firstWord(use.pattern)}`, use];
      }
    }
    if (!isKnown) {
      yield ['?', call];
      yield [`?${keyOf(regionOf(call.node))}`, call];
    }
  }
}, (use) => ('call' in use ? [use.pattern, use.reach, use.listed, ...use.wrappers.map(said), said(use.key), ...sayingOf(use.call)] : sayingOf(use)).join('\n'));

/** What the rules that look at keys read off a command. */
function sayingOf({ node, nameNode, command, receiver, args }: RedisCall): (string | number | undefined)[] {
  const unit = unitOf(node);
  return [node.getSourceFile().fileName, unit && unitName(unit), receiver.identity, receiver.kind, receiver.db, command, args.ttl?.unit, ...args.flags, said(node), ts.isArrayLiteralExpression(nameNode.parent) ? said(nameNode.parent) : ''];
}

const said = (node: ts.Node): string => node.getText();

const keyOf = (region: Region): string => region.getSourceFile().fileName + place(region);

/** Asks for the places at which the keys of a file's commands are known: findings stand there. */
export function seekKeyUses(file: string, workspace: Workspace): void {
  workspace.partOf(keyUses, file);
}

/** Those whose finding stands in one region, in source order. */
export function keyUsesIn(region: Region, workspace: Workspace): KeyUse[] {
  return (workspace.under(keyUses, keyOf(region)) as KeyUse[]).sort((a, b) => a.anchor.getStart() - b.anchor.getStart());
}

/** Commands of which it cannot be told which keys they are sent: any, as far as one knows. */
export function unknownUses(workspace: Workspace): RedisCall[] {
  return workspace.under(keyUses, '?') as RedisCall[];
}

/** Those of one region. */
export function unknownUsesIn(region: Region, workspace: Workspace): RedisCall[] {
  return workspace.under(keyUses, `?${keyOf(region)}`) as RedisCall[];
}

const nearKind = {};

/** Those that may be sent the same keys on the same server, itself among them: of the same pattern, and of others that reach into it. By file, in source order. */
export function usesOfSameKeys(use: KeyUse, workspace: Workspace): readonly KeyUse[] {
  const near = workspace.once(nearKind, use.pattern, () => {
    const word = firstWord(use.pattern);
    const words = word === '' ? workspace.keysOf(keyUses).filter((key) => key.startsWith('=')) : [`=${word}`, '='];
    const uses = words.flatMap((one) => workspace.under(keyUses, one) as KeyUse[]);
    return [...new Set(uses)].filter((one) => one.pattern === use.pattern || reaches(one.reach, use.pattern));
  });
  return near.filter((one) => one === use || mayShareServer(one.call, use.call, workspace));
}

/** Those whose keys begin with the same word, whatever follows it. By file, in source order. */
export function usesOfSameWord(use: KeyUse, workspace: Workspace): readonly KeyUse[] {
  return workspace.under(keyUses, `=${firstWord(use.pattern)}`) as KeyUse[];
}

type Found = KeyUse | 'unknown';

function usesOf(call: RedisCall, workspace: Workspace): Found[] {
  const { checker } = workspace;
  const keys = /^MSET/.test(call.command) ? storedPairs(call, checker).map(({ key }) => ({ node: key, pattern: keyPattern(key, checker) })) : call.args.keys;
  if (keys.length === 0) return call.args.list.length > 0 ? lists(call.args.list) : [];
  return keys.flatMap(({ node, pattern }) => usesOfKey(call, node, pattern, workspace));

  /** `del(...keys)`: of which nothing is known yet. */
  function lists(list: readonly ts.Expression[]): Found[] {
    if (!/^(?:DEL|UNLINK|TOUCH|EVAL.*|FCALL.*|M?GET|B?[LR]POP|Z?[A-Z]*MPOP|XREAD(?:GROUP)?)$/.test(call.command)) return [];
    const found = list.flatMap((one) => listedUses(call, one, workspace));
    return found.length > 0 ? found : ['unknown'];
  }
}

/** By the key's own text, where that says nothing by the list that it is or is from, and by what the callers pass. */
function usesOfKey(call: RedisCall, key: ts.Expression, pattern: KeyPattern, workspace: Workspace): Found[] {
  const own = useOf(call, key, [], pattern, workspace);
  if (own) return [own];
  const listed = listedUses(call, key, workspace);
  return listed.length > 0 ? listed : atCallers(call, key, [], workspace);
}

function useOf(call: RedisCall, key: ts.Expression, wrappers: readonly ts.CallExpression[], parts: KeyPattern, workspace: Workspace): KeyUse | undefined {
  const pattern = isTelling(parts) ? serverPattern(parts, call.receiver, workspace) : undefined;
  if (pattern === undefined) return undefined;
  const site = wrappers.at(-1);
  const anchor = site ? (methodOf(site)?.nameNode ?? site.expression) : call.nameNode;
  return { call, anchor, key, parts, pattern, reach: reachOf(pattern, key, workspace.checker), wrappers, listed: false };
}

function atCallers(call: RedisCall, key: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace): Found[] {
  const unit = unitOf(wrappers.at(-1) ?? call.node);
  if (!unit || ts.isClassLike(unit) || wrappers.length >= deepest || unit.parameters.length === 0) return ['unknown'];
  const sites = workspace.callers(unit);
  if (sites.length === 0) return ['unknown'];
  return sites.flatMap((site): Found[] => {
    if (!ts.isCallExpression(site) || wrappers.includes(site) || isOfTest(site, workspace)) return [];
    const all = [...wrappers, site];
    const said = site.arguments.find((one) => !ts.isSpreadElement(one) && isTelling(keyPattern(one, workspace.checker))) ?? site.arguments[0];
    const use = said && useOf(call, said, all, patternAt(key, all, workspace), workspace);
    return use ? [use] : atCallers(call, key, all, workspace);
  });
}

/** `del(...ids.map((id) => `user:${id}`))`, `for (const key of [a, b]) del(key)`, `for (const key of await keys('user:*')) del(key)` */
function listedUses(call: RedisCall, expression: ts.Expression, workspace: Workspace): KeyUse[] {
  const { checker } = workspace;
  const keys = [...listedKeys(expression, checker), ...elementKeys(expression, checker)];
  if (keys.length > 0) return keys.flatMap((key) => useOf(call, key, [], patternAt(key, [], workspace), workspace) ?? []).map((use) => ({ ...use, listed: true }));
  const unit = unitOf(call.node);
  const around = unit ? workspace.callsIn(unit) : (workspace.factsOf(call.sourceFile.fileName)?.calls ?? []);
  return around.flatMap((scan) => {
    const scanned = scannedPattern(scan, checker);
    const pattern = scanned && isTelling(scanned) ? scannedServerPattern(scanned, call.receiver, workspace) : undefined;
    return scanned && pattern !== undefined ? [{ call, anchor: call.nameNode, key: expression, parts: scanned, pattern, reach: pattern.replaceAll('*', '**'), wrappers: [], listed: true }] : [];
  });
}
