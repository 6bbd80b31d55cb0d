/**
 * Values in a script's text → KEYS and ARGV: a Lua string that a value stands in becomes one of them as a whole, a number becomes
 * `tonumber(ARGV[n])`. Where a value is code (a name, a piece of a statement) nothing is offered.
 */
import ts from 'typescript';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import { keyPositions } from '../../redis/key-positions.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { givenIn } from './defined-script.ts';
import { hasComments } from './text/comments.ts';
import { insertAt, replaceNode, replaceRange } from './text/edits.ts';
import { isRepeatable, isUnchanging } from './text/purity.ts';
import { styleOf } from './text/style.ts';
import { isString } from './text/types.ts';

export function planScriptArguments(call: RedisCall, { checker }: Workspace): FixPlan[] {
  const { node, args, sourceFile } = call;
  const [script] = args.list;
  if (!script || call.callback || call.spelling !== 'method' || call.command !== 'EVAL' || !ts.isCallExpression(node) || ts.isOptionalChain(node) || methodOf(node)?.name !== 'eval') return [];
  if ((call.dialect === 'node-redis' && call.major < 4) || hasComments(sourceFile, { start: node.arguments.pos, end: node.end })) return [];
  const template = templateOf(script, checker);
  const given = call.dialect === 'ioredis' ? givenAfterCount(args.list) : node.arguments.length <= 2 ? givenIn(node.arguments[1]) : undefined;
  if (!template || !given) return [];
  const moved = movedValues(template, { keys: given.keys.length, values: given.values.length }, call, checker);
  if (!moved) return [];
  // A key in the text goes without the client's prefix; and a cluster wants all that are declared in one slot.
  const isClustered = call.receiver.kind === 'cluster' || call.receiver.maybeCluster;
  if (moved.keys.length > 0 && (call.receiver.hasPrefix || (isClustered && given.keys.length + moved.keys.length > 1))) return [];
  const edits = [...moved.edits, ...(call.dialect === 'ioredis' ? countedEdits(call, given, moved) : optionEdits(call, node, given, moved))];
  return [{ id: 'script-arguments', title: 'Pass the values as KEYS and ARGV', kind: 'suggest', keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' }, edits }];
}

interface Given {
  keys: readonly ts.Expression[];
  values: readonly ts.Expression[];
}

/** Edits of the script's text, and the expressions that are passed besides those that were. */
interface Moved {
  edits: readonly TextEdit[];
  keys: readonly string[];
  values: readonly string[];
}

/** Written in the call, or in a constant of the same function that nothing else reads. */
function templateOf(script: ts.Expression, checker: ts.TypeChecker): ts.TemplateExpression | undefined {
  const node = unwrap(script);
  if (ts.isTemplateExpression(node)) return node;
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !declaration.initializer || !(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const)) return undefined;
  const made = unwrap(declaration.initializer);
  // It is evaluated before the call.
  return ts.isTemplateExpression(made) && referencesTo(declaration.name, checker).length === 1 && made.templateSpans.every((span) => isUnchanging(span.expression, checker)) ? made : undefined;
}

/** ioredis: `eval(script, 1, key, value)`; undefined where it cannot be told which are keys. */
function givenAfterCount(list: readonly ts.Expression[]): Given | undefined {
  const [, count, ...rest] = list;
  const keys = count && ts.isNumericLiteral(count) ? Number(count.text) : undefined;
  return keys === undefined || keys > rest.length || rest.some((one) => ts.isSpreadElement(one) || ts.isArrayLiteralExpression(one)) ? undefined : { keys: rest.slice(0, keys), values: rest.slice(keys) };
}

function countedEdits({ args, sourceFile }: RedisCall, { keys, values }: Given, moved: Moved): TextEdit[] {
  const count = args.list[1] as ts.Expression;
  const behindKeys = (keys.at(-1) ?? count).end;
  const behindAll = (values.at(-1) ?? keys.at(-1) ?? count).end;
  const list = (texts: readonly string[]): string => texts.map((one) => `, ${one}`).join('');
  const counted = moved.keys.length > 0 ? [replaceNode(count, String(keys.length + moved.keys.length))] : [];
  if (behindKeys === behindAll) return [...counted, insertAt(sourceFile, behindAll, list([...moved.keys, ...moved.values]))];
  return [...counted, ...[[behindKeys, moved.keys], [behindAll, moved.values]].flatMap(([at, texts]) => ((texts as string[]).length > 0 ? [insertAt(sourceFile, at as number, list(texts as string[]))] : []))];
}

function optionEdits({ sourceFile }: RedisCall, node: ts.CallExpression, { keys, values }: Given, moved: Moved): TextEdit[] {
  const style = styleOf(sourceFile);
  const list = (name: string, texts: readonly string[]): string[] => (texts.length > 0 ? [`${name}: [${texts.join(', ')}]`] : []);
  const text = (one: ts.Node): string => one.getText(sourceFile);
  const content = [...list('keys', [...keys.map(text), ...moved.keys]), ...list('arguments', [...values.map(text), ...moved.values])].join(', ');
  const options = style.bracketSpacing ? `{ ${content} }` : `{${content}}`;
  const [script, old] = node.arguments;
  return old ? [replaceNode(old, options)] : [insertAt(sourceFile, (script as ts.Expression).end, `, ${options}`)];
}

/** A piece of Lua text: a string's or code. Positions count in the template's text as it stands in the file, each value as one character. */
const hole = '\uFFFC';

function movedValues(template: ts.TemplateExpression, before: { keys: number; values: number }, call: RedisCall, checker: ts.TypeChecker): Moved | undefined {
  const { sourceFile } = call;
  const spans = template.templateSpans;
  const { lua, at } = luaOf(template);
  // Escapes, comments, long strings, and parameters that are counted: not read here.
  if (/[\\]|--|\[=*\[/.test(lua) || /#\s*(?:KEYS|ARGV)|(?:KEYS|ARGV)\b(?!\[\d+\])/.test(lua)) return undefined;
  const keys: string[] = [];
  const values: string[] = [];
  const edits: TextEdit[] = [];
  const pass = (list: string[], text: string, base: number): number => base + (list.includes(text) ? list.indexOf(text) + 1 : list.push(text));
  let next = 0;
  for (let position = 0; position < lua.length; position++) {
    const char = lua[position] ?? '';
    if (char === "'" || char === '"') {
      const end = lua.indexOf(char, position + 1);
      if (end < 0) return undefined;
      const content = lua.slice(position + 1, end);
      const count = content.split(hole).length - 1;
      if (count > 0) {
        const inside = spans.slice(next, next + count).map(({ expression }) => expression);
        const role = roleOf(lua, position, end);
        if (!role || !inside.every((one) => isMovable(one, call, checker))) return undefined;
        const text = textOf(content, inside, call, checker);
        const index = role === 'key' ? pass(keys, text, before.keys) : pass(values, text, before.values);
        edits.push(replaceRange(sourceFile, at(position), at(end) + 1, `${role === 'key' ? 'KEYS' : 'ARGV'}[${index}]`));
        next += count;
      }
      position = end;
    } else if (char === hole) {
      const value = spans[next++]?.expression;
      // Beside a letter it is a part of a name or of a number.
      if (!value || !isNumber(value, checker) || !isMovable(value, call, checker) || /[\w.]/.test((lua[position - 1] ?? '') + (lua[position + 1] ?? ''))) return undefined;
      const index = pass(values, call.dialect === 'ioredis' ? value.getText() : `String(${value.getText()})`, before.values);
      edits.push(replaceRange(sourceFile, at(position), at(position + 1), `tonumber(ARGV[${index}])`));
    }
  }
  return edits.length > 0 ? { edits, keys, values } : undefined;
}

/** The text between the backticks, a hole for each value, and where each of its characters stands in the file. */
function luaOf(template: ts.TemplateExpression): { lua: string; at: (position: number) => number } {
  const text = template.getSourceFile().text;
  let lua = '';
  const places: number[] = [];
  const add = (from: number, to: number): void => {
    for (let place = from; place < to; place++) {
      lua += text[place];
      places.push(place);
    }
  };
  add(template.head.getStart() + 1, template.head.end - 2);
  let start = template.head.end - 2;
  for (const { literal } of template.templateSpans) {
    lua += hole;
    places.push(start);
    const isLast = literal.kind === ts.SyntaxKind.TemplateTail;
    add(literal.getStart() + 1, literal.end - (isLast ? 1 : 2));
    start = literal.end - 2;
  }
  places.push(template.end - 1);
  return { lua, at: (position) => places[position] as number };
}

/** What a Lua string is to the command that it is given to, directly or by the name of a variable. Undefined where that cannot be told. */
function roleOf(lua: string, start: number, end: number): 'key' | 'value' | undefined {
  if (isJoined(lua, start, end + 1)) return undefined;
  const name = /\blocal\s+(\w+)\s*=\s*$/.exec(lua.slice(0, start))?.[1];
  if (name === undefined) return roleAt(lua, start);
  const uses = [...lua.slice(end).matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map(({ index }) => end + index);
  const roles = new Set(uses.map((use) => (isJoined(lua, use, use + name.length) ? undefined : roleAt(lua, use))));
  return roles.size === 1 ? [...roles][0] : undefined;
}

/** A part of a longer text: `'a' .. 'b'`. */
const isJoined = (lua: string, start: number, end: number): boolean => /^\s*\.\./.test(lua.slice(end)) || /\.\.\s*$/.test(lua.slice(0, start));

/** Outside of a call, as in a comparison, it is a value. */
function roleAt(lua: string, position: number): 'key' | 'value' | undefined {
  const place = argumentAt(lua, position);
  if (!place) return 'value';
  return place.command === undefined ? undefined : roleIn(place.command, place.index, lua, position);
}

/** Keys by the command table; of a command with keys in places that hang on other arguments nothing is known. */
function roleIn(command: string, index: number, lua: string, at: number): 'key' | 'value' | undefined {
  const close = lua.indexOf(')', at);
  const count = index + lua.slice(at, close < 0 ? lua.length : close).split(',').length;
  const { keys, complete } = keyPositions(command, count);
  if (!complete) return undefined;
  return keys.some((key) => key.index === index) ? 'key' : 'value';
}

/** `redis.call('SET', …, |`: which argument of which command begins at a position; undefined outside of such a call. */
function argumentAt(lua: string, position: number): { command: string | undefined; index: number } | undefined {
  const call = /redis\.p?call\(([^()]*)$/.exec(lua.slice(0, position));
  if (!call) return undefined;
  const parts = (call[1] ?? '').split(',');
  const before = parts.at(-1)?.trim() ?? '';
  // A comma within a string.
  if (parts.some((part) => part.split("'").length % 2 === 0 || part.split('"').length % 2 === 0)) return { command: undefined, index: 0 };
  const command = /^\s*(['"])(\w+)\1\s*$/.exec(parts[0] ?? '')?.[2]?.toUpperCase();
  return { command: before === '' && parts.length > 1 ? command : undefined, index: parts.length - 2 };
}

/** Evaluated later than before, among the other arguments. */
const isMovable = (value: ts.Expression, { args }: RedisCall, checker: ts.TypeChecker): boolean =>
  isRepeatable(value) || (ts.isCallExpression(unwrap(value)) && args.list.slice(1).every((one) => isUnchanging(one, checker) || ts.isObjectLiteralExpression(one)));

const isNumber = (value: ts.Expression, checker: ts.TypeChecker): boolean => (checker.getTypeAtLocation(value).flags & ts.TypeFlags.NumberLike) !== 0;
/** The string as an argument: the value itself where that is text, or a number that ioredis writes alike; else a template. */
function textOf(content: string, values: readonly ts.Expression[], { dialect }: RedisCall, checker: ts.TypeChecker): string {
  const [only] = values;
  if (content === hole && only) {
    if (isString(only, checker) || (dialect === 'ioredis' && isNumber(only, checker))) return only.getText();
    return `String(${only.getText()})`;
  }
  const texts = content.split(hole);
  return `\`${texts.map((text, index) => text + (values[index] ? `\${${values[index].getText()}}` : '')).join('')}\``;
}
