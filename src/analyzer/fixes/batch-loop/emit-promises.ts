/** All commands of a loop under way at once, awaited together: where there is no pipeline, a helper sends the command, or a handler hangs on it. */
import ts from 'typescript';
import { keepsOrder } from '../../dialects/write/batch.ts';
import { quote } from '../text/quote.ts';
import { sourceText, type Lines } from '../text/lines.ts';
import type { Candidate } from './candidates.ts';
import { arePerTurn, mayBeInCallback } from './closures.ts';
import { block, commented } from './code.ts';
import { listName, repliesOf, type Context, type List, type Reply } from './context.ts';
import { emitCallback } from './emit-callback.ts';
import { bareHandler, isIgnored, type Handler } from './handler.ts';
import { isCommutative } from './hazards.ts';
import { listText } from './header.ts';
import { around, collectedStream, commentsOf, hasBraces, hasSecondPart, listOf, namedList, pairing, parameterFor, queueLoop, repliesBody } from './loops.ts';
import type { Split } from './split.ts';

/** Whether commands may be under way together: those of a pool or of two clients overtake each other. */
export function mayOvertake(batch: readonly Pick<Candidate, 'call' | 'reads'>[]): boolean {
  const oneClient = new Set(batch.map(({ call }) => call.receiver.identity)).size <= 1;
  return batch.every(({ reads, call }) => reads || (oneClient && (keepsOrder(call) || call.receiver.kind !== 'pool' || (isCommutative(call) && batch.length === 1))));
}

/** What one turn gives: its promise as an expression, or as an arrow function's body, and how its outcome is taken apart. */
interface Turn {
  /** For `pending.push(…)`. */
  expression: string;
  /** For `ids.map(…)`: what follows the parameters. */
  arrow: Arrow;
  /** `raw`, `[fields, ttl]`, `{ id, raw }`; empty where nothing is wanted of it. */
  pattern: string;
}

/** An expression, the statements of a block, or several promises at once. */
type Arrow = { body: string; isAsync?: true } | { block: Lines } | { all: readonly string[]; areRead: boolean };

/** The lines that replace the loop. @param list what it walks, where that has a name already */
export function emitPromises(split: Split, context: Context, list: List | undefined): Lines | undefined {
  const { header, batch, captures } = split;
  if (!mayOvertake(batch) || !arePerTurn(captures)) return undefined;
  const handler = bareHandler(split, context.style.typescript);
  const second = hasSecondPart(split) && !(handler && isIgnored(split, handler));
  if (split.tryStatement && batch.length > 1) return undefined;
  const isShort = split.captures.length === 0 && handler !== undefined;
  const callback = split.tryStatement && !isShort ? emitCallback(split, context, list) : undefined;
  if (callback) return callback;
  const result = split.tryStatement ? context.fresh('result', 'outcome') : '';
  const replies = repliesOf(split, context);
  if (second && !split.tryStatement && captures.length > 0 && replies.every(({ used }) => !used)) return sentFirst(split, context, replies, list);
  if (split.tryStatement && split.captures.length > 0) {
    const paired = settledByPlace(split, context, replies, result, list);
    if (paired) return paired;
  }
  const kept = second ? captures.map(({ name }) => name) : [];
  const turn = split.tryStatement ? settledTurn(batch, kept, result) : turnOf(replies, kept, context);
  const together = split.tryStatement && kept.length === 0 ? 'Promise.allSettled' : 'Promise.all';
  const after = (results: string): Lines => (second ? block(`for (const ${turn.pattern} of ${results})`, secondBody(split, context, replies, result), hasBraces(split) || split.tryStatement !== undefined) : []);

  const mapped = mapHead(split, context, list, kept);
  if (mapped) {
    const results = !second ? '' : split.tryStatement ? context.fresh('results', 'outcomes') : listName(replies, context, kept.length === 0);
    const head = `${second ? `const ${results} = ` : ''}await ${together}(`;
    const comments = commentsOf(split);
    return [...mapped.lines, ...comments.before, ...commented(mapLines(context, head, mapped, turn), comments.onLine, context.style), ...after(results)];
  }
  // What is under way while a stream is waited for could fail before anybody looks.
  if (header.isStream) return undefined;
  const pending = context.fresh('pending', 'promises');
  const queue = (_: readonly Candidate[], isLast: boolean): Lines => (isLast ? context.wrap(`${pending}.push(`, turn.expression, ');') : []);
  const lines: Lines = [`const ${pending} = [];`, ...queueLoop(split, queue, { list: list?.text, namedInHeader: split.tryStatement === undefined })];
  return second ? [...lines, ...after(`await ${together}(${pending})`)] : [...lines, `await ${together}(${pending});`];
}

/** All outcomes in a list, then the loop over its own list, each outcome by its place. */
function settledByPlace(split: Split, context: Context, replies: readonly Reply[], result: string, list: List | undefined): Lines | undefined {
  if (!split.isBare || split.header.isStream) return undefined;
  const made = list ? { list, lines: [] } : listOf(split, context);
  const mapped = made && mapHead(split, context, made.list, []);
  if (!mapped) return undefined;
  const kept = pairing(split, context, made.list);
  if (kept.before.length > 0) return undefined;
  const results = context.fresh('results', 'outcomes');
  const comments = commentsOf(split);
  // There is one for each item, which a strict compiler does not know.
  const outcome = `const ${result} = ${results}[${kept.index}]${context.style.typescript ? '!' : ''};`;
  const sent = mapLines(context, `const ${results} = await Promise.allSettled(`, mapped, settledTurn(split.batch, [], result));
  return [...made.lines, ...comments.before, ...commented(sent, comments.onLine, context.style), ...block(kept.head, [outcome, ...secondBody(split, context, replies, result)], true)];
}

/** No reply is read, but something follows for each item once all commands are done. */
function sentFirst(split: Split, context: Context, replies: readonly Reply[], list: List | undefined): Lines | undefined {
  const { header } = split;
  if (header.isStream) return undefined;
  const named = list ?? namedList(header);
  const kept = pairing(split, context, named);
  const after = block(kept.headAlone, repliesBody(split, replies, () => []), hasBraces(split));
  const mapped = named && kept.before.length === 0 ? mapHead(split, context, named, []) : undefined;
  const comments = commentsOf(split);
  if (mapped) return [...comments.before, ...commented(mapLines(context, 'await Promise.all(', mapped, turnOf(replies, [], context)), comments.onLine, context.style), ...after];
  const pending = context.fresh('pending', 'promises');
  const queue = (candidates: readonly Candidate[], isLast: boolean): Lines => [...candidates.map(({ promise }) => `${pending}.push(${sourceText(promise)});`), ...(isLast ? kept.queue : [])];
  return [`const ${pending} = [];`, ...kept.before, ...queueLoop(split, queue, { list: list?.text }), `await Promise.all(${pending});`, ...after];
}

function turnOf(replies: readonly Reply[], kept: readonly string[], context: Context): Turn {
  const operands = replies.map(({ candidate }) => sourceText(candidate.promise));
  const used = replies.filter((reply) => reply.used);
  const [operand = ''] = operands;
  const parts = replies.map(({ name, used: isUsed }) => (isUsed ? name : ''));
  while (parts.at(-1) === '') parts.pop();
  const list = `[${parts.join(', ')}]`;
  const all = `Promise.all([${operands.join(', ')}])`;
  const names = [...kept, ...used.map(({ name }) => name)].join(', ');
  if (replies.length === 1) {
    const name = used[0]?.name ?? '';
    if (kept.length === 0) return { expression: operand, arrow: { body: operand }, pattern: name === '' ? '_' : name };
    const object = name === '' ? `{ ${kept.join(', ')} }` : `{ ${kept.join(', ')}, ${name}: await ${operand} }`;
    const arrow: Arrow = name === '' ? { block: [`await ${operand};`, `return ${object};`] } : { isAsync: true, body: `(${object})` };
    return { expression: `${operand}.then((${name}) => ({ ${names} }))`, arrow, pattern: `{ ${names} }` };
  }
  if (kept.length === 0) return { expression: all, arrow: { all: operands, areRead: used.length > 0 }, pattern: list };
  return {
    expression: `${all}.then((${list}) => ({ ${names} }))`,
    arrow: { block: [...context.wrapList(`const ${list} = await Promise.all([`, operands, ']);', 2), `return { ${names} };`] },
    pattern: `{ ${names} }`,
  };
}

/** For a `try` in the loop: the turn's promise never rejects, its outcome says how it went. */
function settledTurn([candidate]: readonly Candidate[], kept: readonly string[], result: string): Turn {
  const operand = candidate ? sourceText(candidate.promise) : '';
  if (kept.length === 0) return { expression: operand, arrow: { body: operand }, pattern: result };
  const names = [...kept, result].join(', ');
  return {
    expression: `Promise.allSettled([${operand}]).then(([${result}]) => ({ ${names} }))`,
    arrow: { block: [`const [${result}] = await Promise.allSettled([${operand}]);`, `return { ${names} };`] },
    pattern: `{ ${names} }`,
  };
}

interface MapHead {
  lines: Lines;
  /** `ids.map(`, `Array.from(ids, ` */
  head: string;
  /** `id`, `[sku, price]` */
  parameter: string;
}

/** Where the loop is nothing but its commands over a list: the call that makes the promises. */
function mapHead(split: Split, context: Context, list: List | undefined, kept: readonly string[]): MapHead | undefined {
  const { header, batch } = split;
  const promises = batch.map(({ promise }) => promise);
  if (!split.isBare || !header.binding || !header.list || !mayBeInCallback(promises, header, context.workspace.checker)) return undefined;
  const parameter = parameterFor(split, promises, kept);
  if (parameter === undefined) return undefined;
  if (list) return { lines: [], head: `${list.text}.map(`, parameter };
  if (header.isStream) {
    const made = collectedStream(header, context);
    return made && { lines: made.lines, head: `${made.list.text}.map(`, parameter };
  }
  // The items of an array may be promises, which the loop waits for.
  if (ts.isForOfStatement(header.node) && header.node.awaitModifier) return undefined;
  if (!header.isArray) return { lines: [], head: `Array.from(${sourceText(header.list)}, `, parameter };
  if (!ts.isAwaitExpression(header.list)) return { lines: [], head: `${listText(header.list)}.map(`, parameter };
  const made = listOf(split, context);
  return made && { lines: made.lines, head: `${made.list.text}.map(`, parameter };
}

function mapLines(context: Context, head: string, { head: map, parameter }: MapHead, { arrow }: Turn): Lines {
  const comma = context.style.trailingCommas ? ',' : '';
  if ('block' in arrow) return [head, [`${map}async (${parameter}) => {`, arrow.block, `})${comma}`], ');'];
  if ('body' in arrow) return context.wrap(head, `${map}${arrow.isAsync ? 'async ' : ''}(${parameter}) => ${arrow.body})`, ');');
  // Where nobody reads the replies, one list of promises will do.
  const isFlat = !arrow.areRead && map.endsWith('.map(');
  const [open, close] = isFlat ? [`${map.slice(0, -'map('.length)}flatMap((${parameter}) => [`, '])'] : [`${map}(${parameter}) => Promise.all([`, ']))'];
  const one = context.wrap(head, `${open}${arrow.all.join(', ')}${close}`, ');');
  return one.length === 1 ? one : [head, context.wrapList(open, arrow.all, close + comma, 1), ');'];
}

function secondBody(split: Split, context: Context, replies: readonly Reply[], result: string): Lines {
  if (!split.tryStatement) return repliesBody(split, replies, () => []);
  const failed = `${result}.status === ${quote('rejected', context.style)}`;
  const handler = bareHandler(split, context.style.typescript);
  if (!handler) {
    return repliesBody(split, replies, ({ used, name }) => [`if (${failed}) throw ${result}.reason;`, ...(used ? [`const ${name} = ${result}.value;`] : [])]);
  }
  return [...around(split, 'before'), ...handled(handler, failed, `${result}.reason`), ...around(split, 'after')];
}

function handled(handler: Handler, failed: string, reason: string): Lines {
  const body = handler.name === undefined ? handler.body : [`const ${handler.name} = ${reason};`, ...handler.body];
  return block(`if (${failed})`, body, !handler.isShort || handler.name !== undefined);
}
