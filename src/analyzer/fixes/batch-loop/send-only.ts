/**
 * A loop whose replies nobody reads stays as it is, whatever its body does besides: each command is queued in its place, and all
 * are waited for after the loop.
 */
import ts from 'typescript';
import { contains, some, walk } from '../../facts/code/ast.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { executed } from '../../dialects/write/batch.ts';
import { statementEnd } from '../text/edits.ts';
import { jumpsOf, tiesOf } from '../text/jumps.ts';
import { sourceRange, sourceText, type Lines, type Replacement } from '../text/lines.ts';
import type { Awaits, Candidate } from './candidates.ts';
import { block } from './code.ts';
import type { Context, List } from './context.ts';
import { effectsOf, type Scope } from './effects.ts';
import { mayOvertake } from './emit-promises.ts';
import { pipelineTarget, queuedCommand } from './emit-pipeline.ts';
import { labels, type Header } from './header.ts';

export interface SendOnly {
  header: Header;
  batch: readonly Candidate[];
}

/** @param nested commands of loops within count as well */
export function sendOnly(header: Header, awaits: Awaits, { checker }: Workspace, nested = false): SendOnly | undefined {
  const { candidates, others, strays } = awaits;
  const body = header.node.statement;
  const [first] = candidates;
  if (!first || others.length > 0 || strays.length > 0) return undefined;
  if (!candidates.every(({ awaited }) => ts.isExpressionStatement(awaited.parent) && isOfLoop(awaited, header.node, nested))) return undefined;
  const ties = tiesOf([body]);
  if (ties.has('return') || ties.has('yield') || jumpsOf(body).some(({ label }) => label !== undefined && !labels(header, label.text))) return undefined;
  if (candidates.some(({ reads }) => !reads) && some(body, ts.isThrowStatement, true)) return undefined;
  if (!isQuietAfter(first, body, candidates, checker)) return undefined;
  return { header, batch: candidates };
}

/** The pipeline around the loop. */
export function emitSendPipeline({ header, batch }: SendOnly, context: Context, list: List | undefined): Lines | undefined {
  const target = pipelineTarget(batch, context);
  if (!target || dependsOnTurn(target, header, context)) return undefined;
  const pipeline = context.fresh('pipeline', 'batch');
  const error = context.fresh('error', 'err');
  const loop = loopWith(header, batch, ({ direct }) => (direct ? queuedCommand(direct, pipeline) : ''), list);
  return [`const ${pipeline} = ${sourceText(target)}.pipeline();`, loop, ...block(`for (const [${error}] of ${executed(pipeline, context.style.typescript)})`, [`if (${error}) throw ${error};`], true)];
}

/** The promises of the commands, awaited together after the loop. */
export function emitSendPromises({ header, batch }: SendOnly, context: Context, list: List | undefined): Lines | undefined {
  if (!mayOvertake(batch) || header.isStream) return undefined;
  const pending = context.fresh('pending', 'promises');
  return [`const ${pending} = [];`, loopWith(header, batch, ({ promise }) => `${pending}.push(${sourceText(promise)})`, list), `await Promise.all(${pending});`];
}

function loopWith({ statement, list: walked }: Header, batch: readonly Candidate[], by: (candidate: Candidate) => string, list: List | undefined): string {
  const replace: Replacement[] = batch.map((candidate) => ({ start: candidate.awaited.getStart(), end: candidate.awaited.end, text: by(candidate) }));
  if (list && walked) replace.push({ start: walked.getStart(), end: walked.end, text: list.text });
  const end = ts.getTrailingCommentRanges(statement.getSourceFile().text, statementEnd(statement))?.at(-1)?.end ?? statementEnd(statement);
  return sourceRange(statement.getSourceFile(), { start: statement.getStart(), end }, replace);
}

/** In the loop's own code, not in a loop, a `try` or a callback within it. */
function isOfLoop(node: ts.Node, loop: ts.Node, nested: boolean): boolean {
  for (let at = node.parent; at !== loop; at = at.parent) {
    if ((ts.isIterationStatement(at, false) && !nested) || ts.isTryStatement(at) || ts.isFunctionLike(at)) return false;
  }
  return true;
}

/** What comes after a command may keep count of it in memory, but not tell the world before it is done. */
function isQuietAfter(first: Candidate, body: ts.Node, candidates: readonly Candidate[], checker: ts.TypeChecker): boolean {
  const scope: Scope = { checker, commands: new Set(candidates.map(({ call }) => call.node)) };
  const inTry = isInTry(body);
  let quiet = true;
  walk(body, (node) => {
    if (!quiet || candidates.some(({ promise }) => contains(promise, node))) return false;
    if (node.getStart() < first.awaited.end) return undefined;
    const effects = effectsOf([node], scope);
    if (effects.opaque || (inTry && effects.mutates.size + effects.rebinds.size > 0)) quiet = false;
    return undefined;
  });
  return quiet;
}

/** Somebody may look at what was counted when a command fails. */
function isInTry(node: ts.Node): boolean {
  for (let at = node; at.parent && !ts.isFunctionLike(at); at = at.parent) if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return true;
  return false;
}

function dependsOnTurn(target: ts.Node, { node }: Header, { workspace: { checker } }: Context): boolean {
  const { reads } = effectsOf([target], { checker, commands: new Set() });
  return [...reads].some((root) => typeof root !== 'string' && root.declarations?.some((one) => contains(node, one)));
}
