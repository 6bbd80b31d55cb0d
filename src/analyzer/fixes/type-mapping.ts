/** `client.get(commandOptions({ returnBuffers: true }), key)` of node-redis 4 → `client.withTypeMapping(…).get(key)` of version 5. */
import ts from 'typescript';
import { contains, methodOf, unwrap } from '../facts/code/ast.ts';
import { specifierOf } from '../facts/code/imported-from.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hasComments } from './text/comments.ts';
import { insertAt, replaceRange } from './text/edits.ts';
import { addImport } from './text/imports.ts';
import { braced, styleOf } from './text/style.ts';
import { removeUnusedImports } from './text/unused-imports.ts';

/** These give bulk strings alone, which version 4 made buffers of as well as of others. */
const ofBulkStrings = /^(?:GET|GETDEL|GETEX|MGET|HGET|HMGET|HKEYS|HVALS|LRANGE|LPOP|RPOP|LINDEX|SMEMBERS|SPOP|ZRANGE)$/;

/** @returns none for other options than that one */
export function typeMappingEdits({ node, sourceFile, command, spelling, receiver }: RedisCall, { checker }: Workspace): TextEdit[] | undefined {
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  const [first, second] = node.arguments ?? [];
  const options = first && unwrap(first);
  if (!method || !second || !options || !ts.isCallExpression(options) || !ts.isIdentifier(options.expression) || !saysBuffersAlone(options)) return undefined;
  if (!ofBulkStrings.test(command) || spelling === 'raw' || receiver.kind === 'pipeline' || receiver.kind === 'multi') return undefined;
  const from = specifierOf(options.expression);
  if (from === undefined || hasComments(sourceFile, { start: first.getFullStart(), end: second.getStart(sourceFile) })) return undefined;
  const { name, edits } = addImport(sourceFile, { from, name: 'RESP_TYPES' });
  return [
    insertAt(sourceFile, method.target.end, `.withTypeMapping(${braced(`[${name}.BLOB_STRING]: Buffer`, styleOf(sourceFile))})`),
    replaceRange(sourceFile, first.getStart(sourceFile), second.getStart(sourceFile), ''),
    ...removeUnusedImports(sourceFile, (mention) => contains(first, mention), edits, checker),
  ];
}

function saysBuffersAlone({ arguments: [given, ...more] }: ts.CallExpression): boolean {
  const literal = given && unwrap(given);
  if (!literal || more.length > 0 || !ts.isObjectLiteralExpression(literal)) return false;
  const [only, ...others] = literal.properties;
  return others.length === 0 && only !== undefined && ts.isPropertyAssignment(only) && only.name.getText() === 'returnBuffers' && only.initializer.kind === ts.SyntaxKind.TrueKeyword;
}
