/** DEL of a lock → a script that deletes it only where it still holds the token. */
import ts from 'typescript';
import { contains, unwrap } from '../facts/code/ast.ts';
import type { LockRelease } from '../facts/together/lock-release.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { isCompareAndDelete } from '../facts/calls/sent-script.ts';
import { compareAndDelete, compareAndDeleteScript } from '../dialects/write/compare-and-delete.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { isSpelledOut } from './spelled-out.ts';
import { hasComments } from './text/comments.ts';
import { isInList, nextStatement, removeStatement, replaceNode, replaceRange, statementEnd } from './text/edits.ts';
import { textConstant } from './text/module-constant.ts';
import { isUnchanging } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** [] where the token is not at hand, or what is done with it is more than to compare it. */
export function planCompareAndDelete(lock: LockRelease, workspace: Workspace): FixPlan[] {
  const { call } = lock.release;
  const statement = plainStatement(call);
  const client = call.receiver.node;
  const [key] = call.args.keys;
  if (!statement || !client || !key || lock.release.site !== call.node || call.use.kind !== 'awaited' || call.args.list.length !== 1 || !isSpelledOut(call)) return [];
  if (call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi') return [];
  const target = lock.compared ? comparedTarget(lock.compared, call, statement, workspace) : takenTarget(lock.claim, call, workspace);
  if (!target || (call.dialect === 'node-redis' && !mayBeString(target.token, workspace))) return [];
  const { sourceFile } = call;
  const style = styleOf(sourceFile);
  const script = textConstant(sourceFile, 'RELEASE_LOCK', compareAndDeleteScript, isCompareAndDelete);
  const text = `${client.getText()}.${compareAndDelete(call, script.name, key.node.getText(), target.token.getText(), style.bracketSpacing)}`;
  return [
    {
      id: 'compare-and-delete',
      title: 'Delete the lock in a script, where it still holds the token',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: lock.compared ? 'fewer' : 'same' },
      edits: [...script.edits, ...target.edits(text)],
    },
  ];
}

interface Target {
  token: ts.Expression;
  /** @param call the text of the call that takes the place of DEL */
  edits(call: string): TextEdit[];
}

/** Never compared: the token is what the lock was taken with, in the same function. */
function takenTarget(claim: RedisCall | undefined, release: RedisCall, { checker }: Workspace): Target | undefined {
  const token = claim?.args.value && unwrap(claim.args.value);
  if (!claim || !token || claim.sourceFile !== release.sourceFile || !isSameClient(claim, release) || !(ts.isIdentifier(token) || ts.isPropertyAccessExpression(token)) || !isUnchanging(token, checker)) return undefined;
  if (ts.isIdentifier(token)) {
    const declaration = checker.getSymbolAtLocation(token)?.valueDeclaration;
    const initializer = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    // One for all is no token.
    if (!declaration || (initializer && ts.isLiteralExpression(unwrap(initializer)))) return undefined;
    if (checker.resolveName(token.text, release.node, ts.SymbolFlags.Value, false)?.valueDeclaration !== declaration) return undefined;
  }
  return { token, edits: (call) => [replaceNode(release.node, call)] };
}

/** `if ((await r.get(k)) === token) await r.del(k);`: the whole statement, and the one that keeps the reply, go. */
function comparedTarget(read: RedisCall, release: RedisCall, statement: ts.Statement, { checker }: Workspace): Target | undefined {
  const outer = ts.isBlock(statement.parent) ? (statement.parent.statements.length === 1 ? statement.parent : undefined) : statement;
  const test = outer?.parent;
  if (!test || !ts.isIfStatement(test) || test.elseStatement || test.thenStatement !== outer || !isInList(test) || !isSameClient(read, release) || read.use.kind !== 'awaited') return undefined;
  const condition = unwrap(test.expression);
  if (!ts.isBinaryExpression(condition) || !/^===?$/.test(condition.operatorToken.getText())) return undefined;
  const { sourceFile } = release;
  const { target, value } = read.use;
  const isReply = (node: ts.Expression): boolean => unwrap(node) === unwrap(value) || (target !== undefined && ts.isIdentifier(target) && ts.isIdentifier(unwrap(node)) && unwrap(node).getText() === target.text);
  const token = isReply(condition.left) ? condition.right : isReply(condition.right) ? condition.left : undefined;
  if (!token || !isUnchanging(token, checker)) return undefined;
  const kept = contains(test, read.node) ? undefined : keptIn(read, test, checker);
  if (kept === 'other' || hasComments(sourceFile, { start: test.getStart(sourceFile), end: test.end })) return undefined;
  const semicolon = styleOf(sourceFile).semicolons ? ';' : '';
  return { token, edits: (call) => [...(kept ? [removeStatement(kept)] : []), replaceRange(sourceFile, test.getStart(sourceFile), statementEnd(test), `await ${call}${semicolon}`)] };
}

/** The statement before a condition that keeps the reply for it alone. */
function keptIn(read: RedisCall, test: ts.IfStatement, checker: ts.TypeChecker): ts.Statement | 'other' {
  const { target, value } = read.use;
  const declaration = value.parent;
  if (!target || !ts.isIdentifier(target) || !ts.isVariableDeclaration(declaration) || !ts.isVariableDeclarationList(declaration.parent) || declaration.parent.declarations.length !== 1) return 'other';
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || nextStatement(statement) !== test) return 'other';
  return referencesTo(target, checker).every((one) => contains(test.expression, one)) ? statement : 'other';
}

const mayBeString = (node: ts.Expression, { checker }: Workspace): boolean => (checker.getTypeAtLocation(node).flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Any)) !== 0;
