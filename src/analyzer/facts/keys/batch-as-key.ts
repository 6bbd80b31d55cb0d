/** A batch of names, as a scan gives it step by step, used where one key belongs. */
import ts from 'typescript';
import { takesManyKeys } from '../../../redis/key-positions.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, isFunctionWithBody, methodOf, some, unwrap } from '../code/ast.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import { nodesIn } from '../calls/nodes.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { scannedIn } from '../replies/scan-origin.ts';
import { deepest, type Unit } from '../code/units.ts';

export interface BatchAsKey {
  scan: RedisCall;
  /** What is given the batch: a command, or the call of a helper that sends one. */
  site: ts.CallExpression;
  batch: ts.Expression;
  /** The helper's command. */
  command: RedisCall;
}

/** The first of each scan. */
export function batchesAsKeys({ region, calls }: RegionFacts, workspace: Workspace): BatchAsKey[] {
  const found = new Map<RedisCall, BatchAsKey>();
  const add = (one: BatchAsKey | undefined): void => {
    const known = one && found.get(one.scan);
    if (one && (!known || one.site.pos < known.site.pos)) found.set(one.scan, one);
  };
  for (const call of calls) for (const key of singleKeys(call)) add(batchAt(key, call, call.node, workspace));
  if (calls.some(givesBatches)) {
    const commands = new Set<ts.Node>(calls.map(({ node }) => node));
    for (const node of nodesIn(region)) if (ts.isCallExpression(node) && !commands.has(node)) add(givenToHelper(node, workspace));
  }
  return [...found.values()];
}

/** Streams, and iterators of node-redis 5 and later. */
const givesBatches = ({ command, major }: RedisCall): boolean => /^@scan(?:Buffer)?Stream$/.test(command) || (command === '@scanIterator' && major >= 5);

/** The arguments of a command that stand for one key each. */
function singleKeys({ command, args }: RedisCall): ts.Expression[] {
  return command.startsWith('@') || takesManyKeys(command) ? [] : args.keys.map(({ node }) => node);
}

function batchAt(key: ts.Expression, command: RedisCall, site: ts.Node, workspace: Workspace): BatchAsKey | undefined {
  if (!ts.isIdentifier(unwrap(key)) || !ts.isCallExpression(site)) return undefined;
  const scanned = scannedIn(key, workspace);
  if (!scanned || scanned.depth === 0 || scanned.page || !givesBatches(scanned.scan) || tellsApart(scanned.scan.fn)) return undefined;
  return { scan: scanned.scan, site, batch: key, command };
}

/** `await archive(key)`, whose parameter is a command's key. */
function givenToHelper(site: ts.CallExpression, workspace: Workspace): BatchAsKey | undefined {
  for (const [index, argument] of site.arguments.entries()) {
    if (!ts.isIdentifier(unwrap(argument))) continue;
    const scanned = scannedIn(argument, workspace);
    if (!scanned || scanned.depth === 0 || scanned.page || !givesBatches(scanned.scan)) continue;
    const unit = workspace.called(site);
    const command = unit && keyedBy(unit, index, workspace, 1);
    const found = command && batchAt(argument, command, site, workspace);
    if (found) return found;
  }
  return undefined;
}

/** The command of a helper whose key is its parameter alone. */
function keyedBy(unit: Unit, index: number, workspace: Workspace, depth: number): RedisCall | undefined {
  const parameter = isFunctionWithBody(unit) ? unit.parameters[index] : undefined;
  if (!parameter || parameter.dotDotDotToken || !ts.isIdentifier(parameter.name) || /\[\]|Array|Iterable/.test(parameter.type?.getText() ?? '') || tellsApart(unit)) return undefined;
  const { checker } = workspace;
  const isIt = (node: ts.Expression): boolean => {
    const inner = unwrap(node);
    return ts.isIdentifier(inner) && inner.text === parameter.name.getText() && checker.getSymbolAtLocation(inner)?.valueDeclaration === parameter;
  };
  const calls = workspace.callsIn(unit);
  const own = calls.find((call) => singleKeys(call).some(isIt));
  if (own || depth >= deepest) return own;
  for (const [inner, site] of workspace.sitesWithin(unit)) {
    const at = ts.isCallExpression(site) && contains(unit, site) ? site.arguments.findIndex(isIt) : -1;
    const found = at >= 0 && inner !== unit ? keyedBy(inner, at, workspace, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Code that is made for both: `Array.isArray(keys)`. */
const tellsApart = (fn: ts.Node): boolean => some(fn, (node) => ts.isCallExpression(node) && methodOf(node)?.name === 'isArray');
