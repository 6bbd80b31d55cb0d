/** Reads of a whole collection, however large it is. */
import ts from 'typescript';
import type { Workspace } from '../../workspace/workspace.ts';
import { unwrap } from '../code/ast.ts';
import { constantText } from '../code/fold.ts';
import { oncePer } from '../code/once-per.ts';
import type { RedisCall } from '../calls/redis-call.ts';

const always: ReadonlySet<string> = new Set(['HGETALL', 'HKEYS', 'HVALS', 'SMEMBERS']);
const ranges: ReadonlySet<string> = new Set(['LRANGE', 'ZRANGE', 'ZREVRANGE', 'ZRANGEBYSCORE', 'ZREVRANGEBYSCORE', 'ZRANGEBYLEX', 'ZREVRANGEBYLEX', 'XRANGE', 'XREVRANGE']);
/** From one end to the other: by index, by score, by id or text. */
const ends: readonly (readonly [RegExp, RegExp])[] = [[/^0$/, /^(?:-1|huge)$/], [/^-inf(?:inity)?$/i, /^(?:\+?inf(?:inity)?|huge)$/i], [/^-$/, /^\+$/]];

export const isWholeRead = (call: RedisCall, { checker }: Pick<Workspace, 'checker'>): boolean => always.has(call.command) || ((ranges.has(call.command) || call.command.startsWith('SORT')) && isUnlimited(call, checker));

/** A range by index from the first entry to the last, as literals. */
export function isFirstToLast({ args }: RedisCall): boolean {
  const [, from, to] = args.list;
  return from !== undefined && to !== undefined && /^['"]?0['"]?$/.test(from.getText()) && /^['"]?-1['"]?$/.test(to.getText());
}

const isUnlimited = oncePer((call: RedisCall, checker: ts.TypeChecker): boolean => {
  const { command, args } = call;
  if (args.list.some(ts.isSpreadElement) || ['LIMIT', 'COUNT', '...'].some((flag) => args.flags.has(flag))) return false;
  if (command === 'SORT' || command === 'SORT_RO') return isWholeSort(call, checker);
  const [, from, to] = args.list;
  if (!ranges.has(command) || !from || !to) return false;
  if (args.options && !ts.isObjectLiteralExpression(unwrap(args.options))) return false;
  // What follows may be a limit.
  if (args.list.slice(3).some((one) => /^(?:LIMIT|COUNT|undefined)$/i.test(constantText(one, checker) ?? 'undefined'))) return false;
  const [a = '?', b = '?'] = [from, to].map((one) => boundOf(one, checker));
  return ends.some(([first, last]) => (first.test(a) && last.test(b)) || (first.test(b) && last.test(a)));
});

/** More than any list holds. */
const huge = 1e9;

/** Its text; of a parameter that of its default. A score may be the number Infinity, an index whatever no list reaches: `huge`. */
function boundOf(node: ts.Expression, checker: ts.TypeChecker, depth = 0): string | undefined {
  const inner = unwrap(node);
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.MinusToken) {
    const text = boundOf(inner.operand, checker, depth + 1);
    return text === undefined ? undefined : `-${text}`;
  }
  if (ts.isPropertyAccessExpression(inner) && inner.expression.getText() === 'Number' && /^(?:MAX_SAFE_INTEGER|MAX_VALUE|POSITIVE_INFINITY)$/.test(inner.name.text)) return 'huge';
  if (!ts.isIdentifier(inner)) return ofSize(constantText(inner, checker));
  if (inner.text === 'Infinity') return 'inf';
  const declaration = checker.getSymbolAtLocation(inner)?.valueDeclaration;
  const given = declaration && (ts.isParameter(declaration) || ts.isBindingElement(declaration) || ts.isVariableDeclaration(declaration)) ? declaration.initializer : undefined;
  return given && depth < 4 && (ts.isParameter(declaration as ts.Node) || ts.isPrefixUnaryExpression(given)) ? boundOf(given, checker, depth + 1) : ofSize(constantText(inner, checker));
}

const ofSize = (text: string | undefined): string | undefined => (text !== undefined && /^\d+$/.test(text) && Number(text) >= huge ? 'huge' : text);

function isWholeSort({ args, dialect, major }: RedisCall, checker: ts.TypeChecker): boolean {
  if (args.options && !ts.isObjectLiteralExpression(unwrap(args.options))) return false;
  if (args.flags.has('STORE')) return false;
  const words = args.list.slice(1).map((one) => constantText(one, checker)?.toUpperCase());
  if (dialect === 'node-redis' && major >= 4) return words.length === 0;
  // The patterns of BY and GET need not be known; a word that is not known may be LIMIT.
  return words.every((word, index) => (word !== undefined && word !== 'LIMIT' && word !== 'STORE') || /^(?:BY|GET)$/.test(words[index - 1] ?? ''));
}
