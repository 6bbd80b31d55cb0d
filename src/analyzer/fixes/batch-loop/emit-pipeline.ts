/** One pipeline for all commands of a loop (ioredis): queued turn by turn, each entry's error raised where the replies are read. */
import type ts from 'typescript';
import { executed, hasPipeline } from '../../dialects/write/batch.ts';
import { methodOf } from '../../facts/code/ast.ts';
import { sourceRange, sourceText, type Lines } from '../text/lines.ts';
import type { Candidate } from './candidates.ts';
import { block } from './code.ts';
import { hasMethod, listName, repliesOf, type Context, type List, type Reply } from './context.ts';
import { bareHandler, isIgnored, type Handler } from './handler.ts';
import { around, hasBraces, hasSecondPart, pairing, queueLoop, repliesBody } from './loops.ts';
import type { Split } from './split.ts';

/** What the commands are called on, the same for all of them; undefined where a pipeline cannot take them. */
export function pipelineTarget(batch: readonly Candidate[], context: Context): ts.Expression | undefined {
  const [first] = batch;
  const target = first?.direct && methodOf(first.direct)?.target;
  if (!target || !first.direct || !hasMethod(first.direct, 'pipeline', context.workspace.checker)) return undefined;
  const same = batch.every(({ direct, call }) => direct && hasPipeline(call) && methodOf(direct)?.target.getText() === target.getText());
  return same ? target : undefined;
}

/** `pipeline.get(key)` for `redis.get(key)`. */
export function queuedCommand(direct: ts.CallExpression, pipeline: string): string {
  const target = methodOf(direct)?.target;
  return pipeline + sourceRange(direct.getSourceFile(), { start: target?.end ?? direct.getStart(), end: direct.end });
}

interface Parts {
  split: Split;
  context: Context;
  list: List | undefined;
  replies: readonly Reply[];
  /** `const pipeline = redis.pipeline();` */
  open: string;
  /** Queues the commands of a statement. */
  enqueue: (candidates: readonly Candidate[]) => string[];
  /** `(await pipeline.exec()) ?? []` */
  entries: string;
  error: string;
  /** `value as T`, where there is a type to tell. */
  cast: (reply: Reply, value: string) => string;
  isTyped: (reply: Reply) => boolean;
}

/** The lines that replace the loop; undefined where a reply's type cannot be told. @param list what the loop walks, where it has a name */
export function emitPipeline(split: Split, context: Context, list: List | undefined): Lines | undefined {
  const target = pipelineTarget(split.batch, context);
  if (!target) return undefined;
  const replies = repliesOf(split, context);
  const types = replies.map(({ candidate, used }) => (used ? context.replyType(candidate) : ''));
  if (types.includes(undefined)) return undefined;
  const typeOf = (reply: Reply): string => types[replies.indexOf(reply)] ?? '';
  const pipeline = context.fresh('pipeline', 'batch');
  const handler = bareHandler(split, context.style.typescript);
  const parts: Parts = {
    split,
    context,
    list,
    replies,
    open: `const ${pipeline} = ${sourceText(target)}.pipeline();`,
    enqueue: (candidates) => candidates.flatMap(({ direct }) => (direct ? [`${queuedCommand(direct, pipeline)};`] : [])),
    entries: executed(pipeline, context.style.typescript),
    error: handler?.name ?? context.fresh('error', 'err'),
    cast: (reply, value) => (typeOf(reply) === '' ? value : `${value} as ${typeOf(reply)}`),
    isTyped: (reply) => typeOf(reply) !== '',
  };
  const [single, ...others] = replies;
  // Where nobody asks for the errors, a loop over them would be empty: promises that are settled together say the same.
  if (handler && isIgnored(split, handler)) return undefined;
  if (!hasSecondPart(split)) return overEntries(parts, `[${parts.error}]`, [raise(parts)]);
  if (single && others.length === 0 && split.captures.length === 0) return oneByOne(parts, single, handler);
  if (!split.tryStatement) return split.captures.length > 0 && replies.every(({ used }) => !used) ? sentFirst(parts) : allChecked(parts);
  return single && others.length === 0 ? withHandler(parts, single, handler) : undefined;
}

const raise = ({ error }: Parts): string => `if (${error}) throw ${error};`;

function overEntries({ split, open, enqueue, entries, list }: Parts, names: string, body: Lines, namedInHeader = false): Lines {
  return [open, ...queueLoop(split, enqueue, { list: list?.text, namedInHeader }), ...block(`for (const ${names} of ${entries})`, body, true)];
}

/** One reply per item and nothing of the item: an error is raised once the items before it are done, as it was. */
function oneByOne(parts: Parts, reply: Reply, handler: Handler | undefined): Lines {
  const { split, context, cast, error, replies } = parts;
  if (handler) return overEntries(parts, `[${error}]`, handled(parts, handler));
  const value = !reply.used ? '' : parts.isTyped(reply) ? context.fresh('reply', 'value') : reply.name;
  const binding = !reply.used || value === reply.name ? [] : [`const ${reply.name} = ${cast(reply, value)};`];
  const body = split.tryStatement ? repliesBody(split, replies, () => [raise(parts), ...binding]) : [raise(parts), ...repliesBody(split, replies, () => binding)];
  return overEntries(parts, value === '' ? `[${error}]` : `[${error}, ${value}]`, body, binding.length === 0);
}

/** No reply is read, but something follows for each item once all commands are done. */
function sentFirst(parts: Parts): Lines {
  const { split, context, list, replies, enqueue, open, entries, error } = parts;
  const kept = pairing(split, context, list);
  const queue = (candidates: readonly Candidate[], isLast: boolean): Lines => [...enqueue(candidates), ...(isLast ? kept.queue : [])];
  const sent = [open, ...kept.before, ...queueLoop(split, queue, { list: list?.text }), ...block(`for (const [${error}] of ${entries})`, [raise(parts)], true)];
  return [...sent, ...block(kept.headAlone, repliesBody(split, replies, () => []), hasBraces(split))];
}

/** All errors before the first reply is used, then item by item. */
function allChecked(parts: Parts): Lines {
  const { split, context, list, replies, open, enqueue, entries, error, cast } = parts;
  const many = replies.length;
  const kept = split.captures.length > 0 ? pairing(split, context, list) : undefined;
  const index = kept?.index ?? context.fresh('index', 'i', 'at');
  const results = listName(replies, context);
  const reply = context.fresh('reply', 'value');
  const place = (one: Reply): string => {
    const offset = replies.indexOf(one);
    const base = many === 1 || !kept ? index : `${many} * ${index}`;
    return `${results}[${offset === 0 ? base : `${base} + ${offset}`}]`;
  };
  const bind = (one: Reply): string[] => (one.used ? [`const ${one.name} = ${cast(one, place(one))};`] : []);
  const queue = (candidates: readonly Candidate[], isLast: boolean): Lines => [...enqueue(candidates), ...(isLast && kept ? kept.queue : [])];
  return [
    open,
    ...(kept?.before ?? []),
    ...queueLoop(split, queue, { list: list?.text }),
    `const ${results} = (${entries}).map(([${error}, ${reply}]) => {`,
    [raise(parts), `return ${reply};`],
    '});',
    ...block(kept?.head ?? `for (let ${index} = 0; ${index} < ${results}.length; ${index} += ${many})`, repliesBody(split, replies, bind), true),
  ];
}

/** Each entry's error goes to the item's own handler. */
function withHandler(parts: Parts, reply: Reply, handler: Handler | undefined): Lines {
  const { split, context, list, replies, open, enqueue, entries, error, cast } = parts;
  const kept = pairing(split, context, list);
  const results = context.fresh('results', 'entries');
  const value = !reply.used ? '' : parts.isTyped(reply) ? context.fresh('reply', 'value') : reply.name;
  // An index may miss, as far as a strict compiler knows.
  const entry = `const [${error}${value === '' ? '' : `, ${value}`}] = ${results}[${kept.index}]${context.style.typescript ? ' ?? []' : ''};`;
  const binding = !reply.used || value === reply.name ? [] : [`const ${reply.name} = ${cast(reply, value)};`];
  const body = handler ? [entry, ...handled(parts, handler)] : repliesBody(split, replies, () => [entry, raise(parts), ...binding]);
  const queue = (candidates: readonly Candidate[], isLast: boolean): Lines => [...enqueue(candidates), ...(isLast ? kept.queue : [])];
  return [open, ...kept.before, ...queueLoop(split, queue, { list: list?.text }), `const ${results} = ${entries};`, ...block(kept.head, body, true)];
}

function handled({ split, error }: Parts, handler: Handler): Lines {
  return [...around(split, 'before'), ...block(`if (${error})`, handler.body, !handler.isShort), ...around(split, 'after')];
}
