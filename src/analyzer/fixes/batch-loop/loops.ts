/** The two loops that a split loop becomes: one that queues, one that goes through the replies. */
import ts from 'typescript';
import { contains, mentions } from '../../facts/code/ast.ts';
import { isRepeatable } from '../text/purity.ts';
import { styleOf } from '../text/style.ts';
import { sourceRange, sourceText, type Lines, type Replacement } from '../text/lines.ts';
import { replyName, type Candidate } from './candidates.ts';
import { addComments, addInstead, addStatement, block, commented, dangling, leading, trailing } from './code.ts';
import type { Context, List, Reply } from './context.ts';
import { namesOf } from './effects.ts';
import { headerText, listText, prunedBinding, type Header } from './header.ts';
import { plural } from './names.ts';
import { isSent, type Split } from './split.ts';

export interface QueueOptions {
  /** What is walked in place of the loop's own list. */
  list?: string | undefined;
  /** The replies are named in the second loop's header: a comment on the line of such a name stays with the command. */
  namedInHeader?: boolean;
}

/** The first part as a loop; `queue` gives the lines in the place of a statement that holds commands. */
export function queueLoop(split: Split, queue: (candidates: readonly Candidate[], isLast: boolean) => Lines, { list, namedInHeader = false }: QueueOptions = {}): Lines {
  const { header, levels, batch } = split;
  const holders = [...new Set(levels.flatMap(({ statements }) => statements.filter((statement) => batch.some(({ awaited }) => contains(statement, awaited)))))];
  const style = styleOf(header.node.getSourceFile());
  const bodyOf = (index: number): Lines => {
    const level = levels[index];
    if (!level) return [];
    const lines: (string | Lines)[] = [];
    for (const statement of level.statements) {
      const candidates = batch.filter(({ awaited }) => contains(statement, awaited));
      if (candidates.length === 0) {
        addStatement(lines, statement);
        continue;
      }
      const by = queue(candidates, statement === holders.at(-1));
      // The comments of any other go to where its reply is used.
      if (isSent(statement, batch)) addInstead(lines, statement, by);
      else if (namedInHeader && isDropped(split, statement)) lines.push(...commented(by, trailing(statement), style));
      else lines.push(...by);
    }
    if (index === levels.length - 1 && !hasSecondPart(split)) lines.push(...dangling(innermostBlock(split)));
    if (level.condition) {
      if (lines.length > 0) lines.push('');
      lines.push(...leading(level.condition), ...block(`if (${sourceText(level.condition.expression)})`, bodyOf(index + 1), true));
    }
    return lines;
  };
  return block(headerText(header, list === undefined ? {} : { list }), bodyOf(0), hasBraces(split));
}

export const hasBraces = ({ header }: Split): boolean => ts.isBlock(header.node.statement);

/** Whether anything is left to do once the replies are there. */
export function hasSecondPart(split: Split): boolean {
  return split.tryStatement !== undefined || split.post.some(({ statement }) => !isDropped(split, statement));
}

/** A statement that was nothing but the command, its reply unused or only given a name. */
function isDropped({ batch, checker }: Split, statement: ts.Statement): boolean {
  return isSent(statement, batch) || batch.some((candidate) => replyName(candidate, checker)?.statement === statement);
}

/** The second part for one item, replies under their names; `bind` gives the lines that bring a reply in, where its command stood. */
export function repliesBody(split: Split, replies: readonly Reply[], bind: (reply: Reply) => readonly string[]): Lines {
  const { post, tryStatement } = split;
  const zone = (name: (typeof post)[number]['zone']): Lines => {
    const lines: (string | Lines)[] = [];
    for (const { statement } of post.filter((item) => item.zone === name)) {
      const own = replies.filter(({ candidate }) => contains(statement, candidate.awaited));
      const binding = own.flatMap(bind);
      if (own.length === 0) addStatement(lines, statement);
      else if (isSent(statement, split.batch)) lines.push(...binding);
      else if (isDropped(split, statement)) {
        if (binding.length > 0) addInstead(lines, statement, binding);
        else addComments(lines, statement);
      }
      else {
        addComments(lines, statement);
        lines.push(...binding, sourceText(statement, { replace: own.map(inPlace) }) + trailing(statement));
      }
    }
    return lines;
  };
  if (!tryStatement) return [...zone('inside'), ...dangling(innermostBlock(split))];
  const sourceFile = tryStatement.getSourceFile();
  const rest = sourceRange(sourceFile, { start: tryStatement.tryBlock.end - 1, end: tryStatement.end });
  return [...zone('before'), ...leading(tryStatement), 'try {', [...zone('inside'), ...dangling(tryStatement.tryBlock)], rest, ...zone('after'), ...dangling(innermostBlock(split))];
}

/** Where the statements among which the commands stand, their `try` apart, are written. */
function innermostBlock({ header, levels }: Split): ts.Node {
  return levels.findLast(({ condition }) => condition)?.condition?.thenStatement ?? header.node.statement;
}

/** The statements of the second part before or after its `try`. */
export function around(split: Split, zone: 'before' | 'after'): Lines {
  const post = split.post.filter((item) => item.zone === zone).map(({ statement }) => ({ statement, zone: 'inside' as const }));
  const lines = repliesBody({ ...split, tryStatement: undefined, post }, [], () => []);
  return zone === 'before' ? lines.slice(0, lines.length - dangling(innermostBlock(split)).length) : lines;
}

/** The reply's name in the place of the `await`, parentheses around it taken off. */
function inPlace({ candidate, name }: Reply): Replacement {
  let node: ts.Node = candidate.awaited;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  return { start: node.getStart(), end: node.end, text: name };
}

/**
 * The comments of a bare loop's statements that have no other place: those before, and those on the line.
 * @param all of every statement, where nothing is left of any
 */
export function commentsOf(split: Split, all = false): { before: string[]; onLine: string } {
  const gone = split.post.map(({ statement }) => statement).filter((statement) => all || isDropped(split, statement));
  const without = gone.filter((statement) => all || isSent(statement, split.batch) || !hasSecondPart(split));
  return { before: without.flatMap(leading), onLine: gone.map(trailing).join('') };
}

/** What a bare loop walks, to be used more than once: the list's own text, or a new variable that holds it. */
export function listOf(split: Split, context: Context): { list: List; lines: Lines } | undefined {
  const { header } = split;
  const { list, binding } = header;
  if (!list || !binding || (header.node as ts.ForOfStatement).awaitModifier) return undefined;
  const nonEmpty = ts.isArrayLiteralExpression(list) && list.elements.some((element) => !ts.isSpreadElement(element));
  const text = sourceText(list);
  if (header.isArray && isRepeatable(list) && !ts.isArrayLiteralExpression(list)) return { list: { text: listText(list), isArray: true, nonEmpty }, lines: [] };
  const name = context.fresh(...listNames(binding));
  const value = header.isArray ? text : `[...${text}]`;
  return { list: { text: name, isArray: true, nonEmpty }, lines: [`const ${name} = ${value};`] };
}

/** A list that has a name already, and is an array. */
export function namedList({ list, isArray }: Header): List | undefined {
  if (!list || !isArray || !isRepeatable(list) || ts.isArrayLiteralExpression(list)) return undefined;
  return { text: listText(list), isArray: true, nonEmpty: false };
}

/** The items of a `for await` loop, all waited for before anything else: sent meanwhile, a command could fail before anybody looks. */
export function collectedStream(header: Header, context: Context): { list: List; lines: Lines } | undefined {
  const { binding, isStream } = header;
  if (!isStream || !binding || !ts.isIdentifier(binding)) return undefined;
  const name = context.fresh(...listNames(binding));
  return { list: { text: name, isArray: true, nonEmpty: false }, lines: [`const ${name} = [];`, `${headerText(header)} ${name}.push(${binding.text});`] };
}

/** What a list of a loop's items may be called. */
export function listNames(binding: ts.BindingName): string[] {
  const many = ts.isIdentifier(binding) ? plural(binding.text) : undefined;
  return [...(many === undefined ? [] : [many]), ts.isIdentifier(binding) ? 'items' : 'entries', 'list'];
}

/** The item's names as an arrow function's parameter, those alone that `nodes` mention or that are wanted anyway. */
export function parameterFor(split: Split, nodes: readonly ts.Node[], wanted: readonly string[]): string | undefined {
  const { binding } = split.header;
  return binding && prunedBinding(binding, ({ text }) => wanted.includes(text) || nodes.some((node) => mentions(node, new Set([text]))));
}

/** How the second loop gets at the variables of a turn. */
export interface Pairing {
  /** Before the first loop. */
  before: Lines;
  /** In the first loop, after the commands. */
  queue: Lines;
  /** Of the second loop: `for (const [index, id] of ids.entries())`. */
  head: string;
  /** The same where no reply is looked up: `for (const id of ids)`. */
  headAlone: string;
  /** The variable that counts the turns with commands. */
  index: string;
}

/** Over the list itself where every item has its replies, else over what the first loop has kept of each turn. */
export function pairing(split: Split, context: Context, list: List | undefined): Pairing {
  const { header, captures, isBare } = split;
  const names = captures.map(({ name }) => name);
  if (isBare && header.counter && names.length === 1 && names[0] === header.counter.text) {
    const head = headerText(header, { label: false });
    return { before: [], queue: [], head, headAlone: head, index: header.counter.text };
  }
  const index = context.fresh('index', 'i', 'at');
  if (list?.isArray && isBare && header.binding) {
    const own = namesOf(header.binding).map(({ text }) => text);
    const pruned = names.every((name) => own.includes(name)) ? prunedBinding(header.binding, ({ text }) => names.includes(text)) : undefined;
    if (pruned !== undefined) return { before: [], queue: [], head: `for (const [${index}, ${pruned}] of ${list.text}.entries())`, headAlone: `for (const ${pruned} of ${list.text})`, index };
  }
  const [only, ...more] = names;
  const queued = context.fresh('queued', 'sent');
  const kept = more.length === 0 && only !== undefined ? only : `{ ${names.join(', ')} }`;
  return {
    before: [`const ${queued} = [];`],
    queue: [`${queued}.push(${kept});`],
    head: `for (const [${index}, ${kept}] of ${queued}.entries())`,
    headAlone: `for (const ${kept} of ${queued})`,
    index,
  };
}
