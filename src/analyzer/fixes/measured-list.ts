/** The list whose length a fix asks for: one that can be named twice, and is an array for certain. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import type { ListOrigin } from '../facts/values/list-origin.ts';
import { isRepeatable } from './text/purity.ts';

/** What has the length of a list, as text: the list, or another that has as many elements. Undefined where nothing can be named twice. */
export function measurable(list: ts.Expression, origin: ListOrigin, checker: ts.TypeChecker): string | undefined {
  for (const one of [unwrap(list), ...origin.same]) {
    if (!isRepeatable(one) || ts.isArrayLiteralExpression(one)) continue;
    const size = sizeOf(checker.getTypeAtLocation(one), origin, one === unwrap(list), checker);
    if (size !== undefined) return `${one.getText()}.${size}`;
  }
  return undefined;
}

/** Untyped lists are told by what made them. */
function sizeOf(type: ts.Type, origin: ListOrigin, isOwn: boolean, checker: ts.TypeChecker): 'length' | 'size' | undefined {
  if (type.flags & ts.TypeFlags.Any) return isOwn && origin.isArray ? 'length' : undefined;
  if (checker.isArrayLikeType(type)) return 'length';
  return !type.isUnion() && type.symbol?.name === 'Set' ? 'size' : undefined;
}
