/** How far a key pattern reaches, and the words in it. A hole (`*`) holds no `:`, unless its name says that it stands for the rest of a key (`**`). */
import ts from 'typescript';
import type { KeyPattern } from '../../../redis/key-pattern.ts';
import { unwrap } from '../code/ast.ts';
import { isConst, resolveAlias } from '../code/fold.ts';
import { oncePer } from '../code/once-per.ts';

/** Says what its keys are: more than separators around holes. */
export const isTelling = ({ parts }: KeyPattern): boolean => parts.some((part) => 'literal' in part && /[\p{L}\p{N}]/u.test(part.literal));

/** The word that all keys of a pattern begin with, whatever they go on with; empty where there is none. Two patterns that may meet have the same, or one has none. */
export function firstWord(pattern: string): string {
  const [, word = '', next = ''] = /^[^A-Za-z0-9*\\]*([A-Za-z0-9]+)(.?)/su.exec(pattern) ?? [];
  return next === '*' || next === '\\' ? '' : word;
}

/** Names of what may stand for several segments of a key. */
const general = /(?:^|[a-z_])(?:key|keys|path|suffix|rest|name|url|scope|namespace|pattern|part|resource|queue|list|stream|topic|channel|kind|type)$|^(?:k|ns)$/i;

const isGeneral = (name: string): boolean => general.test(name);

/** @param key as written where the pattern is known */
export function reachOf(pattern: string, key: ts.Expression, checker: ts.TypeChecker): string {
  return holeNames(key, checker).some(isGeneral) ? pattern.replace(/(?<!\\)\*/g, '**') : pattern;
}

/** What the holes of a key are called: `id` in `` `user:${user.id}` ``, in `'user:' + id`, in `userKey(id)`; empty for what has no name. */
const holeNames = oncePer((key: ts.Expression, checker: ts.TypeChecker): readonly string[] => namesIn(key, checker, 0));

function namesIn(key: ts.Expression, checker: ts.TypeChecker, depth: number): string[] {
  const node = unwrap(key);
  const again = (inner: ts.Expression): string[] => namesIn(inner, checker, depth + 1);
  if (depth > 6) return [''];
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [];
  if (ts.isTemplateExpression(node)) return node.templateSpans.flatMap(({ expression }) => again(expression));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap(again);
  if (ts.isCallExpression(node)) return node.arguments.length > 0 ? node.arguments.flatMap((one) => (ts.isSpreadElement(one) ? [''] : again(one))) : [''];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((one) => (ts.isSpreadElement(one) ? [''] : again(one)));
  if (ts.isPropertyAccessExpression(node)) return [node.name.text];
  if (!ts.isIdentifier(node)) return [''];
  const declaration = resolveAlias(checker.getSymbolAtLocation(node), checker)?.valueDeclaration;
  const made = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return made && (ts.isTemplateExpression(made) || ts.isBinaryExpression(made) || ts.isStringLiteralLike(made) || ts.isCallExpression(made)) ? [...again(made)] : [node.text];
}

/** Whether a key may fit both. @param reach may have `**` @param pattern of another key, whose holes hold no `:` */
export function reaches(reach: string, pattern: string): boolean {
  const [one, other] = [tokens(reach), tokens(pattern)];
  const met = new Map<number, boolean>();
  return meet(0, 0);

  function meet(i: number, j: number): boolean {
    const at = i * (other.length + 1) + j;
    const known = met.get(at);
    if (known !== undefined) return known;
    met.set(at, false);
    const [a, b] = [one[i], other[j]];
    let is: boolean;
    if (a === undefined && b === undefined) is = true;
    else if (isHole(a) && (meet(i + 1, j) || (b !== undefined && holds(a, b) && meet(i, j + 1)))) is = true;
    else if (isHole(b) && (meet(i, j + 1) || (a !== undefined && holds(b, a) && meet(i + 1, j)))) is = true;
    else is = a !== undefined && a === b && !isHole(a) && meet(i + 1, j + 1);
    met.set(at, is);
    return is;
  }
}

const isHole = (token: string | undefined): token is string => token === '*' || token === '**';
const holds = (hole: string, token: string): boolean => hole === '**' || (token !== ':' && token !== '**');
/** `\*` is the character. */
const tokens = (pattern: string): string[] => pattern.match(/\\.|\*\*|\*|[^]/gu) ?? [];

/** The words of a key's literal parts, in lower case: `page`, `cache` in `pageCache:*` and `page-cache:*`. */
export function wordsOf({ parts }: KeyPattern): string[] {
  const literal = parts.map((part) => ('literal' in part ? part.literal : ' ')).join('');
  return wordsOfName(literal);
}

/** `user`, `session` of `userSession`, `USER_SESSION`, `user:session`. */
export const wordsOfName = (name: string): string[] => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether holes so called may stand for the same: `id` for `userId` and `user.id`, not `sessionId` for `userId`. Nothing is known of those without a name. */
function mayNameSame(ones: readonly string[], others: readonly string[]): boolean {
  if (ones.length !== others.length) return true;
  return ones.every((one, index) => {
    const [a, b] = [one, others[index] ?? ''].map((name) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase());
    return !a || !b || a.endsWith(b) || b.endsWith(a) || a.startsWith(b) || b.startsWith(a);
  });
}

/** Whether the holes of two keys of one pattern stand for the same things, none of them for just any key. */
export function isSameKind(one: ts.Expression, other: ts.Expression, checker: ts.TypeChecker): boolean {
  const [a, b] = [holeNames(one, checker), holeNames(other, checker)];
  return ![...a, ...b].some(isGeneral) && mayNameSame(a, b);
}
