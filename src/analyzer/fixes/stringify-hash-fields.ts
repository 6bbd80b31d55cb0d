/** A value that a hash cannot hold → its text, where one text says all of it. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import type { HashField } from '../facts/values/hash-fields.ts';
import { valueKinds, type ValueKind } from '../facts/values/hash-value.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import { insertAt, replaceNode } from './text/edits.ts';

type Field = HashField & { kinds: ReadonlySet<ValueKind> };

/** @param fields of one command that cannot be stored as they are; [] where none of them has a text of its own in the code that could be changed */
export function planStringifiedFields(fields: readonly Field[], checker: ts.TypeChecker): FixPlan[] {
  const changed = fields.flatMap((field) => {
    const edits = editsFor(field, checker);
    return edits ? [{ field, edits }] : [];
  });
  if (changed.length === 0) return [];
  const names = changed.map(({ field }) => field.name ?? field.value?.getText() ?? '').join(', ');
  return [
    {
      id: 'stringify',
      title: `Store ${names} as text`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'projected', roundTrips: 'same' },
      edits: changed.flatMap(({ edits }) => edits),
    },
  ];
}

function editsFor(field: Field, checker: ts.TypeChecker): TextEdit[] | undefined {
  const { value, kinds, shorthand } = field;
  const [kind, ...more] = [...kinds];
  // What is missing has no text, and a text made JSON would get quotes.
  if (!value || kind === undefined || kinds.has('undefined') || kinds.has('null') || mayBeMissing(field, value, checker)) return undefined;
  const is = (...allowed: ValueKind[]): boolean => [...kinds].every((one) => allowed.includes(one));
  const node = withoutCasts(value);
  if (is('object', 'array')) return around(value, node, 'JSON.stringify(', ')', shorthand);
  if (is('boolean', 'bigint', 'scalar')) return around(value, node, 'String(', ')', shorthand);
  if (kind !== 'date' || more.length > 0 || !isCallable(node)) return undefined;
  return around(value, node, '', '.toISOString()', shorthand);
}

/** `address as any` says nothing of whether it is there, `address!` does. */
function mayBeMissing(field: HashField, value: ts.Expression, checker: ts.TypeChecker): boolean {
  const node = withoutCasts(value);
  if (ts.isNonNullExpression(node)) return false;
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].some((branch) => mayBeMissing(field, branch, checker));
  const kinds = valueKinds({ ...field, value: node }, checker);
  return kinds.has('undefined') || kinds.has('null');
}

/** The expression within parentheses and `as …`; a `!` stays. */
function withoutCasts(expression: ts.Expression): ts.Expression {
  let node = expression;
  while (unwrap(node) !== node && !ts.isNonNullExpression(node)) node = (node as ts.ParenthesizedExpression | ts.AsExpression).expression;
  return node;
}

/** `as unknown as string`, which only quietened the compiler, goes. */
function around(value: ts.Expression, node: ts.Expression, before: string, after: string, shorthand: ts.ShorthandPropertyAssignment | undefined): TextEdit[] {
  const sourceFile = node.getSourceFile();
  if (shorthand) return [insertAt(sourceFile, shorthand.end, `: ${before}${shorthand.name.text}${after}`)];
  if (value !== node) return [replaceNode(value, `${before}${node.getText()}${after}`)];
  return [...(before === '' ? [] : [insertAt(sourceFile, node.getStart(sourceFile), before)]), insertAt(sourceFile, node.end, after)];
}

/** Can be read on from without parentheses. */
function isCallable(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isNonNullExpression(node) || (ts.isNewExpression(node) && node.arguments !== undefined);
}
