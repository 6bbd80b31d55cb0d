/** SETNX, then EXPIRE → one SET with NX and the TTL: claimed with an end, or not at all. */
import ts from 'typescript';
import { contains, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { answerOf, isTruthOnly } from '../facts/replies/reply-tests.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { methodName } from '../dialects/write/method-name.ts';
import { claimArguments } from '../dialects/write/set-ttl.ts';
import { dropDeclaration, replyUses } from './reply-variable.ts';
import { takeOutExpire } from './take-out-expire.ts';
import { insertAt, replaceNode, replaceRange } from './text/edits.ts';
import { quote } from './text/quote.ts';
import { styleOf, type Style } from './text/style.ts';

/** @param claim SETNX, or SET with NX alone; @param expire the EXPIRE or PEXPIRE of its key; [] where they cannot become one */
export function planClaimWithTtl(claim: RedisCall, expire: RedisCall, workspace: Workspace): FixPlan[] {
  const value = claim.args.list[1];
  if (!value || ts.isSpreadElement(value) || claim.receiver.kind === 'pipeline' || !ts.isIdentifier(claim.nameNode)) return [];
  if (claim.spelling !== 'method' && claim.spelling !== 'upper') return [];
  const out = takeOutExpire(claim, expire, (test) => answerOf(test) === 'yes', workspace);
  if (!out || (out.ttl.unit !== 'EX' && out.ttl.unit !== 'PX')) return [];
  const style = styleOf(claim.sourceFile);
  const added = claimArguments(claim, out.ttl.unit, out.ttl.node.getText(), style);
  const replies = out.isBare ? [] : replyEdits(claim, out.removed, style, workspace);
  if (!added || !replies) return [];
  return [
    {
      id: 'claim-with-ttl',
      title: out.isConditional ? `Claim with one SET … NX that has the TTL (${out.ttl.unit})` : `Claim with one SET … NX that has the TTL (${out.ttl.unit}), which a refused claim no longer prolongs`,
      kind: 'suggest',
      // Where somebody else holds it, EXPIRE prolonged it.
      keeps: { replies: 'same', keyspace: out.isConditional ? 'same' : 'projected', roundTrips: 'fewer' },
      edits: [
        ...(claim.command === 'SETNX' ? [replaceNode(claim.nameNode, methodName('SET', claim))] : []),
        insertAt(claim.sourceFile, added.at, added.text),
        ...replies,
        ...out.edits,
      ],
    },
  ];
}

/** SETNX says 1 or 0 (node-redis 4: true or false) where SET … NX says OK or null. */
function replyEdits(claim: RedisCall, removed: ts.Statement, style: Style, workspace: Workspace): TextEdit[] | undefined {
  const found = replyUses(claim, removed, workspace);
  if (!found) return claim.command === 'SET' ? [] : undefined;
  if (found.unused) return dropDeclaration(found.unused);
  if (claim.command === 'SET') return [];
  const edits: TextEdit[] = [];
  for (const use of found.uses) {
    if (isTruthOnly(use)) continue;
    const edit = comparison(use, style) ?? (claim.dialect === 'node-redis' && claim.major === 4 ? asBoolean(use, claim, style) : undefined);
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** `got === 1` → `got === 'OK'`, `got === 0` → `got === null`, `got > 0` → `got === 'OK'`. */
function comparison(use: ts.Expression, style: Style): TextEdit | undefined {
  const { parent } = use;
  if (!ts.isBinaryExpression(parent)) return undefined;
  const { left, right, operatorToken } = parent;
  const other = left === use ? right : left;
  const text = unwrap(other).getText();
  const ok = quote('OK', style);
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return text === '1' || text === 'true' ? replaceNode(other, ok) : text === '0' || text === 'false' ? replaceNode(other, 'null') : undefined;
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return left === use && text === (operatorToken.kind === ts.SyntaxKind.GreaterThanToken ? '0' : '1') ? replaceRange(use.getSourceFile(), operatorToken.getStart(), right.end, `=== ${ok}`) : undefined;
    case ts.SyntaxKind.LessThanToken:
      return left === use && text === '1' ? replaceRange(use.getSourceFile(), operatorToken.getStart(), right.end, '=== null') : undefined;
    default:
      return undefined;
  }
}

/** `return got` → `return got === 'OK'`: a boolean before, and so again. */
function asBoolean(use: ts.Expression, claim: RedisCall, style: Style): TextEdit | undefined {
  const { parent } = use;
  const stands =
    ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === use) || (ts.isPropertyAssignment(parent) && parent.initializer === use) ||
    (ts.isVariableDeclaration(parent) && parent.initializer === use) || (ts.isCallExpression(parent) && parent.expression !== use);
  return stands && !contains(use, claim.node) ? replaceNode(use, `${use.getText()} === ${quote('OK', style)}`) : undefined;
}
