/** What a function gives back. */
import ts from 'typescript';
import { isFunctionWithBody, walkOwn } from './ast.ts';
import type { Unit } from './units.ts';

/** The values of a function's `return`s, or its body where that is an expression; those of functions within it are left out. [] for a class. */
export function returnedBy(unit: Unit): ts.Expression[] {
  if (ts.isClassLike(unit) || !isFunctionWithBody(unit)) return [];
  if (!ts.isBlock(unit.body)) return [unit.body];
  const found: ts.Expression[] = [];
  walkOwn(unit.body, (node) => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    return undefined;
  });
  return found;
}
