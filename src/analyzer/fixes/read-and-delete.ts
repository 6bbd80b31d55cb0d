/** GET, then DEL → GETDEL; a collection read, then DEL → both in one MULTI. */
import ts from 'typescript';
import { contains, leaves } from '../facts/code/ast.ts';
import { isRepliedWhen } from '../facts/replies/reply-absence.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { methodName } from '../dialects/write/method-name.ts';
import { readAndDelete } from '../dialects/write/read-and-delete.ts';
import type { FixPlan } from '../rules/rule.ts';
import { isServerAtLeast } from '../workspace/layout.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { commandText, mayBeQueued } from './queued-statements.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { isSpelledOut } from './spelled-out.ts';
import { absorbStatement } from './text/absorb.ts';
import { commentsIn, leadingComments, trailingComments } from './text/comments.ts';
import { isInList, removeStatement, replaceNode, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** @param read a GET; @param del the DEL of its key alone, of which nothing but leaving where there is none stands before; [] elsewhere */
export function planGetdel(read: RedisCall, del: RedisCall, workspace: Workspace): FixPlan[] {
  const statements = statementsBetween(read, del);
  if (!statements || read.command !== 'GET' || read.args.list.length !== 1 || !isServerAtLeast('6.2', read.sourceFile.fileName, workspace.layout)) return [];
  if (!/^get$/i.test(read.nameNode.getText()) || !ts.isIdentifier(read.nameNode)) return [];
  if (!statements.between.every((statement) => isExitOnNothing(statement, read, workspace))) return [];
  return [
    {
      id: 'getdel',
      title: 'Read and delete with GETDEL',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits: [replaceNode(read.nameNode, methodName('GETDEL', read)), ...absorbStatement(statements.first, statements.last)],
    },
  ];
}

/** @param read a whole collection, or the value of a server without GETDEL, read into a variable; @param del the DEL of its key, of which nothing but leaving where there is none stands before; [] elsewhere */
export function planReadAndDelete(read: RedisCall, del: RedisCall, workspace: Workspace): FixPlan[] {
  const statements = statementsBetween(read, del);
  const client = read.receiver.node;
  if (!statements || !client || !isRepeatable(client) || !ts.isVariableStatement(statements.first) || !statements.between.every((statement) => isExitOnNothing(statement, read, workspace))) return [];
  const [declaration, ...more] = statements.first.declarationList.declarations;
  if (!declaration || more.length > 0 || declaration.type || !ts.isIdentifier(declaration.name) || declaration.initializer !== read.use.value) return [];
  // A queue has no `smembersBuffer`.
  if (![read, del].every((call) => mayBeQueued(call) && !/Buffer$/.test(call.nameNode.getText()))) return [];
  const { sourceFile } = read;
  const style = styleOf(sourceFile);
  const fresh = (wanted: string[]): string => freshName(statements.first, wanted, { checker: workspace.checker });
  const lines = readAndDelete(read, {
    client: client.getText(),
    read: commandText(read),
    del: commandText(del),
    declaration: { keyword: statements.first.declarationList.flags & ts.NodeFlags.Const ? 'const' : 'let', name: declaration.name.text },
    names: { replies: fresh(['replies', 'results']), error: fresh(['error', 'failure']) },
    typescript: style.typescript,
  });
  if (!lines) return [];
  const isNext = statements.between.length === 0;
  const range = { start: statements.first.getStart(sourceFile), end: statementEnd(isNext ? statements.last : statements.first) };
  const kept = [read, del].flatMap(({ node }) => (node as ts.CallExpression).arguments);
  const { last } = statements;
  const ofLast = { start: leadingComments(last)[0]?.pos ?? last.getStart(sourceFile), end: trailingComments(last).at(-1)?.end ?? last.end };
  const comments = [range, ...(isNext ? [] : [ofLast])]
    .flatMap((one) => commentsIn(sourceFile, one))
    .filter(({ pos }) => !kept.some((node) => pos >= node.getStart(sourceFile) && pos < node.end))
    .map((comment) => sourceFile.text.slice(comment.pos, comment.end));
  // Where there is nothing, there is nothing to delete: the way out may stand behind both.
  const edits = [replaceRange(sourceFile, range.start, range.end, render([...comments, ...lines], indentationOf(statements.first), style)), ...(isNext ? [] : [removeStatement(last, { comments: true })])];
  return [
    {
      id: 'read-and-delete',
      title: `Send ${read.command} and ${del.command} in one MULTI`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' },
      edits: [claimScope(statements.first), ...edits],
    },
  ];
}

interface Between {
  first: ts.Statement;
  between: readonly ts.Statement[];
  last: ts.Statement;
}

/** Both in one list of statements; the reply of DEL is not read. */
function statementsBetween(read: RedisCall, del: RedisCall): Between | undefined {
  const last = plainStatement(del);
  if (!last || !isInList(last) || read.use.kind !== 'awaited' || del.use.kind !== 'awaited' || !isSameClient(read, del) || del.args.list.length !== 1 || del.args.keys.length !== 1) return undefined;
  if (![read, del].every((call) => isSpelledOut(call)) || read.receiver.kind === 'pipeline' || read.receiver.kind === 'multi') return undefined;
  const list = siblings(last);
  const from = list.findIndex((statement) => contains(statement, read.node));
  const first = list[from];
  if (!first || from >= list.indexOf(last) || !(ts.isVariableStatement(first) || ts.isExpressionStatement(first))) return undefined;
  return { first, between: list.slice(from + 1, list.indexOf(last)), last };
}

/** `if (!value) return null;`, where there is nothing to delete either. */
export function isExitOnNothing(statement: ts.Statement, read: RedisCall, workspace: Workspace): boolean {
  if (!ts.isIfStatement(statement) || statement.elseStatement || !leaves(statement.thenStatement)) return false;
  const { absent, present } = isRepliedWhen(read, statement.expression, workspace);
  return absent === true && present === false;
}
