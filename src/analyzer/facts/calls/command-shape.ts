/** Whether a call looks like the Redis command that its name says: as many arguments, and a key first. Wrappers of the same names rarely do. */
import ts from 'typescript';
import { commandInfo } from '../../../redis/commands.ts';
import { isFunctionWithBody, unwrap } from '../code/ast.ts';
import { isUntyped } from '../clients/assignment-flow.ts';

/** What is handed through an application's layers, and is no key. */
const noKey = /^(?:ctx|context|req|request|res|response|opts?|options|config|query|filter|model|schema|table|callback|cb|next|done)$/i;
const expiries = new Set(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);

/** @param words how many arguments are part of the command's name */
export function hasShape(command: string, words: number, call: ts.CallExpression, checker: ts.TypeChecker): boolean {
  const info = commandInfo(command);
  if (!info?.arity) return false;
  let given = call.arguments.slice(words);
  const last = given.at(-1);
  const isCalledBack = last !== undefined && mayBeCallback(last, checker);
  const lists = given.map(unwrap).filter(ts.isArrayLiteralExpression);
  if (given.some(ts.isSpreadElement)) return isKey(given[0], info.keys !== undefined, checker);
  // `zadd([key, score, member], done)`
  const [first] = given;
  const all = first && lists[0] === unwrap(first) ? [...lists[0].elements, ...given.slice(1)] : given;
  given = isCalledBack && ts.isIdentifier(unwrap(last)) ? all : isCalledBack ? all.slice(0, -1) : all;
  // Of a name nobody can tell whether it is a callback.
  const counts = isCalledBack && ts.isIdentifier(unwrap(last)) ? [given.length, given.length - 1] : [given.length];
  const wanted = Math.abs(info.arity) - command.split(' ').length;
  const isOpen = info.arity < 0;
  // One object, or one list, may stand for many: `hset(key, fields)`, `mset(pairs)`.
  const least = isOpen ? Math.min(wanted, /^MSET/.test(command) ? 1 : 2) : wanted;
  if (!counts.some((count) => (isOpen ? count >= least : count === wanted))) return false;
  if (/^FLUSH/.test(command) && given.length > 1) return false;
  const third = all[2];
  if (third && expiries.has(command) && !isOption(third) && !(isCalledBack && third === last)) return false;
  if (third && command === 'SET' && !isOption(third) && !(isCalledBack && third === last)) return false;
  return isKey(all[0], info.keys !== undefined, checker);
}

/** `'EX'`, `{ EX: 10 }`, `...options`: not a number of seconds, which other stores' `set` takes. */
function isOption(argument: ts.Expression): boolean {
  const node = unwrap(argument);
  return ts.isStringLiteralLike(node) || ts.isObjectLiteralExpression(node) || ts.isSpreadElement(node);
}

function mayBeCallback(argument: ts.Expression, checker: ts.TypeChecker): boolean {
  const node = unwrap(argument);
  if (isFunctionWithBody(node)) return true;
  if (ts.isIdentifier(node)) return /^(?:cb|callback|done|next|resolve|reject|fn)$/i.test(node.text);
  return ts.isCallExpression(node) && checker.getTypeAtLocation(node).getCallSignatures().length > 0;
}

function isKey(argument: ts.Expression | undefined, isWanted: boolean, checker: ts.TypeChecker): boolean {
  if (!argument) return !isWanted;
  const node = unwrap(ts.isSpreadElement(argument) ? argument.expression : argument);
  if (ts.isObjectLiteralExpression(node)) return !isWanted;
  if (isFunctionWithBody(node) || ts.isRegularExpressionLiteral(node) || node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.NullKeyword) return !isWanted && isFunctionWithBody(node);
  if (ts.isIdentifier(node) && noKey.test(node.text)) return !isWanted && mayBeCallback(node, checker);
  if (!isWanted || ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isArrayLiteralExpression(node)) return true;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
  if (isUntyped(type, node) || !(type.flags & ts.TypeFlags.Object)) return true;
  return checker.isArrayLikeType(type) || /^(?:Buffer|Uint8Array|String)$/.test((type.symbol as ts.Symbol | undefined)?.name ?? '');
}
