/**
 * The fixes of `no-command-in-loop`: one command for all items, one pipeline, or all commands under way at once; each also in
 * chunks, for lists of unknown size. The shape of the loop decides; where none is right, none is offered.
 */
import ts from 'typescript';
import { contains } from '../../facts/code/ast.ts';
import type { LoopedCommand } from '../../facts/together/looped-command.ts';
import type { FixKeeps } from '../../finding.ts';
import type { FixPlan, TextEdit } from '../../rules/rule.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { isInList, replaceRange, statementEnd } from '../text/edits.ts';
import { indentationOf } from '../text/indentation.ts';
import { render, type Lines } from '../text/lines.ts';
import { claimScope } from '../text/names.ts';
import { jumpsOf, tiesOf } from '../text/jumps.ts';
import { styleOf } from '../text/style.ts';
import { awaitsOf } from './candidates.ts';
import { chunked, chunkSize, mayBeChunked } from './chunks.ts';
import { lostComments } from './code.ts';
import { Context, type List } from './context.ts';
import { emitMultiGet, emitVariadic } from './emit-list.ts';
import { emitPipeline } from './emit-pipeline.ts';
import { emitPromises } from './emit-promises.ts';
import { planForEach } from './for-each.ts';
import { headerOf, type Header } from './header.ts';
import { namedList } from './loops.ts';
import { planReduce } from './reduce.ts';
import { emitSendPipeline, emitSendPromises, sendOnly, type SendOnly } from './send-only.ts';
import { splitLoop, type Split } from './split.ts';

/** One way to send the commands of a loop. */
interface Way {
  id: 'variadic' | 'mget' | 'pipeline' | 'promise-all';
  /** @param lines what it makes of the loop */
  title: (looped: LoopedCommand, lines: Lines) => string;
  /** @param list the chunk that is walked in place of the loop's own list */
  emit: (at: Subject, context: Context, list: List | undefined) => Lines | undefined;
}

/** What is rewritten, cut in two where it can be. */
interface Subject {
  header: Header;
  split: Split | undefined;
  send: SendOnly | undefined;
}

const ways: readonly Way[] = [
  { id: 'variadic', title: ({ call }) => `Send one ${call.command} for all items`, emit: ({ split }, context, list) => split && emitVariadic(split, context, list) },
  { id: 'mget', title: () => 'Read all keys with one MGET (a key of another type reads as null, where GET fails)', emit: ({ split }, context, list) => split && emitMultiGet(split, context, list) },
  {
    id: 'pipeline',
    title: () => 'Send all commands in one pipeline, and check the error of each',
    emit: ({ split, send, header }, context, list) =>
      (send && emitSendPipeline(send, context, list)) ?? (split && emitPipeline(split, context, list ?? namedList(header))),
  },
  {
    id: 'promise-all',
    title: ({ helper }, lines) => `${helper ? 'Call this helper for all items' : 'Send all commands'} at once with Promise.${JSON.stringify(lines).includes('Promise.allSettled(') ? 'allSettled' : 'all'}`,
    emit: ({ split, send }, context, list) => (split?.isBare ? emitPromises(split, context, list) : undefined) ?? (send && emitSendPromises(send, context, list)) ?? (split && emitPromises(split, context, list)),
  },
];

/** The fixes of one finding, the best one first; none where the loop cannot be rewritten rightly. */
export function planBatch(looped: LoopedCommand, workspace: Workspace): FixPlan[] {
  const { loop, site } = looped;
  if (loop.kind === 'forEach') return planForEach(looped, workspace);
  if (loop.kind === 'reduce') return planReduce(looped, workspace);
  if (!ts.isIterationStatement(loop.node, false)) return [];
  // Whoever takes from a generator may stop early, and what was to be sent after that would have been sent by then.
  if (tiesOf([loop.node.statement]).has('yield')) return [];
  const header = headerOf(loop.node, workspace);
  const awaits = awaitsOf(header.node.statement, workspace);
  if (!awaits.candidates.some(({ promise }) => contains(promise, site))) return [];
  const subject: Subject = { header, split: splitLoop(header, awaits, workspace), send: sendOnly(header, awaits, workspace) };
  return subject.split || subject.send ? plansFor(subject, looped, workspace) : plansFor(labelledLoop(header, workspace), looped, workspace);
}

/** Around a loop that is left for the next turn of one further out (`continue outer`): all that the outer one sends. */
function labelledLoop({ node }: Header, workspace: Workspace): Subject | undefined {
  const label = jumpsOf(node.statement).find((jump) => jump.label)?.label?.text;
  for (let at: ts.Node = node; label !== undefined && at.parent && !ts.isFunctionLike(at); at = at.parent) {
    if (!ts.isLabeledStatement(at.parent) || at.parent.label.text !== label || !ts.isIterationStatement(at, false)) continue;
    const header = headerOf(at, workspace);
    return { header, split: undefined, send: sendOnly(header, awaitsOf(at.statement, workspace), workspace, true) };
  }
  return undefined;
}

function plansFor(subject: Subject | undefined, looped: LoopedCommand, workspace: Workspace): FixPlan[] {
  if (!subject) return [];
  const { header } = subject;
  const plans: FixPlan[] = [];
  for (const way of ways) {
    // What a pipeline does, promises need not do as well.
    if (way.id === 'promise-all' && plans.some(({ id }) => id === 'pipeline')) break;
    const lines = way.emit(subject, new Context(header.statement, workspace), undefined);
    if (!lines) continue;
    const title = way.title(looped, lines);
    const isFirst = plans.length === 0;
    plans.push(planOf(way, title, header, lines));
    const parts = isFirst && mayBeChunked(header, workspace) ? chunked(header, workspace, (context, chunk) => way.emit(subject, context, chunk)) : undefined;
    if (parts) plans.push({ ...planOf(way, title, header, parts), id: `${way.id}-chunks`, title: `${title}, in chunks of ${chunkSize}` });
    if (way.id === 'variadic') break;
  }
  return plans;
}

function planOf({ id }: Way, title: string, header: Header, lines: Lines): FixPlan {
  const keeps: FixKeeps = { replies: 'same', keyspace: 'same', roundTrips: 'fewer' };
  return { id, title, kind: 'suggest', keeps, edits: [claimScope(header.statement), replaceLoop(header, lines)] };
}

/** The loop, with the comments on its last line where its body is a bare statement, whose they are. */
function replaceLoop({ node, statement }: Header, lines: Lines): TextEdit {
  const sourceFile = statement.getSourceFile();
  const start = statement.getStart();
  const ownLine = ts.isBlock(node.statement) ? undefined : ts.getTrailingCommentRanges(sourceFile.text, statementEnd(statement))?.at(-1);
  const end = ownLine?.end ?? statementEnd(statement);
  const all = [...lostComments(sourceFile, { start, end }, lines), ...lines];
  const text = render(isInList(statement) ? all : ['{', all, '}'], indentationOf(statement), styleOf(sourceFile));
  return replaceRange(sourceFile, start, end, text);
}
