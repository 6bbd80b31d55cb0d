/** LLEN right after LPUSH or RPUSH: the reply of the push is that length. */
import ts from 'typescript';
import { enclosingStatement, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { plainStatement } from './set-with-ttl-pair.ts';
import { absorbStatement } from './text/absorb.ts';
import { insertAt, replaceNode, replaceRange } from './text/edits.ts';
import { claimScope, freshName } from './text/names.ts';

/** @param push in the statement right before; @param length the LLEN; [] where the reply of the push is used already */
export function planPushReply(push: RedisCall, length: RedisCall, workspace: Pick<Workspace, 'checker'>): FixPlan[] {
  const first = plainStatement(push);
  if (!first || push.use.kind !== 'awaited' || !ts.isAwaitExpression(push.use.value) || length.callback) return [];
  const edits = intoReturn(first, push.use.value, length) ?? intoVariable(first, length) ?? intoName(first, length, workspace.checker);
  return [
    {
      id: 'push-reply',
      title: `Use the length that ${push.command} replies with`,
      // Another client may have pushed in between: the reply is the length right after this push.
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits,
    },
  ];
}

/** `await r.lpush(k, v); return r.llen(k);` → `return r.lpush(k, v);` */
function intoReturn(first: ts.Statement, pushed: ts.AwaitExpression, { use }: RedisCall): TextEdit[] | undefined {
  const statement = use.value.parent;
  if (!ts.isReturnStatement(statement)) return undefined;
  const sourceFile = first.getSourceFile();
  const keyword = ts.isAwaitExpression(unwrap(use.value)) ? 'return await ' : 'return ';
  return [replaceRange(sourceFile, pushed.getStart(sourceFile), pushed.expression.getStart(sourceFile), keyword), ...absorbStatement(first, statement)];
}

/** `await r.lpush(k, v); const size = await r.llen(k);` → `const size = await r.lpush(k, v);` */
function intoVariable(first: ts.Statement, { use }: RedisCall): TextEdit[] | undefined {
  const statement = enclosingStatement(use.value);
  const isDeclared = ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1 && statement.declarationList.declarations[0]?.initializer === use.value;
  const isAssigned = ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression) && statement.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken && statement.expression.right === use.value;
  if (use.kind !== 'awaited' || (!isDeclared && !isAssigned)) return undefined;
  const sourceFile = first.getSourceFile();
  return [insertAt(sourceFile, first.getStart(sourceFile), sourceFile.text.slice(statement.getStart(sourceFile), use.value.getStart(sourceFile))), ...absorbStatement(first, statement)];
}

/** Anywhere else the reply gets a name. */
function intoName(first: ts.Statement, { use }: RedisCall, checker: ts.TypeChecker): TextEdit[] {
  const name = freshName(use.value, ['length', 'size', 'pushed'], { checker });
  const sourceFile = first.getSourceFile();
  return [claimScope(first), insertAt(sourceFile, first.getStart(sourceFile), `const ${name} = `), replaceNode(use.value, name)];
}
