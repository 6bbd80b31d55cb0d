/**
 * Commands in a row → one pipeline where no reply is read (ioredis), else `Promise.all`, by which they leave together. A connection keeps
 * their order either way; all are sent, whether or not one before them fails.
 */
import ts from 'typescript';
import { executed, hasPipeline } from '../dialects/write/batch.ts';
import { multiStatements } from '../dialects/write/multi.ts';
import { unwrap } from '../facts/code/ast.ts';
import type { CommandOfRun } from '../facts/together/command-run.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { commented, leading, trailing } from './batch-loop/code.ts';
import { Context, hasMethod } from './batch-loop/context.ts';
import { leadsToRedis } from './batch-loop/hazards.ts';
import { replyNounOf } from './batch-loop/names.ts';
import { commandText, mayBeQueued, queuedLines } from './queued-statements.ts';
import { commentsIn, trailingComments } from './text/comments.ts';
import { replaceRange, statementEnd } from './text/edits.ts';
import { indentationOf } from './text/indentation.ts';
import { render, sourceText, type Lines } from './text/lines.ts';
import { claimScope } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';

type Run = readonly CommandOfRun[];

/** @returns [] where the replies have no place that they could be put into together */
export function planBatchRun(run: Run, workspace: Workspace): FixPlan[] {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last || run.some(({ call }) => call.node.arguments?.some((argument) => leadsToRedis(argument, workspace)))) return [];
  const { statement } = first;
  const sourceFile = statement.getSourceFile();
  const range = { start: statement.getStart(), end: trailingComments(last.statement).at(-1)?.end ?? statementEnd(last.statement) };
  const context = new Context(statement, workspace);
  const piped = pipelineLines(run, context, commentsIn(sourceFile, range).length > 0);
  const lines = piped ?? promiseLines(run, context);
  if (!lines) return [];
  return [
    {
      id: piped ? 'pipeline' : 'promise-all',
      title: piped ? `Send these ${run.length} commands in one pipeline, and check the error of each` : `Send these ${run.length} commands at once with Promise.all`,
      kind: 'suggest',
      // Over several nodes there are as many as before, at the same time.
      keeps: { replies: 'same', keyspace: 'same', roundTrips: first.call.receiver.kind === 'cluster' || first.call.receiver.maybeCluster ? 'same' : 'fewer' },
      edits: [claimScope(statement), replaceRange(sourceFile, range.start, range.end, render(lines, indentationOf(statement), context.style))],
    },
  ];
}

function pipelineLines(run: Run, context: Context, hasComments: boolean): Lines | undefined {
  const [first] = run;
  const client = first?.call.receiver.node;
  if (!first || !client || !isRepeatable(client) || !run.every((one) => isPipelined(one, context))) return undefined;
  const calls = run.map(({ call }) => call);
  const error = context.fresh('error', 'failure');
  if (!hasComments) {
    const names = { replies: context.fresh('replies', 'results'), error };
    return multiStatements(first.call, { client: sourceText(client), commands: calls.map(commandText), names, queue: 'pipeline' }, 'awaited');
  }
  const pipeline = context.fresh('pipeline', 'batch');
  const queued = queuedLines(run.map(({ statement }) => statement), calls, pipeline);
  return [`const ${pipeline} = ${sourceText(client)}.pipeline();`, ...queued, `for (const [${error}] of ${executed(pipeline, context.style.typescript)}) {`, [`if (${error}) throw ${error};`], '}'];
}

/** Nothing but the command, whose reply nobody reads, and which a pipeline can take. */
function isPipelined({ call, statement, awaited }: CommandOfRun, { workspace }: Context): boolean {
  const { node } = call;
  if (!ts.isExpressionStatement(statement) || statement.expression !== awaited || awaited.expression !== node || !ts.isCallExpression(node) || ts.isOptionalChain(node)) return false;
  return hasPipeline(call) && mayBeQueued(call) && hasMethod(node, 'pipeline', workspace.checker);
}

interface Element {
  one: CommandOfRun;
  /** What takes the reply in the pattern; empty where nobody reads it. */
  name: string;
  /** The statement with the name in the place of its command: `const n = Number(value);`. */
  after: string | undefined;
}

function promiseLines(run: Run, context: Context): Lines | undefined {
  const keyword = keywordOf(run);
  if (keyword === undefined) return undefined;
  const elements = run.map((one): Element => elementOf(one, context));
  const names = elements.map(({ name }) => name);
  while (names.at(-1) === '') names.pop();
  const head = `${names.length > 0 ? `${keyword} [${names.join(', ')}] = ` : ''}await Promise.all([`;
  const texts = elements.map(({ one }) => sourceText(one.awaited.expression));
  const own = elements.map(({ one: { statement }, after }, index) => (after === undefined ? { before: index > 0 ? leading(statement) : [], on: trailing(statement) } : { before: [], on: '' }));
  const isCommented = own.some(({ before, on }) => before.length > 0 || on !== '');
  const rest = elements.flatMap(({ one: { statement }, after }, index) => (after === undefined ? [] : [...(index > 0 ? leading(statement) : []), ...commented([after], trailing(statement), context.style)]));
  if (!isCommented) return [...context.wrapList(head, texts, ']);', 1), ...rest];
  const inner = texts.flatMap((text, index) => [...(own[index]?.before ?? []), `${text}${index < texts.length - 1 || context.style.trailingCommas ? ',' : ''}${own[index]?.on ?? ''}`]);
  return [head, inner, ']);', ...rest];
}

/** `const` or `let`, as all of the variables are declared; undefined where they differ, or have types or places of their own. */
function keywordOf(run: Run): string | undefined {
  const keywords = new Set<string>();
  for (const { statement, awaited } of run) {
    if (ts.isExpressionStatement(statement)) {
      if (unwrap(statement.expression) !== awaited) return undefined;
      continue;
    }
    const [declaration] = statement.declarationList.declarations;
    if (declaration?.initializer !== awaited) continue;
    if (declaration.type || statement.modifiers?.length || (statement.declarationList.flags & ts.NodeFlags.BlockScoped) === 0) return undefined;
    keywords.add((statement.declarationList.flags & ts.NodeFlags.Const) !== 0 ? 'const' : 'let');
  }
  return keywords.size > 1 ? undefined : ([...keywords][0] ?? 'const');
}

function elementOf(one: CommandOfRun, context: Context): Element {
  const { statement, awaited, call } = one;
  if (ts.isExpressionStatement(statement)) return { one, name: '', after: undefined };
  const [declaration] = statement.declarationList.declarations;
  if (declaration?.initializer === awaited) return { one, name: sourceText(declaration.name), after: undefined };
  const noun = replyNounOf(call.command);
  const name = context.fresh(noun, 'reply');
  const place = ts.isParenthesizedExpression(awaited.parent) ? awaited.parent : awaited;
  return { one, name, after: sourceText(statement, { replace: [{ start: place.getStart(), end: place.end, text: name }] }) };
}
