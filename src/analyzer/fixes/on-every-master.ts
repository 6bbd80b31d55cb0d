/** `cluster.dbsize()` → the sizes of all masters, added up; `cluster.flushdb()` → the same on each. */
import ts from 'typescript';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import { withNode } from '../facts/calls/collect-calls.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { overNodes, scanWriter, type ScanParts } from '../dialects/write/scan.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { replyOf } from './scan-instead-of-keys-collect.ts';
import { namesOf } from './scan-instead-of-keys-parts.ts';
import { hasComments } from './text/comments.ts';
import { isInList, replaceStatement } from './text/edits.ts';
import { hoist } from './text/hoist.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';
import { enclosingStatement } from '../facts/code/ast.ts';

/** @param call a DBSIZE or FLUSHDB on what is or may be a cluster; [] where no statements can go before it, or the reply of FLUSHDB is used */
export function planOnEveryMaster(call: RedisCall, checker: ts.TypeChecker): FixPlan[] {
  const { node } = call;
  const writer = scanWriter(call, styleOf(call.sourceFile));
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  const client = method && unwrap(method.target);
  if (!ts.isCallExpression(node) || !writer || !method || !client || call.callback || (call.spelling !== 'method' && call.spelling !== 'upper')) return [];
  if (ts.isOptionalChain(node) || !isRepeatable(client) || node.getText().includes('\n') || hasComments(call.sourceFile, { start: node.getStart(), end: node.end })) return [];
  const statement = enclosingStatement(node);
  const parts: ScanParts = { client: client.getText(), pattern: '', names: namesOf(statement.parent, [client, ...node.arguments], checker) };
  const own = `${method.name}(${node.arguments.map((argument) => argument.getText()).join(', ')})`;
  const edits = call.command === 'DBSIZE' ? summed() : repeated();
  if (!edits) return [];
  return [{ id: 'every-master', title: call.command === 'DBSIZE' ? 'Add up the sizes of all masters' : 'Do it on every master', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];

  function summed(): TextEdit[] | undefined {
    const value = writer && ts.isCallExpression(node) ? replyOf({ call: withNode(call, node) }) : undefined;
    if (!writer || !value) return undefined;
    const total = freshName(value, ['total', 'size', 'keyCount'], { checker, taken: new Set(Object.values(parts.names)) });
    const found = hoist(value, [`let ${total} = 0;`, ...overNodes(writer, parts, (master) => [`${total} += await ${master}.${own};`])], total);
    return found && [claimScope(value), ...found];
  }

  function repeated(): TextEdit[] | undefined {
    const isAlone = call.use.kind === 'awaited' && ts.isExpressionStatement(call.use.value.parent) && call.use.value.parent === statement;
    return writer && isAlone && isInList(statement) ? [claimScope(statement), replaceStatement(statement, overNodes(writer, parts, (master) => [`await ${master}.${own};`]))] : undefined;
  }
}
