/** DEL of a key and the writes that fill it again → one MULTI: nobody sees the key empty. */
import type ts from 'typescript';
import { executed } from '../dialects/write/batch.ts';
import { multiStatements } from '../dialects/write/multi.ts';
import { contains } from '../facts/code/ast.ts';
import { queueOf } from '../facts/calls/queue.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { commandText, queueableCommands, queuedLines } from './queued-statements.ts';
import { plainStatement } from './set-with-ttl-pair.ts';
import { planMulti } from './set-with-ttl-multi.ts';
import { commentsIn, trailingComments } from './text/comments.ts';
import { isInList, replaceRange, siblings, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render, sourceText } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';
import { transactionInstead } from './transaction-instead-of-pipeline.ts';

/** @param removal the DEL; @param write the first command that fills its key again, in the same function; [] where they cannot be sent as one */
export function planRebuildInMulti(removal: RedisCall, write: RedisCall, workspace: Workspace): FixPlan[] {
  const queue = queueOf(removal.node);
  const queued = removal.receiver.kind === 'pipeline' || removal.receiver.kind === 'multi';
  if (queued) return queue && queue.made === queueOf(write.node)?.made ? transactionInstead(queue, removal) : [];
  if (removal.use.kind === 'floating') return planMulti(removal, write, workspace);
  const edits = inMulti(removal, write, workspace);
  return edits ? [{ id: 'multi', title: `Send ${removal.command} and what fills the key in one MULTI`, kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'fewer' }, edits }] : [];
}

function inMulti(removal: RedisCall, write: RedisCall, workspace: Workspace): TextEdit[] | undefined {
  const first = plainStatement(removal);
  const client = removal.receiver.node;
  if (!first || !isInList(first) || !client || !isRepeatable(client) || removal.receiver.kind === 'pool') return undefined;
  const list = siblings(first);
  const until = list.findIndex((statement) => contains(statement, write.node));
  const key = removal.args.keys[0]?.identity;
  const isClustered = removal.receiver.kind === 'cluster' || removal.receiver.maybeCluster;
  const statements: ts.Statement[] = [];
  const commands: RedisCall[] = [];
  for (const statement of list.slice(list.indexOf(first))) {
    const found = queueableCommands(statement, removal, workspace);
    const isPast = statements.length > until - list.indexOf(first);
    const ofKey = found?.every(({ args }) => args.keys.length > 0 && args.keys.every((one) => one.identity === key)) ?? false;
    // What follows the write is taken along where it is about the same key: an EXPIRE, another write.
    if (isPast && (!ofKey || found?.length === 0)) break;
    if (!found || (isClustered && !ofKey)) return undefined;
    statements.push(statement);
    commands.push(...found);
  }
  const [last] = statements.slice(-1);
  if (!last || !commands.includes(write)) return undefined;
  const { sourceFile } = removal;
  const range = { start: first.getStart(sourceFile), end: trailingComments(last).at(-1)?.end ?? statementEnd(last) };
  const fresh = (...wanted: string[]): string => freshName(first, wanted, { checker: workspace.checker });
  const names = { replies: fresh('replies', 'results'), error: freshName(first, ['error', 'failure'], { checker: workspace.checker, beside: [] }) };
  const style = styleOf(sourceFile);
  const arePlain = commands.length === statements.length && statements.every((statement, index) => commands[index] !== undefined && plainStatement(commands[index]) === statement);
  const hasComments = commentsIn(sourceFile, range).length > 0;
  if (arePlain && !hasComments) {
    const lines = multiStatements(removal, { client: client.getText(), commands: commands.map(commandText), names }, 'awaited');
    return [claimScope(first), replaceRange(sourceFile, range.start, range.end, render(lines, indentationOf(first), style))];
  }
  const multi = fresh('multi', 'transaction');
  const sent = removal.dialect === 'ioredis' ? [`for (const [${names.error}] of ${executed(multi, style.typescript)}) {`, [`if (${names.error}) throw ${names.error};`], '}'] : [`await ${multi}.exec();`];
  const lines = [`const ${multi} = ${sourceText(client)}.multi();`, ...queuedLines(statements, commands, multi), ...sent];
  return [claimScope(first), replaceRange(sourceFile, range.start, range.end, render(lines, indentationOf(first), style))];
}
