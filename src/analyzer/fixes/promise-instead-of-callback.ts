/**
 * A node callback that no version of node-redis calls any more → handlers of the promise that the command gives. What the callback does with an
 * error and what it does with a reply have to be told apart by its text, and the reply has to be what version 3 gave: only commands whose
 * arguments and reply are the same since.
 */
import ts from 'typescript';
import { enclosingStatement, isAsync, isFunctionWithBody, unwrap } from '../facts/code/ast.ts';
import { symbolOfValue } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { referencesTo } from '../facts/code/references.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hasComments, leadingComments } from './text/comments.ts';
import { insertAt, replaceRange } from './text/edits.ts';
import { lineIndentation } from './text/indentation.ts';
import { needsItsCall } from './text/jumps.ts';
import { render, sourceRange, sourceText, type Lines } from './text/lines.ts';
import { freshName } from './text/names.ts';
import { styleOf } from './text/style.ts';

/** How many arguments these take alike in version 3 and later; they also give the same. Not HGETALL (null, then {}), SETNX (1, then true), scores (text, then numbers) and their like. */
const alike: Readonly<Record<string, number>> = {
  GET: 1, SET: 2, DEL: 1, UNLINK: 1, EXISTS: 1, TYPE: 1, TTL: 1, PTTL: 1, KEYS: 1, STRLEN: 1, APPEND: 2, MGET: 1, DBSIZE: 0, PING: 0, ECHO: 1, PUBLISH: 2, INCR: 1, DECR: 1, INCRBY: 2, DECRBY: 2,
  HGET: 2, HSET: 3, HDEL: 2, HKEYS: 1, HVALS: 1, HLEN: 1, HMGET: 2, LLEN: 1, LPUSH: 2, RPUSH: 2, LPOP: 1, RPOP: 1, LRANGE: 3, LTRIM: 3, LREM: 3, SADD: 2, SREM: 2, SCARD: 1, SMEMBERS: 1, ZCARD: 1, ZRANGE: 3, ZREM: 2,
};
/** Of those, the ones that no longer take a number where a text stands. */
const textAlone = /^(?:APPEND|ECHO|PUBLISH|LPUSH|RPUSH|LREM|SADD|SREM|ZREM|HDEL)$/;

/** @returns none where it cannot be told what a handler would have to do */
export function promiseEdits(call: RedisCall, workspace: Workspace): TextEdit[] | undefined {
  const { checker } = workspace;
  const { node, sourceFile, command, receiver, spelling, use } = call;
  const callback = node.arguments?.at(-1);
  const args = node.arguments?.slice(0, -1) ?? [];
  if (!ts.isCallExpression(node) || !callback || (spelling !== 'method' && spelling !== 'upper') || receiver.kind === 'pipeline' || receiver.kind === 'multi') return undefined;
  if (args.length !== alike[command] || args.some(ts.isSpreadElement) || (textAlone.test(command) && args.some((one) => isNumber(one, checker)))) return undefined;
  // What says that the call does not compile would say so of one that does.
  if (leadingComments(enclosingStatement(node)).some(({ pos, end }) => sourceFile.text.slice(pos, end).includes('@ts-expect-error'))) return undefined;
  if (use.kind !== 'floating' && use.kind !== 'void' && use.kind !== 'returned') return undefined;
  const from = args.at(-1)?.end ?? node.arguments.pos;
  const handlers = handlersOf(unwrap(callback), workspace);
  if (!handlers || hasComments(sourceFile, { start: from, end: callback.getStart(sourceFile) }) || hasComments(sourceFile, { start: callback.end, end: node.end })) return undefined;
  const { reply, error } = handlers;
  const lines: Lines = reply ? [...joined([...prefixed('.then(', reply)], error)] : prefixed('.catch(', error);
  const text = render(closed(lines), lineIndentation(sourceFile, node.getStart(sourceFile)), styleOf(sourceFile));
  return [replaceRange(sourceFile, from, node.end - 1, ''), insertAt(sourceFile, node.end, text)];
}

const isNumber = (node: ts.Expression, checker: ts.TypeChecker): boolean => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.NumberLike) !== 0;

/** As lines, of which the first and the last are on those of what stands around them. */
interface Handlers {
  /** None: nothing is done with a reply. */
  reply: Lines | undefined;
  error: Lines;
}

function handlersOf(callback: ts.Expression, workspace: Workspace): Handlers | undefined {
  const { checker } = workspace;
  if (ts.isIdentifier(callback)) {
    if (!isGivenByAll(callback, workspace)) return undefined;
    const reply = freshName(callback, ['reply'], { checker });
    return { reply: [`(${reply}) => ${callback.text}(null, ${reply})`], error: [callback.text] };
  }
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return undefined;
  const [error, reply, ...more] = callback.parameters;
  const isPlain = [error, reply].every((one) => !one || (ts.isIdentifier(one.name) && !one.initializer && !one.dotDotDotToken));
  if (!error || more.length > 0 || !isPlain || callback.asteriskToken) return undefined;
  if (ts.isFunctionExpression(callback) && (callback.name || needsItsCall(callback))) return undefined;
  if (hasComments(callback.getSourceFile(), { start: callback.getStart(), end: callback.body.getStart() })) return undefined;
  const parts = partsOf(callback.body, error.name as ts.Identifier, reply?.name as ts.Identifier | undefined, checker);
  if (!parts) return undefined;
  const head = (parameter: ts.ParameterDeclaration | undefined): string => {
    const start = isAsync(callback) ? 'async ' : '';
    return ts.isArrowFunction(callback) ? `${start}(${parameter?.getText() ?? ''}) => ` : `${start}function (${parameter?.getText() ?? ''}) `;
  };
  const inBlock = (part: Part): Lines => {
    if (typeof part === 'string') return [ts.isArrowFunction(callback) ? part : `{ return ${part}; }`];
    return part.length > 0 ? ['{', part, '}'] : ['{}'];
  };
  return { reply: parts.reply === undefined ? undefined : prefixed(head(reply), inBlock(parts.reply)), error: prefixed(head(parts.error.length > 0 ? error : undefined), inBlock(parts.error)) };
}

/** A parameter that no caller leaves out: `undefined` is called by nobody as long as nothing calls back. */
function isGivenByAll(callback: ts.Identifier, workspace: Workspace): boolean {
  const parameter = symbolOfValue(callback, workspace.checker)?.valueDeclaration;
  if (!parameter || !ts.isParameter(parameter)) return parameter !== undefined;
  const fn = parameter.parent;
  if (parameter.questionToken || parameter.initializer || !isFunctionWithBody(fn)) return false;
  const index = fn.parameters.indexOf(parameter);
  return workspace.callers(fn).every((site) => !ts.isPropertyAccessExpression(site) && (site.arguments ?? []).length > index);
}

/** An expression, or statements. */
type Part = string | Lines;

/** What a callback does with an error, and with a reply: by the first thing that it asks. */
function partsOf(body: ts.ConciseBody, error: ts.Identifier, reply: ts.Identifier | undefined, checker: ts.TypeChecker): { error: Part; reply: Part | undefined } | undefined {
  const names = (node: ts.Node, name: ts.Identifier | undefined): boolean => name !== undefined && referencesTo(name, checker).some((use) => node.pos <= use.pos && use.end <= node.end);
  const isApart = (ofError: readonly ts.Node[], ofReply: readonly ts.Node[]): boolean => !ofError.some((one) => names(one, reply)) && !ofReply.some((one) => names(one, error));
  const first = ts.isBlock(body) ? body.statements[0] : undefined;
  const only = ts.isBlock(body) ? (body.statements.length === 1 && first && (ts.isExpressionStatement(first) || ts.isReturnStatement(first)) ? first.expression : undefined) : body;
  if (only && !hasComments(body.getSourceFile(), { start: body.getStart(), end: body.end })) {
    const expression = unwrap(only);
    if (ts.isConditionalExpression(expression)) {
      const { condition, whenTrue, whenFalse } = expression;
      return asks(condition, error, checker) && isApart([whenTrue], [whenFalse]) ? { error: concise(whenTrue), reply: concise(whenFalse) } : undefined;
    }
    return handedOn(expression, error, reply, checker);
  }
  if (!ts.isBlock(body) || !first || !ts.isIfStatement(first)) return undefined;
  const isNegated = ts.isPrefixUnaryExpression(first.expression) && first.expression.operator === ts.SyntaxKind.ExclamationToken && asks(first.expression.operand, error, checker);
  if (!isNegated && !asks(first.expression, error, checker)) return undefined;
  const rest = body.statements.slice(1);
  const [then, otherwise] = [statementsOf(first.thenStatement), first.elseStatement ? statementsOf(first.elseStatement) : []];
  const last = then.at(-1);
  const leaves = last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
  // What stands behind is for both, unless the test leaves.
  if (rest.length > 0 && (!leaves || first.elseStatement)) return undefined;
  const [ofError, ofReply] = isNegated ? [[...otherwise, ...rest], then] : [then, [...otherwise, ...rest]];
  if (!isApart(ofError, ofReply)) return undefined;
  const kept = [ofError, ofReply].map(textOf);
  const gaps = hasCommentsBetween(first, body, [ofError, ofReply]);
  return gaps ? undefined : { error: kept[0] ?? [], reply: ofReply.length > 0 ? kept[1] : undefined };
}

/** As the body of an arrow. */
const concise = (node: ts.Expression): string => (ts.isObjectLiteralExpression(node) ? `(${sourceText(node)})` : sourceText(node));

/** `err`, `err != null`, `err !== null` */
function asks(condition: ts.Expression, error: ts.Identifier, checker: ts.TypeChecker): boolean {
  const node = unwrap(condition);
  if (ts.isBinaryExpression(node)) return /^!==?$/.test(node.operatorToken.getText()) && /^(?:null|undefined)$/.test(node.right.getText()) && asks(node.left, error, checker);
  return ts.isIdentifier(node) && symbolOfValue(node, checker) === checker.getSymbolAtLocation(error);
}

/** `done(err, reply)` */
function handedOn(node: ts.Expression, error: ts.Identifier, reply: ts.Identifier | undefined, checker: ts.TypeChecker): { error: Part; reply: Part | undefined } | undefined {
  if (!ts.isCallExpression(node) || !reply || node.arguments.length !== 2 || !ts.isIdentifier(node.expression)) return undefined;
  const isOf = (argument: ts.Expression | undefined, name: ts.Identifier): boolean => argument !== undefined && ts.isIdentifier(argument) && symbolOfValue(argument, checker) === checker.getSymbolAtLocation(name);
  if (!isOf(node.arguments[0], error) || !isOf(node.arguments[1], reply)) return undefined;
  return { error: `${node.expression.text}(${error.text})`, reply: `${node.expression.text}(null, ${reply.text})` };
}

const statementsOf = (statement: ts.Statement): readonly ts.Statement[] => (ts.isBlock(statement) ? statement.statements : [statement]);

function textOf(statements: readonly ts.Statement[]): Lines {
  const [first, last] = [statements[0], statements.at(-1)];
  if (!first || !last) return [];
  return [sourceRange(first.getSourceFile(), { start: leadingComments(first)[0]?.pos ?? first.getStart(), end: last.end })];
}

/** Comments that stand in none of the statements, nor before them. */
function hasCommentsBetween(test: ts.IfStatement, body: ts.Block, lists: readonly (readonly ts.Statement[])[]): boolean {
  const sourceFile = body.getSourceFile();
  const spans = lists.flatMap((list) => (list[0] ? [{ start: leadingComments(list[0])[0]?.pos ?? list[0].getStart(), end: (list.at(-1) as ts.Statement).end }] : [])).sort((a, b) => a.start - b.start);
  let at = body.getStart(sourceFile) + 1;
  for (const { start, end } of [...spans, { start: body.end - 1, end: body.end }]) {
    if (start > at && hasComments(sourceFile, { start: at, end: start })) return true;
    at = end;
  }
  return hasComments(sourceFile, { start: test.getStart(sourceFile), end: test.expression.end });
}

function prefixed(text: string, [first, ...rest]: Lines): Lines {
  return [text + (typeof first === 'string' ? first : ''), ...rest];
}

/** Puts the second behind the first, on its last line. */
function joined(first: Lines, second: Lines): Lines {
  const last = first.at(-1);
  return [...first.slice(0, -1), ...prefixed(`${typeof last === 'string' ? last : ''}, `, second)];
}

const closed = (lines: Lines): Lines => [...lines.slice(0, -1), `${lines.at(-1) as string})`];
