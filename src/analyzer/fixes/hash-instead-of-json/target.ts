/** Whether a client can be passed to the functions of a fix. */
import ts from 'typescript';
import { receiverType } from '../../dialects/client-types.ts';
import { methodOf, unwrap } from '../../facts/code/ast.ts';

/** Views that answer with other types than text: `client.withTypeMapping(…)`. */
const views = new Set(['withTypeMapping', 'withCommandOptions', 'legacy']);

/** A type of the project's own (`Pick<Redis, 'get'>`) may lack what the functions need. */
export function isWholeClient(target: ts.Expression, checker: ts.TypeChecker): boolean {
  const inner = unwrap(target);
  if (ts.isCallExpression(inner) && views.has(methodOf(inner)?.name ?? '')) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(target));
  return (type.flags & ts.TypeFlags.Any) !== 0 || receiverType(type, checker) !== undefined;
}
