/** The deletion of a lock: of a key that is taken with NX and a time to live, whether or not somebody looked whose it is. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { contains, unwrap } from '../code/ast.ts';
import { comparisonOf } from '../code/comparison.ts';
import { accessesOfPattern } from '../values/json-accesses.ts';
import type { KeyEffect } from '../keys/key-effects.ts';
import { anchorOf, KeyPairs, type KeyPair } from './key-pairs.ts';
import { isLockKey, wordsOf } from '../keys/key-words.ts';
import type { RegionFacts } from '../calls/file-facts.ts';
import type { Condition } from '../code/path-conditions.ts';
import type { RedisCall } from '../calls/redis-call.ts';
import { regionOf } from '../calls/regions.ts';
import { contentGuards } from '../replies/reply-absence.ts';
import { isClaim } from './serialized.ts';
import { serverPattern } from '../keys/server-pattern.ts';
import { unitName, unitOf } from '../code/units.ts';

export interface LockRelease {
  release: KeyEffect;
  /** Where it is taken in the same function, or in a helper that this one calls. */
  claim: RedisCall | undefined;
  /** The GET whose reply was compared before, in the function of the deletion. */
  compared: RedisCall | undefined;
}

const isDeletion = ({ command }: RedisCall): boolean => command === 'DEL' || command === 'UNLINK';

const claimsAndDeletions = new KeyPairs({ name: 'unsafe-unlock', isFirst: isClaim, isSecond: isDeletion, at: 'second', choose: 'nearest' });

/** Those whose finding stands in a region, that no script, and no WATCH, makes safe. */
export function lockReleasesIn(file: RegionFacts, workspace: Workspace): LockRelease[] {
  const found: LockRelease[] = [];
  const add = (release: KeyEffect, claim: RedisCall | undefined): void => {
    if (found.some((one) => anchorOf(one.release) === anchorOf(release)) || isWatched(release, workspace) || isForced(release)) return;
    found.push({ release, claim, compared: comparison(release.call, workspace) });
  };
  for (const { first, second } of claimsAndDeletions.in(file, workspace, (pair) => isLock(pair, workspace))) add(second, first.call);
  for (const call of file.calls) {
    if (!isDeletion(call) || !ts.isCallExpression(call.node)) continue;
    const [key] = call.args.keys;
    if (key && (isLockKey(key.pattern) || comparison(call, workspace)) && isTakenSomewhere(call, workspace)) add({ call, site: call.node, keyFromCaller: false }, undefined);
  }
  return found;
}

/** Whether a key that is compared and deleted is taken as a lock somewhere: then this is where that is said. */
export function isTakenSomewhere(deletion: RedisCall, workspace: Workspace): boolean {
  const [key] = deletion.args.keys;
  const pattern = key && serverPattern(key.pattern, deletion.receiver, workspace);
  if (pattern === undefined) return false;
  const calls = accessesOfPattern(pattern, workspace).own.map(({ call }) => call);
  return calls.some(isClaim) && calls.some((call) => (isClaim(call) && call.args.ttl !== undefined) || isExpiry(call));
}

const isExpiry = ({ command }: RedisCall): boolean => /^P?EXPIRE(?:AT)?$/.test(command);

/** A key says that it is a lock; or it is let go of where the work is over. Without a time to live it is nobody else's. */
function isLock({ first, second }: KeyPair, workspace: Workspace): boolean {
  const keys = [first, second].flatMap(({ call }) => call.args.keys.slice(0, 1));
  const unit = unitOf(second.site) ?? regionOf(second.site);
  const expires = first.call.args.ttl !== undefined || workspace.callsIn(unit).some((call) => isExpiry(call) && call.args.keys[0]?.identity === keys[0]?.identity);
  if (!expires) return false;
  if (keys.some(({ pattern }) => isLockKey(pattern))) return true;
  // A claim that is given back after a failure alone is no lock.
  return isInFinally(second.site, first.site);
}

function isInFinally(node: ts.Node, after: ts.Node): boolean {
  return ts.findAncestor(node, (one) => ts.isTryStatement(one) && one.finallyBlock !== undefined && contains(one.finallyBlock, node) && one.pos > after.pos) !== undefined;
}

function isWatched({ call, site }: KeyEffect, workspace: Workspace): boolean {
  return [site, call.node].some((node) => workspace.callsIn(unitOf(node) ?? regionOf(node)).some(({ command }) => command === 'WATCH'));
}

/** A function that says that it takes a lock from whoever has it. */
function isForced({ site }: KeyEffect): boolean {
  const unit = unitOf(site);
  return wordsOf((unit && unitName(unit)) ?? '').some((word) => /^(?:force|forced|admin|break|steal|purge|clear|cleanup|clean|reset|remove|stale|evict)$/.test(word));
}

/** The GET of that key whose reply has to equal something for the deletion to be got to. */
function comparison(call: RedisCall, workspace: Workspace): RedisCall | undefined {
  const key = call.args.keys[0]?.identity;
  return workspace.callsIn(unitOf(call.node) ?? regionOf(call.node)).find((read) => {
    if (read.command !== 'GET' || read.args.keys[0]?.identity !== key || !ts.isCallExpression(read.node) || read.node.pos > call.node.pos) return false;
    return contentGuards({ call: read, site: read.node, keyFromCaller: false }, call.node, workspace).some(needsEquality);
  });
}

/** `a === b` that has to be true, `a !== b` that has to be false; of the reply and something else. */
export function needsEquality({ test, holds }: Condition): boolean {
  const node = unwrap(test);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return needsEquality({ test: node.operand, holds: !holds });
  if (ts.isIdentifier(node)) return isEqualityVariable(node, holds);
  if (ts.isCallExpression(node)) return holds && /(?:[tT]imingSafeEqual|\.equals)$/.test(node.expression.getText());
  if (!ts.isBinaryExpression(node)) return false;
  // `raw && raw === code`, `!raw || raw !== code`
  if (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return holds && needsEquality({ test: node.right, holds });
  if (node.operatorToken.kind === ts.SyntaxKind.BarBarToken) return !holds && needsEquality({ test: node.right, holds });
  return comparisonOf(node) === (holds ? '==' : '!=');
}

/** `const mine = (await r.get(k)) === token; if (!mine) return;` */
function isEqualityVariable(name: ts.Identifier, holds: boolean): boolean {
  const list = ts.findAncestor(name, (node) => ts.isBlock(node) || ts.isSourceFile(node));
  if (!list || !(ts.isBlock(list) || ts.isSourceFile(list))) return false;
  const declarations = list.statements.flatMap((statement) => (ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : []));
  const initializer = declarations.find((one) => ts.isIdentifier(one.name) && one.name.text === name.text)?.initializer;
  return initializer !== undefined && !ts.isIdentifier(unwrap(initializer)) && needsEquality({ test: initializer, holds });
}
