/** What the checker says of a value's type, for fixes. */
import ts from 'typescript';

/** Whether a value is a text and nothing else: not `any`, nor one of several types. */
export const isString = (node: ts.Expression, checker: ts.TypeChecker): boolean => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;
