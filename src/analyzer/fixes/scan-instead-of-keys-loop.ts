/** `for (const key of await r.keys(p)) …` → a loop over the scan: no list of all names is ever held, where the body allows it. */
import ts from 'typescript';
import { unwrap, walk, methodOf } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { forEachKey } from '../dialects/write/scan.ts';
import { commandInfo } from '../../redis/commands.ts';
import type { TextEdit } from '../rules/rule.ts';
import { collectLines, foundName } from './scan-instead-of-keys-collect.ts';
import type { KeysScan } from './scan-instead-of-keys-parts.ts';
import { commentText, commentsIn } from './text/comments.ts';
import { insertBefore, isInList, replaceNode, replaceStatement } from './text/edits.ts';
import { jumpsOf } from './text/jumps.ts';
import { sourceRange, sourceText, type Lines, type Replacement } from './text/lines.ts';
import { claimScope, freshLabel, freshName } from './text/names.ts';

/** Undefined where the call is not what a `for…of` runs over. */
export function loopOverScan(scan: KeysScan, calls: readonly RedisCall[]): TextEdit[] | undefined {
  const { call, writer, optional } = scan;
  const value = unwrap(call.use.value);
  const loop = call.use.value.parent;
  if (!writer || optional || call.use.kind !== 'awaited' || !ts.isAwaitExpression(value) || unwrap(value.expression) !== call.node) return undefined;
  if (!ts.isForOfStatement(loop) || loop.expression !== call.use.value || loop.awaitModifier) return undefined;
  const outer = ts.isLabeledStatement(loop.parent) ? loop.parent : loop;
  if (!isInList(outer)) return undefined;
  const key = keyOf(loop);
  if (!key || mayMakeKeys(loop, key, calls)) return collectFirst(scan, loop, outer);
  return [claimScope(loop), replaceStatement(outer, streamingLoop({ ...scan, writer }, loop, key, calls))];
}

/** `const key` alone: a pattern, or a variable from outside, is left to the Set. */
function keyOf({ initializer }: ts.ForOfStatement): ts.Identifier | undefined {
  const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  return declaration && ts.isIdentifier(declaration.name) && !declaration.type ? declaration.name : undefined;
}

function collectFirst(scan: KeysScan, loop: ts.ForOfStatement, outer: ts.Statement): TextEdit[] {
  const found = foundName(scan, loop);
  return [claimScope(loop), insertBefore(outer, collectLines(scan, found)), replaceNode(loop.expression, found)];
}

function streamingLoop({ writer, parts, strip, style, comments, checker }: KeysScan & { writer: NonNullable<KeysScan['writer']> }, loop: ts.ForOfStatement, key: ts.Identifier, calls: readonly RedisCall[]): Lines {
  const own = ts.isLabeledStatement(loop.parent) ? loop.parent.label.text : undefined;
  const flat = writer.step === 'key' && writer.target === 'client';
  const ending = flat ? [] : jumpsOf(loop.statement).filter((jump) => ts.isBreakStatement(jump) && (jump.label === undefined || jump.label.text === own));
  const label = flat ? own : ending.length > 0 ? freshLabel(loop, 'scan') : undefined;
  const semicolon = style.semicolons ? ';' : '';
  const replace = ending.map((jump): Replacement => ({ start: jump.getStart(), end: jump.end, text: `break ${label}${semicolon}` }));
  const inner = !flat && own !== undefined && jumpsOf(loop.statement).some((jump) => ts.isContinueStatement(jump) && jump.label?.text === own) ? `${own}: ` : '';

  const body: (string | Lines)[] = [];
  const names = { ...parts.names, key: key.text };
  if (strip !== '') {
    names.key = freshName(loop, ['name', 'fullName'], { checker });
    body.push(`const ${key.text} = ${names.key}${strip};`);
  }
  const before: string[] = [...comments, ...commentsOfHead(loop).map((comment) => commentText(loop.getSourceFile(), comment))];
  if (!repeatsAreHarmless(loop.statement, calls)) {
    const seen = freshName(loop, ['seen', 'done'], { checker });
    before.push(writer.ofSet ? '// SSCAN may give a member twice.' : '// SCAN may give a key twice.', `const ${seen} = new Set${style.typescript ? '<string>' : ''}();`);
    body.push(`if (${seen}.has(${key.text})) continue;`, `${seen}.add(${key.text});`);
  }
  body.push(...bodyLines(loop, replace));
  const lines = forEachKey(writer, { ...parts, names, ...(label === undefined ? {} : { label }) }, body, { braces: ts.isBlock(loop.statement) });
  return [...before, ...keywordOf(loop, key, inner, lines)];
}

/** `let` where the loop says so, and the loop's own label where a `continue` needs it. */
function keywordOf(loop: ts.ForOfStatement, key: ts.Identifier, label: string, lines: Lines): Lines {
  const isLet = (loop.initializer.flags & ts.NodeFlags.Let) !== 0;
  const head = `(const ${key.text} of`;
  return lines.map((line) => {
    if (typeof line !== 'string') return keywordOf(loop, key, label, line);
    if (!line.includes(head)) return line;
    return `${line.startsWith('for (') ? label : ''}${isLet ? line.replace(head, `(let ${key.text} of`) : line}`;
  });
}

/** A comment after the opening brace of the body, on its line: it speaks of the loop. */
function commentsOfHead({ statement }: ts.ForOfStatement): ts.CommentRange[] {
  const { text } = statement.getSourceFile();
  return ts.isBlock(statement) ? (ts.getTrailingCommentRanges(text, statement.getStart() + 1) ?? []) : [];
}

/** The statements of the body with all that is written between the braces. */
function bodyLines(loop: ts.ForOfStatement, replace: readonly Replacement[]): Lines {
  const body = loop.statement;
  const sourceFile = loop.getSourceFile();
  if (!ts.isBlock(body)) return [sourceText(body, { replace, comments: true })];
  const [first] = body.statements;
  const from = commentsOfHead(loop).at(-1)?.end ?? body.getStart(sourceFile) + 1;
  const comments = commentsIn(sourceFile, { start: from, end: body.end - 1 });
  const start = Math.min(first?.getStart(sourceFile) ?? body.end, comments[0]?.pos ?? body.end);
  const end = Math.max(body.statements.at(-1)?.end ?? 0, comments.at(-1)?.end ?? 0);
  return start < end ? [sourceRange(sourceFile, { start, end }, replace)] : [];
}

/** Writes that remove, or that leave a key as it is apart from its TTL: no new key comes of them. */
const removing = new Set(['DEL', 'UNLINK', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT', 'PERSIST', 'HDEL', 'SREM', 'ZREM', 'LREM', 'LTRIM', 'SPOP', 'LPOP', 'RPOP', 'GETDEL']);

/** A command in the body that may make another key than the one at hand: the scan could then come upon it, without end. */
function mayMakeKeys(loop: ts.ForOfStatement, key: ts.Identifier, calls: readonly RedisCall[]): boolean {
  return callsWithin(loop.statement, calls).some((call) => {
    if (call.command.startsWith('@') || removing.has(call.command)) return false;
    const info = commandInfo(call.command);
    if (info?.flags.includes('readonly') || info?.group === 'pubsub' || info?.group === 'connection') return false;
    return call.args.keys.length === 0 || call.args.keys.some(({ node }) => unwrap(node).getText() !== key.text);
  });
}

function callsWithin(body: ts.Node, calls: readonly RedisCall[]): RedisCall[] {
  return calls.filter(({ node }) => node.pos >= body.pos && node.end <= body.end);
}

/** Commands that leave the same behind when they are sent twice, and reads. */
const idempotent = new Set(['DEL', 'UNLINK', 'EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT', 'PERSIST', 'SET', 'HSET', 'HDEL', 'SADD', 'SREM', 'ZREM', 'ZADD']);
const harmlessMethods = /^(?:slice|split|replace|replaceAll|substring|startsWith|endsWith|includes|indexOf|trim|toLowerCase|toUpperCase|has|test|match|add|delete)$/;

/** Whether it makes no difference that the body runs twice for one key: only idempotent commands, nothing counted, gathered, printed. */
function repeatsAreHarmless(body: ts.Statement, calls: readonly RedisCall[]): boolean {
  const own = new Map(callsWithin(body, calls).map((call) => [call.node as ts.Node, call]));
  let harmless = true;
  const look = (node: ts.Node): boolean => {
    const call = own.get(node);
    if (call) harmless &&= idempotent.has(call.command) && call.use.kind === 'awaited' && ts.isExpressionStatement(call.use.value.parent);
    else if (ts.isCallExpression(node)) harmless &&= harmlessMethods.test(methodOf(node)?.name ?? '');
    else if (ts.isNewExpression(node) || ts.isDeleteExpression(node) || ts.isYieldExpression(node) || ts.isReturnStatement(node)) harmless = false;
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment) harmless = false;
    else if (ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken))) harmless = false;
    return harmless;
  };
  look(body);
  walk(body, look);
  return harmless;
}
