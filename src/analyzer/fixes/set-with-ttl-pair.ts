/** A write and the EXPIRE after it as statements: what may be merged. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { isInList, nextStatement } from './text/edits.ts';

export interface AdjacentPair {
  setStatement: ts.Statement;
  expireStatement: ts.ExpressionStatement;
}

/** `await r.set(k, v); await r.expire(k, s);` on the same client, both awaited or neither, nothing between, the reply of EXPIRE unread. */
export function adjacentPair(write: RedisCall, expire: RedisCall): AdjacentPair | undefined {
  const setStatement = statementOf(write);
  const expireStatement = setStatement && nextStatement(setStatement);
  if (!setStatement || !expireStatement || !isInList(setStatement) || !isSameClient(write, expire)) return undefined;
  if (plainStatement(expire) !== expireStatement || !ts.isExpressionStatement(expireStatement)) return undefined;
  if (write.use.kind !== expire.use.kind) return undefined;
  return { setStatement, expireStatement };
}

/** The same connection, written alike: `this.redis` is not another object's `redis`. */
export function isSameClient(one: RedisCall, other: RedisCall): boolean {
  const [a, b] = [one.receiver, other.receiver];
  return a.kind === b.kind && a.identity === b.identity && a.node !== undefined && a.node.getText() === b.node?.getText() && !ts.isOptionalChain(one.node) && !ts.isOptionalChain(other.node);
}

/** The statement that is nothing but the command, awaited or not, its reply unread. */
export function plainStatement({ use, node }: RedisCall): ts.ExpressionStatement | undefined {
  const value = unwrap(use.value);
  const whole = ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
  if (whole !== node || (use.kind !== 'awaited' && use.kind !== 'floating' && use.kind !== 'queued')) return undefined;
  return ts.isExpressionStatement(use.value.parent) ? use.value.parent : undefined;
}

/** As `plainStatement`, or one that keeps the reply: `const ok = await r.set(k, v);`, `ok = await …`. */
function statementOf(call: RedisCall): ts.Statement | undefined {
  const plain = plainStatement(call);
  if (plain || call.use.kind !== 'awaited') return plain;
  const { parent } = call.use.value;
  if (ts.isVariableDeclaration(parent) && ts.isVariableDeclarationList(parent.parent) && parent.parent.declarations.length === 1 && ts.isVariableStatement(parent.parent.parent)) {
    return parent.parent.parent;
  }
  const isAssignment = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === call.use.value;
  return isAssignment && ts.isExpressionStatement(parent.parent) ? parent.parent : undefined;
}
