/**
 * What a list or a stream may hold at most, said with each write: XADD … MAXLEN ~; a push and LTRIM in one MULTI. How many is a guess, which a
 * person changes. Of a set nothing says which member is to go.
 */
import ts from 'typescript';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { multiStatements } from '../dialects/write/multi.ts';
import { listTrim, streamCap } from '../dialects/write/trim.ts';
import type { FixKeeps } from '../finding.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { plainStatement } from './set-with-ttl-pair.ts';
import { hasComments } from './text/comments.ts';
import { insertAt, replaceStatement } from './text/edits.ts';
import { tiesOf } from './text/jumps.ts';
import { sourceText } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

const mostElements = 1_000;
const mostEntries = 10_000;

const keeps: FixKeeps = { replies: 'same', keyspace: 'same', roundTrips: 'same' };

/** @param add a command that adds to a collection; [] for a set, and where no statement can take its place */
export function planTrim(add: RedisCall, workspace: Pick<Workspace, 'checker'>): FixPlan[] {
  if (add.command === 'XADD') {
    const style = styleOf(add.sourceFile);
    const cap = streamCap(add, mostEntries, style);
    return cap ? [{ id: 'cap-stream', title: `Keep about ${mostEntries} entries (MAXLEN ~)`, kind: 'suggest', keeps, edits: [insertAt(add.sourceFile, cap.after.end, cap.text)] }] : [];
  }
  const edits = /^[LR]PUSH$/.test(add.command) ? trimInMulti(add, workspace.checker) : undefined;
  return edits ? [{ id: 'trim-list', title: `Keep the newest ${mostElements} elements (LTRIM in one MULTI)`, kind: 'suggest', keeps, edits }] : [];
}

function trimInMulti(push: RedisCall, checker: ts.TypeChecker): TextEdit[] | undefined {
  const statement = plainStatement(push);
  const { node, receiver, spelling } = push;
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  const [key] = push.args.list;
  if (!statement || push.use.kind !== 'awaited' || !method || !key || (spelling !== 'method' && spelling !== 'upper')) return undefined;
  if (receiver.kind !== 'client' && receiver.kind !== 'cluster') return undefined;
  if (!receiver.node || unwrap(method.target) !== unwrap(receiver.node) || !isRepeatable(receiver.node) || !isRepeatable(key) || ts.isOptionalChain(node) || !ts.isIdentifier(method.nameNode)) return undefined;
  const args = (node as ts.CallExpression).arguments;
  if (tiesOf(args).has('await') || tiesOf(args).has('yield') || hasComments(push.sourceFile, { start: statement.getStart(), end: args.pos })) return undefined;
  const fresh = (...wanted: string[]): string => freshName(statement, wanted, { checker });
  const names = { replies: fresh('replies', 'results'), error: freshName(statement, ['error', 'failure'], { checker, beside: [] }) };
  const commands = [`${method.name}(${args.map((one) => sourceText(one)).join(', ')})`, listTrim(push, sourceText(key), mostElements)];
  return [claimScope(statement), replaceStatement(statement, multiStatements(push, { client: receiver.node.getText(), commands, names }, 'awaited'))];
}
