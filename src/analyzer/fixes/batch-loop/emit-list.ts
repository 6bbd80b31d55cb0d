/** One command for all items: MGET in the place of GETs, and commands that take a list of keys or members. */
import ts from 'typescript';
import { listArgument, listCommand, multiGet, repliesAddUp } from '../../dialects/write/batch.ts';
import { methodOf, unwrap } from '../../facts/code/ast.ts';
import { isList } from '../../facts/together/looped-command.ts';
import { sourceText, type Lines } from '../text/lines.ts';
import { isString } from '../text/types.ts';
import { mayBeInCallback } from './closures.ts';
import { block, commented } from './code.ts';
import { hasMethod, listName, repliesOf, type Context, type List } from './context.ts';
import { effectsOf, meet, type Root } from './effects.ts';
import { sharesSlot } from './hazards.ts';
import { commentsOf, hasBraces, hasSecondPart, listOf, pairing, parameterFor, queueLoop, repliesBody } from './loops.ts';
import { argumentNoun } from './names.ts';
import type { Split } from './split.ts';

/** GETs as one MGET; undefined for other commands, and where an error of one GET is handled by itself. */
export function emitMultiGet(split: Split, context: Context, given: List | undefined): Lines | undefined {
  const [candidate, ...more] = split.batch;
  if (!candidate?.direct || more.length > 0 || split.tryStatement) return undefined;
  const { direct, call } = candidate;
  const method = multiGet(call, sharesSlot(call, split.header.node));
  const target = methodOf(direct)?.target;
  const key = direct.arguments[0];
  if (method === undefined || !target || !key || !hasMethod(direct, method, context.workspace.checker)) return undefined;
  const replies = repliesOf(split, context);
  const [reply] = replies;
  if (!reply?.used) return undefined;

  const source = gathered(split, context, given, key, 'keys');
  if (!source) return undefined;
  const raws = listName(replies, context);
  const read = `${sourceText(target)}.${method}`;
  const get = source.nonEmpty
    ? context.wrap(`const ${raws} = await ${read}(`, source.values, ');')
    : context.assign(`const ${raws} =`, `${source.list}.length > 0 ? await ${read}(${source.values}) : [];`);
  const comments = source.items ? commentsOf(split).onLine : '';
  const reading = commented(get, comments, context.style);
  if (split.captures.length === 0) {
    return [...source.lines(() => []), ...reading, ...block(`for (const ${reply.name} of ${raws})`, repliesBody(split, replies, () => []), hasBraces(split))];
  }
  const kept = pairing(split, context, source.items);
  // An index may miss, as far as a strict compiler knows; a key that is not there is null anyway.
  const bind = `const ${reply.name} = ${raws}[${kept.index}]${context.style.typescript ? ' ?? null' : ''};`;
  return [...kept.before, ...source.lines(() => kept.queue), ...get, ...block(kept.head, repliesBody(split, replies, () => [bind]), true)];
}

/** The same command over a list: replies unused, or summed. */
export function emitVariadic(split: Split, context: Context, given: List | undefined): Lines | undefined {
  const [candidate, ...more] = split.batch;
  if (!candidate?.direct || more.length > 0 || split.tryStatement) return undefined;
  const { direct, call } = candidate;
  const command = listCommand(call, sharesSlot(call, split.header.node));
  const which = listArgument(call);
  const [constant, argument] = which === 1 ? call.args.list : [undefined, call.args.list[0]];
  const target = methodOf(direct)?.target;
  if (!command || !target || !argument || ts.isSpreadElement(argument) || ts.isArrayLiteralExpression(unwrap(argument))) return undefined;
  // One that may be a list itself is no item of a list.
  const type = context.workspace.checker.getTypeAtLocation(argument);
  if (type.flags & ts.TypeFlags.Any || isList(type, context.workspace.checker)) return undefined;
  if (!hasMethod(direct, command.method, context.workspace.checker) || !changesPerTurn(split, argument, context) || (constant && changesPerTurn(split, constant, context))) return undefined;
  const sum = sumOf(split);
  if (hasSecondPart(split) && (sum === undefined || !repliesAddUp(call))) return undefined;

  const source = gathered(split, context, given, argument, argumentNoun(call.command));
  if (!source) return undefined;
  const values = command.spread ? `...${source.values}` : source.values;
  const before = `${sum === undefined ? '' : `${sum} += `}await ${sourceText(target)}.${command.method}(${constant ? `${sourceText(constant)}, ` : ''}`;
  const send = context.wrap(before, values, ');');
  const comments = source.items ? commentsOf(split, sum !== undefined) : { before: [], onLine: '' };
  const lines = commented(send, comments.onLine, context.style);
  return [...source.lines(() => []), ...comments.before, ...(source.nonEmpty ? lines : block(`if (${source.list}.length > 0)`, lines, hasBraces(split)))];
}

/** The arguments of all turns. */
interface Gathered {
  /** The list whose length says whether there are any. */
  list: string;
  /** `ids.map((id) => key)`, or the list that the first loop has filled. */
  values: string;
  nonEmpty: boolean;
  /** What the loop walked, where it has a name. */
  items: List | undefined;
  /** What goes before; `queue`, into the first loop as well. */
  lines: (queue: () => Lines) => Lines;
}

function gathered(split: Split, context: Context, given: List | undefined, argument: ts.Expression, noun: string): Gathered | undefined {
  const { header } = split;
  const checker = context.workspace.checker;
  if (split.isBare && header.list && mayBeInCallback([argument], header, checker)) {
    const parameter = parameterFor(split, [argument], []);
    const made = given ? { list: given, lines: [] } : parameter === undefined ? undefined : listOf(split, context);
    if (made && parameter !== undefined) {
      const isItem = ts.isIdentifier(unwrap(argument)) && argument.getText() === parameter;
      const isMutable = !isReadonly(header.list, checker);
      const mapped = `${made.list.text}.map((${parameter}) => ${arrowBody(sourceText(argument))})`;
      const values = isItem ? (isMutable ? made.list.text : `[...${made.list.text}]`) : mapped;
      return { list: made.list.text, values, nonEmpty: made.list.nonEmpty, items: made.list, lines: () => made.lines };
    }
  }
  const name = context.fresh(noun, noun === 'keys' ? 'names' : 'values');
  const type = context.style.typescript && isString(argument, checker) ? ': string[]' : '';
  const lines = (queue: () => Lines): Lines => [
    `const ${name}${type} = [];`,
    ...queueLoop(split, (_, isLast) => [`${name}.push(${sourceText(argument)});`, ...(isLast ? queue() : [])], { list: given?.text, namedInHeader: true }),
  ];
  return { list: name, values: name, nonEmpty: false, items: undefined, lines };
}

const arrowBody = (text: string): string => (text.startsWith('{') ? `(${text})` : text);

function isReadonly(list: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(list);
  return (type.isUnion() ? type.types : [type]).some((part) => part.symbol?.name === 'ReadonlyArray' || checker.isTupleType(part));
}

function changesPerTurn({ header, levels }: Split, node: ts.Expression, { workspace: { checker } }: Context): boolean {
  const scope = { checker, commands: new Set<ts.Node>() };
  const within = (root: Root): boolean => typeof root !== 'string' && (root.declarations?.some((one) => header.node.pos <= one.pos && one.end <= header.node.end) ?? false);
  const { reads, opaque } = effectsOf([node], scope);
  if (opaque || [...reads].some(within)) return true;
  const { rebinds, mutates } = effectsOf(levels.flatMap(({ statements }) => statements), scope);
  return meet(reads, new Set([...rebinds, ...mutates]));
}

/** `total` of `total += await command`, or of `const n = await command; total += n;`, where that is all. */
function sumOf({ post, batch, captures, checker }: Split): string | undefined {
  const [first, second, ...more] = post;
  const candidate = batch[0];
  if (!first || !candidate || more.length > 0 || captures.length > 0) return undefined;
  const [statement, addend] = second ? [second.statement, declaredText(first.statement)] : [first.statement, candidate.awaited.getText()];
  if (addend === undefined || !ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken) return undefined;
  // `text += 1` adds up nothing.
  const isNumber = (checker.getTypeAtLocation(expression.left).flags & ts.TypeFlags.NumberLike) !== 0;
  return isNumber && unwrap(expression.right).getText() === addend ? sourceText(expression.left) : undefined;

  function declaredText(one: ts.Statement): string | undefined {
    const declaration = ts.isVariableStatement(one) ? one.declarationList.declarations[0] : undefined;
    return declaration?.initializer === candidate?.awaited && declaration && ts.isIdentifier(declaration.name) ? declaration.name.text : undefined;
  }
}
