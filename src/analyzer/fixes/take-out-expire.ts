/** The EXPIRE after a command, taken out because the command itself gives the TTL. */
import ts from 'typescript';
import { contains, enclosingFunction, enclosingStatement, unwrap } from '../facts/code/ast.ts';
import { needsWhatFollows } from '../facts/together/pair-tests.ts';
import { conditionsBetween } from '../facts/code/path-conditions.ts';
import type { RedisCall, TtlUnit } from '../facts/calls/redis-call.ts';
import { isNoError, replyOf, testOf, type ReplyTest } from '../facts/replies/reply-tests.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isSameClient, plainStatement } from './set-with-ttl-pair.ts';
import { positiveInteger } from './set-with-ttl-number.ts';
import { absorbStatement } from './text/absorb.ts';
import { commentsIn, commentText, leadingComments, trailingComments } from './text/comments.ts';
import { isInList, replaceRange } from './text/edits.ts';
import { variablesIn } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';
import { isReassigned } from './text/variables.ts';

export interface TakenOut {
  edits: TextEdit[];
  ttl: { node: ts.Expression; unit: Exclude<TtlUnit, 'KEEPTTL'> };
  /** Sent only where the reply says so; else always. */
  isConditional: boolean;
  /** What is no more: tests of the reply in there need no rewriting. */
  removed: ts.Statement;
  /** The `if` around the first command is no more: only the command is left of it, its reply unread. */
  isBare: boolean;
}

/**
 * @param first the command before @param expire a plain statement after it, always run or under tests of the reply for which `isMet` holds
 * @returns undefined where it cannot be left out, or its time cannot be told earlier
 */
export function takeOutExpire(first: RedisCall, expire: RedisCall, isMet: (test: ReplyTest) => boolean, workspace: Workspace): TakenOut | undefined {
  const { ttl } = expire.args;
  const statement = plainStatement(expire);
  if (!statement || !ttl?.node || ttl.unit === 'KEEPTTL' || !isPlainExpire(expire) || !isSameClient(first, expire) || !goTogether(first, expire)) return undefined;
  if (!isTimeKnown(ttl.node, first, workspace)) return undefined;
  const reply = replyOf(first.node as ts.CallExpression, first.callback);
  const conditions = conditionsBetween(first.node, expire.node)?.filter((condition) => !isNoError(condition, reply));
  const isConditional = conditions?.length !== 0;
  if (!conditions?.every((condition) => {
    const test = testOf(condition, reply);
    return test !== undefined && isMet(test);
  })) return undefined;
  if (isUsedBetween(first, expire, workspace)) return undefined;
  const whole = onlyStatementOf(statement) ?? statement;
  const before = enclosingStatement(first.node);
  const known = { ttl: { node: ttl.node, unit: ttl.unit }, isConditional, removed: whole };
  if (contains(whole, first.node)) {
    const edits = bareEdits(whole, first);
    return edits && { ...known, edits, isBare: true };
  }
  if (whole === statement ? !isInList(statement) : !isInList(whole)) return undefined;
  if (!isInList(before) || hasDirective(whole) || (contains(before, whole) && trailingComments(whole).length > 0)) return undefined;
  return { ...known, edits: absorbStatement(before, whole, ttl.node), isBare: false };
}

/** Key and time, nothing else. */
function isPlainExpire({ args, callback, spelling }: RedisCall): boolean {
  return args.list.length === 2 && !callback && (spelling === 'method' || spelling === 'upper') && !args.list.some(ts.isSpreadElement);
}

/** Both awaited in one function; or, with node callbacks, the second sent in the first one's. */
function goTogether(first: RedisCall, expire: RedisCall): boolean {
  if (first.callback) return expire.use.kind === 'floating' && contains(first.callback, expire.node) && enclosingFunction(expire.node) === unwrap(first.callback);
  return first.use.kind === 'awaited' && expire.use.kind === 'awaited' && enclosingFunction(first.node) === enclosingFunction(expire.node);
}

/** A number that is there when the first command is sent; one that is known not to be positive means something else to EXPIRE. */
function isTimeKnown(node: ts.Expression, first: RedisCall, { checker }: Workspace): boolean {
  const inner = unwrap(node);
  if (!isRepeatable(inner) || needsWhatFollows(node, first.node) || variablesIn(inner).some((name) => isReassigned(name, checker))) return false;
  if (ts.isNumericLiteral(inner) || ts.isPrefixUnaryExpression(inner)) return positiveInteger(node, checker) !== undefined;
  const type = checker.getTypeAtLocation(inner);
  const kinds = type.isUnion() ? type.types : [type];
  if (kinds.some(({ flags }) => flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void))) return false;
  // Without strict types nothing says so but the question mark.
  const declaration = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(inner) ? inner.name : inner)?.valueDeclaration;
  const isOptional = declaration && (ts.isParameter(declaration) || ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration)) && declaration.questionToken !== undefined;
  return !isOptional;
}

/** Whether another command on that key, or one that may be, lies between. */
function isUsedBetween(first: RedisCall, expire: RedisCall, workspace: Workspace): boolean {
  const key = expire.args.keys[0]?.identity;
  const calls = workspace.factsOf(first.sourceFile.fileName)?.calls ?? [];
  return calls.some((call) => call !== first && call !== expire && call.node.pos > first.node.pos && call.node.pos < expire.node.pos && call.args.keys.some((one) => one.identity === key));
}

/** The `if` without an `else` whose only statement it is. */
function onlyStatementOf(statement: ts.Statement): ts.IfStatement | undefined {
  const body = ts.isBlock(statement.parent) && statement.parent.statements.length === 1 ? statement.parent : statement;
  const { parent } = body;
  return ts.isIfStatement(parent) && parent.thenStatement === body && !parent.elseStatement ? parent : undefined;
}

/** `if (await first()) await expire();` → `await first();` */
function bareEdits(whole: ts.Statement, first: RedisCall): TextEdit[] | undefined {
  const { sourceFile } = first;
  const value = unwrap(first.use.value);
  const range = { start: whole.getStart(sourceFile), end: whole.end };
  const command = { start: value.getStart(sourceFile), end: value.end };
  const others = commentsIn(sourceFile, range).filter(({ pos }) => pos < command.start || pos >= command.end);
  if (!ts.isIfStatement(whole) || !isInList(whole) || !ts.isAwaitExpression(value) || others.length > 0) return undefined;
  return [replaceRange(sourceFile, range.start, command.start, ''), replaceRange(sourceFile, command.end, range.end, styleOf(sourceFile).semicolons ? ';' : '')];
}

/** A directive speaks of the line below it, which goes. */
function hasDirective(statement: ts.Statement): boolean {
  const sourceFile = statement.getSourceFile();
  return leadingComments(statement).some((comment) => /@ts-|eslint-|biome-|prettier-/.test(commentText(sourceFile, comment)));
}
