/** Conditions that ask where the program runs. Syntax alone: what names and texts say. */
import ts from 'typescript';
import { unwrap } from './ast.ts';
import { comparisonOf, isEquality } from './comparison.ts';

/** Where the program runs when such a condition holds; `somewhere` where its words do not say which way it goes. */
export type Place = 'production' | 'elsewhere' | 'somewhere';

const production = /^(?:is_?)?prod(?:uction)?(?:_?(?:env|mode))?$/i;
const elsewhere = /^(?:is_?|use_?)?(?:local|dev|test|stag|debug|ci$|sandbox|insecure|self_?signed)/i;
/** Whatever speaks of it. `pattern.test(url)` does not. */
const any = /NODE_ENV|dev|local|test(?!\()|prod|stag|debug|insecure|self.?signed/i;

/** @returns where the program runs when the condition holds; undefined for one that asks something else */
export function placeOf(condition: ts.Expression): Place | undefined {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return opposite(placeOf(node.operand));
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken: { kind } } = node;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) {
      const sides = [placeOf(left), placeOf(right)];
      return sides.find((side) => side === 'elsewhere') ?? sides.find((side) => side !== undefined);
    }
    if (kind === ts.SyntaxKind.BarBarToken) return placeOf(left) === placeOf(right) ? placeOf(left) : placeOf(left) ?? placeOf(right) ? 'somewhere' : undefined;
    const comparison = comparisonOf(node);
    const text = [left, right].map(unwrap).find(ts.isStringLiteralLike)?.text;
    if (isEquality(comparison) && text !== undefined) {
      const said = saidBy(text) ?? (any.test(node.getText()) ? 'somewhere' : undefined);
      return comparison === '==' ? said : opposite(said);
    }
  }
  const name = ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
  return (name === undefined ? undefined : saidBy(name)) ?? (any.test(node.getText()) ? 'somewhere' : undefined);
}

/** Whether one arm of a condition is for other places than production, or may be. @param holds the arm that is taken when it holds */
export function isForElsewhere(condition: ts.Expression, holds: boolean): boolean {
  const place = placeOf(condition);
  return place !== undefined && place !== (holds ? 'production' : 'elsewhere');
}

const saidBy = (word: string): Place | undefined => (production.test(word) ? 'production' : elsewhere.test(word) ? 'elsewhere' : undefined);

const opposite = (place: Place | undefined): Place | undefined => (place === 'production' ? 'elsewhere' : place === 'elsewhere' ? 'production' : place);
