/**
 * Commands that store an object as one JSON string, wherever the object's type is known: at the command, in the serialiser,
 * or at the callers of a wrapper that takes anything.
 */
import ts from 'typescript';
import type { KeyPattern } from '../../../redis/key-pattern.ts';
import { unitOf } from '../code/units.ts';
import { Join } from '../../workspace/join.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { methodOf } from '../code/ast.ts';
import { bindArguments, keyPattern, place, type Bindings } from '../code/fold.ts';
import type { JsonShape } from './json-shape.ts';
import { regionOf, type Region } from '../calls/regions.ts';
import { jsonText, parameterOf, type JsonText } from './json-text.ts';
import { storedPairs } from './json-pairs.ts';
import { shapeOfValue } from './json-value.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { serverPattern } from '../keys/server-pattern.ts';

export interface JsonWrite {
  call: RedisCall;
  /** Where the type is known, and the finding stands: the command's name, or that of a wrapper's call. */
  anchor: ts.Node;
  key: KeyPattern;
  /** The key as written at the command. */
  keyNode: ts.Expression;
  text: JsonText;
  shape: JsonShape;
  /** The calls between the anchor and the command, the command's own function's first; none where the command itself says all. */
  wrappers: readonly ts.CallExpression[];
}

const single: ReadonlySet<string> = new Set(['SET', 'SETEX', 'PSETEX', 'SETNX', 'GETSET']);
const several: ReadonlySet<string> = new Set(['MSET', 'MSETNX']);
const deepest = 3;

/** By the region in which the finding stands, and by the pattern of the key. */
const jsonWrites = new Join<JsonWrite>('json-writes', function* (calls, workspace) {
  for (const call of calls) {
    for (const write of writesOf(call, workspace)) {
      yield [keyOf(regionOf(write.anchor)), write];
      const pattern = serverPattern(write.key, call.receiver, workspace);
      if (pattern !== undefined) yield [keyOfPattern(pattern), write];
    }
  }
});

const keyOf = (region: Region): string => region.getSourceFile().fileName + place(region);

const keyOfPattern = (pattern: string): string => `=${pattern}`;

/** Those under a pattern, by the place of the finding. @param pattern as `serverPattern` gives it */
export function jsonWritesUnder(pattern: string, workspace: Workspace): readonly JsonWrite[] {
  return workspace.under(jsonWrites, keyOfPattern(pattern)).toSorted(byAnchor);
}

function byAnchor({ anchor: one }: JsonWrite, { anchor: other }: JsonWrite): number {
  const [a, b] = [one.getSourceFile().fileName, other.getSourceFile().fileName];
  return a === b ? one.getStart() - other.getStart() : a < b ? -1 : 1;
}

/** Asks for the places at which what a file's commands store is known: findings stand there. */
export function seekJsonWrites(file: string, workspace: Workspace): void {
  workspace.partOf(jsonWrites, file);
}

/** Those whose finding stands in one region. */
export function jsonWritesIn(region: Region, workspace: Workspace): readonly JsonWrite[] {
  return workspace.under(jsonWrites, keyOf(region));
}

function writesOf(call: RedisCall, workspace: Workspace): JsonWrite[] {
  if (!ts.isCallExpression(call.node)) return [];
  if (single.has(call.command)) {
    const [key] = call.args.keys;
    return key && call.args.value ? storedAt(call, key.node, call.args.value, [], workspace) : [];
  }
  if (!several.has(call.command)) return [];
  return storedPairs(call, workspace.checker).flatMap(({ key, value }) => storedAt(call, key, value, [], workspace));
}

/** @param stored the text that is stored, as it stands where the last of `wrappers` passes it on */
function storedAt(call: RedisCall, key: ts.Expression, stored: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace): JsonWrite[] {
  const text = jsonText(stored, workspace.checker);
  if (!text) return throughWrapper(stored, (argument, site) => storedAt(call, key, argument, [...wrappers, site], workspace), wrappers, workspace);
  return judged(text, text.value, wrappers);

  function judged(from: JsonText, value: ts.Expression, sites: readonly ts.CallExpression[]): JsonWrite[] {
    for (const one of [value, ...(from.parameter ? [from.parameter.name as ts.Identifier] : [])]) {
      const shape = shapeOfValue(one, workspace);
      if (shape) return [{ call, anchor: anchorOf(call, sites), key: patternAt(key, sites, workspace), keyNode: key, text: { ...from, value }, shape, wrappers: sites }];
    }
    return throughWrapper(value, (argument, site) => judged(from, argument, [...sites, site]), sites, workspace);
  }
}

/** A value that is only passed in: whatever the callers of that function pass. */
function throughWrapper(value: ts.Expression, judge: (argument: ts.Expression, site: ts.CallExpression) => JsonWrite[], sites: readonly ts.CallExpression[], workspace: Workspace): JsonWrite[] {
  const parameter = parameterOf(value, workspace.checker);
  const unit = unitOf(value);
  if (!parameter || !unit || ts.isClassLike(unit) || parameter.parent !== unit || sites.length >= deepest) return [];
  const index = unit.parameters.indexOf(parameter);
  return workspace.callers(unit).flatMap((site) => {
    const argument = ts.isCallExpression(site) && !site.arguments.some(ts.isSpreadElement) ? site.arguments[index] : undefined;
    return argument && ts.isCallExpression(site) ? judge(argument, site) : [];
  });
}

function anchorOf(call: RedisCall, wrappers: readonly ts.CallExpression[]): ts.Node {
  const site = wrappers.at(-1);
  return site ? (methodOf(site)?.nameNode ?? site.expression) : call.nameNode;
}

/** The key as the outermost caller makes it. */
export function patternAt(key: ts.Expression, wrappers: readonly ts.CallExpression[], workspace: Workspace): KeyPattern {
  let bindings: Bindings = new Map();
  for (const site of wrappers.toReversed()) {
    const unit = workspace.called(site);
    if (unit && !ts.isClassLike(unit)) bindings = bindArguments(unit, site, workspace.checker, bindings);
  }
  return keyPattern(key, workspace.checker, bindings);
}
