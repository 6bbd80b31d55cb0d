/** The client's key prefix where it is not added by itself: put before a pattern, taken off names that go back to the client. */
import ts from 'typescript';
import { takesManyKeys } from '../../redis/key-positions.ts';
import type { KeyPattern } from '../../redis/key-pattern.ts';
import { unwrap } from '../facts/code/ast.ts';
import type { PrefixedPattern } from '../facts/keys/prefixed-patterns.ts';
import type { PrefixedTwice } from '../facts/keys/prefixed-twice.ts';
import { resolveAlias } from '../facts/code/fold.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { withPrefix } from './scan-instead-of-keys-parts.ts';
import { insertAt, replaceNode } from './text/edits.ts';
import { freshName } from './text/names.ts';
import { quote } from './text/quote.ts';
import { styleOf } from './text/style.ts';

const keeps = { replies: 'same', keyspace: 'same', roundTrips: 'same' } as const;
const plan = (title: string, edit: TextEdit): FixPlan => ({ id: 'key-prefix', title, kind: 'suggest', keeps, edits: [edit] });

/** [] where the prefix is not known as text, or the pattern runs over several lines. */
export function planPrefixInPattern({ pattern, prefix }: PrefixedPattern, checker: ts.TypeChecker): FixPlan[] {
  const known = textOf(prefix);
  if (!pattern || known === undefined || pattern.getText().includes('\n')) return [];
  const { text, strip } = withPrefix(pattern, prefix, checker, styleOf(pattern.getSourceFile()));
  if (strip === '') return [];
  const edit = ts.isShorthandPropertyAssignment(pattern.parent) ? insertAt(pattern.getSourceFile(), pattern.end, `: ${text}`) : replaceNode(pattern, text);
  return [plan('Put the key prefix before the pattern', edit)];
}

/** [] where the prefix is not known as text, or the names are in what is no array. */
export function planWithoutPrefix({ call, prefix: ofClient, given, scanned }: PrefixedTwice, checker: ts.TypeChecker): FixPlan[] {
  const prefix = textOf(ofClient);
  const inner = unwrap(given);
  if (prefix === undefined || scanned.depth > 1 || /Buffer/.test(scanned.scan.nameNode.getText())) return [];
  if (given.getText().includes('\n')) return [];
  const text = ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner) || ts.isCallExpression(inner) || ts.isParenthesizedExpression(given) ? given.getText() : `(${given.getText()})`;
  const style = styleOf(given.getSourceFile());
  const slice = `.slice(${quote(prefix, style)}.length)`;
  if (scanned.depth === 0) return [plan('Take the key prefix off the name', replaceNode(given, `${text}${slice}`))];
  if (!takesManyKeys(call.command) || isSet(inner, checker)) return [];
  const key = freshName(given, ['key', 'name'], { checker });
  // ioredis's stream yields `any`.
  const parameter = style.typescript && /^@scan\w*Stream$/.test(scanned.scan.command) ? `${key}: string` : key;
  return [plan('Take the key prefix off the names', replaceNode(given, `${text}.map((${parameter}) => ${key}${slice})`))];
}

function textOf(prefix: KeyPattern | undefined): string | undefined {
  const [only, ...more] = prefix?.parts ?? [];
  return only && 'literal' in only && only.literal !== '' && more.length === 0 ? only.literal : undefined;
}

/** `const found = new Set()`: it has no `map`. */
function isSet(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isIdentifier(expression)) return false;
  const declaration = resolveAlias(checker.getSymbolAtLocation(expression), checker)?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && ts.isNewExpression(unwrap(declaration.initializer));
}
