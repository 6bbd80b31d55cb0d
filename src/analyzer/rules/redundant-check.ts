/** EXISTS, then GET: GET alone says both, since it replies null for a key that is not there. */
import ts from 'typescript';
import { identityOf, keyPattern } from '../facts/code/fold.ts';
import type { KeyEffect } from '../facts/keys/key-effects.ts';
import { anchorName, directPair, KeyPairs, seekKeyRoots, type KeyPair } from '../facts/together/key-pairs.ts';
import { isSentAlone, mayWrite, pathOf, waitsBetween } from '../facts/together/pair-tests.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { answerOf, testOf } from '../facts/replies/reply-tests.ts';
import { unitOf } from '../facts/code/units.ts';
import { planReadAlone } from '../fixes/read-alone.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Rule } from './rule.ts';

const checks = new KeyPairs({
  name: 'redundant-check',
  isFirst: (call) => (call.command === 'EXISTS' && isOfOneKey(call)) || (call.command === 'HEXISTS' && call.args.list.length === 2),
  isSecond: ({ command }) => command === 'GET' || command === 'HGET' || command === 'JSON.GET',
  at: 'first',
  rarer: 'first',
  choose: 'nearest',
  mayBePair: (check, read) => isOneQuestion(check, read) && isSentAlone(check) && isSentAlone(read) && isOnlyForRead(check, read),
  isPair: (_check, _read, between) => !between().some(mayWrite),
});

function isOfOneKey({ args: { keys, list } }: RedisCall): boolean {
  const [only, ...more] = list;
  return keys.length === 1 && only !== undefined && more.length === 0 && !ts.isSpreadElement(only) && keys[0]?.node === only;
}

/** EXISTS with GET, HEXISTS with HGET of a field that is written alike. */
function isOneQuestion({ call: check, site }: KeyEffect, { call: read, site: readSite }: KeyEffect): boolean {
  if (check.command === 'EXISTS') return read.command === 'GET' || read.command === 'JSON.GET';
  return read.command === 'HGET' && site === check.node && readSite === read.node && check.args.list[1]?.getText() === read.args.list[1]?.getText();
}

/** Whether the read follows wherever the key is there, and nothing that takes time lies between. */
function isOnlyForRead(check: KeyEffect, read: KeyEffect): boolean {
  const path = pathOf(check, read);
  if (!path || waitsBetween(check.site, read.site)) return false;
  if (path.conditions.length === 0) return isNext(check.site, read.site);
  return path.conditions.every((condition) => {
    const test = testOf(condition, path.reply);
    return test !== undefined && answerOf(test) === 'yes';
  });
}

/** In the next statement of the same list: what an `if` between does for a key that is not there may bring it about. */
function isNext(check: ts.Node, read: ts.Node): boolean {
  const [one, other] = [statementOf(check), statementOf(read)];
  if (!one || one.parent !== other?.parent || !(ts.isBlock(one.parent) || ts.isSourceFile(one.parent))) return false;
  const list: readonly ts.Statement[] = one.parent.statements;
  return list.indexOf(other) === list.indexOf(one) + 1;
}

function statementOf(node: ts.Node): ts.Statement | undefined {
  const statement = ts.findAncestor(node, ts.isStatement);
  return statement && (ts.isVariableStatement(statement) || ts.isExpressionStatement(statement) || ts.isReturnStatement(statement)) ? statement : undefined;
}

/** A field by its name may be another value by then. */
function isSameField({ first, second }: KeyPair, { checker }: Workspace): boolean {
  const [one, other] = [first.call.args.list[1], second.call.args.list[1]];
  if (first.call.command === 'EXISTS') return true;
  const text = one && other ? identityOf(keyPattern(one, checker)) : '{?';
  return !text.includes('{?') && other !== undefined && text === identityOf(keyPattern(other, checker));
}

/** In a helper: all that it does. */
function isWhole({ call, site }: KeyEffect, workspace: Workspace): boolean {
  if (call.node === site) return true;
  const unit = unitOf(call.node);
  return unit !== undefined && workspace.callsIn(unit).length === 1;
}

export const redundantCheck: Rule = {
  meta: {
    id: 'redundant-check',
    summary: 'EXISTS asks what the reply of the GET after it says: null for a key that is not there.',
    severity: 'hint',
    fix: 'safe',
    category: 'latency',
  },
  seek: seekKeyRoots,
  *check(file, workspace) {
    for (const pair of checks.in(file, workspace)) {
      if (!isSameField(pair, workspace) || !isWhole(pair.first, workspace) || !isWhole(pair.second, workspace)) continue;
      const { first, second } = pair;
      // A document may be the `null` of JSON, which some clients parse.
      const direct = second.call.command === 'JSON.GET' ? undefined : directPair(pair);
      const what = first.call.command === 'EXISTS' ? 'a key' : 'a field';
      yield {
        node: anchorName(first),
        message: `${first.call.command} is a round trip for what ${second.call.command} says too: it replies null for ${what} that is not there.`,
        related: [{ node: second.call.nameNode, message: `it is read by ${second.call.command} here` }],
        ...(direct ? { fixes: () => planReadAlone(direct.first, direct.second, workspace) } : {}),
      };
    }
  },
};
