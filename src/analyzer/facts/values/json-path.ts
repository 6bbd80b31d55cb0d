/** Which part of a RedisJSON document a command reads or writes. */
import ts from 'typescript';
import { constantText } from '../code/fold.ts';
import { objectLiteral } from '../calls/call-arguments.ts';
import type { RedisCall } from '../calls/redis-call.ts';

/**
 * Of JSON.GET and JSON.SET, without what both forms of a path begin with (`$.`, `.`): empty for the whole document, `visits` for a member of it.
 * Undefined where it is not known, and for several paths.
 */
export function jsonPath({ command, args }: RedisCall, checker: ts.TypeChecker): string | undefined {
  const path = command === 'JSON.GET' && args.options ? pathOption(args.options, checker) : args.list[1];
  if (path === undefined) return command === 'JSON.GET' && args.list.length === 1 && !args.options ? '' : undefined;
  if (path === 'none') return '';
  if (command === 'JSON.GET' && args.list.length > 2) return undefined;
  return constantText(path, checker)?.replace(/^\$?\.?/, '');
}

/** node-redis: `json.get(key, { path: '$.visits' })` */
function pathOption(options: ts.Expression, checker: ts.TypeChecker): ts.Expression | 'none' | undefined {
  const literal = objectLiteral(options, checker);
  if (!literal || literal.properties.some((one) => !ts.isPropertyAssignment(one))) return undefined;
  const found = literal.properties.find((one) => one.name?.getText() === 'path');
  return found && ts.isPropertyAssignment(found) ? found.initializer : 'none';
}
