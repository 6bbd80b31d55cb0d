/** How an expression compares two values. Syntax alone; `===` counts as `==`. */
import ts from 'typescript';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

const comparisons: ReadonlyMap<ts.SyntaxKind, Comparison> = new Map([
  [ts.SyntaxKind.EqualsEqualsToken, '=='],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '=='],
  [ts.SyntaxKind.ExclamationEqualsToken, '!='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!='],
  [ts.SyntaxKind.LessThanToken, '<'],
  [ts.SyntaxKind.LessThanEqualsToken, '<='],
  [ts.SyntaxKind.GreaterThanToken, '>'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>='],
]);

/** @returns undefined for what compares no two values: `in` and `instanceof` ask something else */
export const comparisonOf = (node: ts.Node): Comparison | undefined => (ts.isBinaryExpression(node) ? comparisons.get(node.operatorToken.kind) : undefined);

export const isEquality = (comparison: Comparison | undefined): boolean => comparison === '==' || comparison === '!=';

/** By which of both is the greater. */
export const isByOrder = (comparison: Comparison | undefined): boolean => comparison !== undefined && !isEquality(comparison);

/** What holds where it does not. */
export const opposite: Readonly<Record<Comparison, Comparison>> = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

/** The same, its sides exchanged. */
export const mirrored: Readonly<Record<Comparison, Comparison>> = { '==': '==', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
