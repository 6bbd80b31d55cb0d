/** `const keys = await r.keys(p)` → a Set filled by a scan, and its names as an array in the same place. */
import ts from 'typescript';
import { isAsync, unwrap } from '../facts/code/ast.ts';
import { forEachKey } from '../dialects/write/scan.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { KeysScan } from './scan-instead-of-keys-parts.ts';
import { hoist, hoistPoint } from './text/hoist.ts';
import type { Lines } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';

/** Undefined where the reply is not awaited, or no statements can go before it. */
export function collectInPlace(scan: KeysScan): TextEdit[] | undefined {
  const value = replyOf(scan);
  if (!value || !scan.writer || !hoistPoint(value)) return undefined;
  const found = foundName(scan, value);
  const count = scan.optional ? undefined : countOf(value);
  const edits = hoist(count ?? value, collectLines(scan, found), count ? `${found}.size` : arrayText(scan, value, found));
  return edits && [claimScope(value), ...edits];
}

export function foundName({ checker, parts }: KeysScan, at: ts.Node): string {
  return freshName(at, ['found', 'names', 'foundKeys'], { checker, taken: new Set(Object.values(parts.names)) });
}

/** The statements that fill a Set called `found`. */
export function collectLines({ writer, parts, optional, strip, style, comments }: KeysScan, found: string, options: { typed?: boolean } = {}): Lines {
  if (!writer) return [];
  const scan = forEachKey(writer, parts, [`${found}.add(${parts.names.key}${strip});`], options);
  const set = style.typescript ? 'new Set<string>()' : 'new Set()';
  return [...comments, `const ${found} = ${set};`, ...(optional ? [`if (${parts.client}) {`, scan, '}'] : scan)];
}

/** The expression that is the list of names: the awaited call, or what is returned where awaiting it changes nothing. */
export function replyOf({ call }: Pick<KeysScan, 'call'>): ts.Expression | undefined {
  const { use, node } = call;
  const value = unwrap(use.value);
  if (use.kind === 'awaited') return ts.isAwaitExpression(value) && unwrap(value.expression) === node ? bareValue(use.value) : undefined;
  if (use.kind !== 'returned' || value !== node || !isReturned(use.value) || !canAwait(call.fn)) return undefined;
  return isWithinTry(node, call.fn) ? undefined : use.value;
}

/** Itself, not a chain that begins with it. */
function isReturned(value: ts.Expression): boolean {
  return ts.isReturnStatement(value.parent) || (ts.isArrowFunction(value.parent) && value.parent.body === value);
}

/** Within `(await r.keys(p)) as string[]` the parenthesis: an assertion stays. */
function bareValue(value: ts.Expression): ts.Expression {
  let at = value;
  while (!ts.isParenthesizedExpression(at) && !ts.isAwaitExpression(at) && 'expression' in at) at = at.expression as ts.Expression;
  return at;
}

function canAwait(fn: ts.Node): boolean {
  return isAsync(fn) && !(ts.isFunctionLike(fn) && 'asteriskToken' in fn && fn.asteriskToken !== undefined);
}

/** There `return promise` and `return await promise` differ: the handler would see the error. */
function isWithinTry(node: ts.Node, fn: ts.Node): boolean {
  for (let at = node; at !== fn; at = at.parent) if (ts.isTryStatement(at.parent) && at.parent.finallyBlock !== at) return true;
  return false;
}

/** `(await r.keys(p)).length` needs no array. */
function countOf(value: ts.Expression): ts.Expression | undefined {
  const parent = value.parent;
  return ts.isPropertyAccessExpression(parent) && parent.expression === value && parent.name.text === 'length' && !parent.questionDotToken ? parent : undefined;
}

function arrayText({ optional, parts }: KeysScan, value: ts.Expression, found: string): string {
  const list = `[...${found}]`;
  if (!optional) return list;
  const whole = `${parts.client} ? ${list} : undefined`;
  const parent = value.parent;
  return ts.isVariableDeclaration(parent) || ts.isReturnStatement(parent) || ts.isArrowFunction(parent) ? whole : `(${whole})`;
}
