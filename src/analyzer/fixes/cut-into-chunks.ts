/** One command of a list of any length → one for each part of the list, so that none holds the server for long. */
import ts from 'typescript';
import { enclosingFunction, isAsync, unwrap } from '../facts/code/ast.ts';
import type { ListArgument } from '../facts/calls/list-argument.ts';
import { listOrigin } from '../facts/values/list-origin.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { commentsIn } from './text/comments.ts';
import { replaceStatement } from './text/edits.ts';
import { sourceText, type Lines } from './text/lines.ts';
import { claimScope, freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';

/** As many as a chunk of a batched loop has: a command of so many holds the server well under a millisecond. */
const chunkSize = 500;
/** Of which several do the same as one. */
const severable = new Set(['DEL', 'UNLINK', 'TOUCH', 'SADD', 'SREM', 'HDEL', 'ZREM', 'LPUSH', 'RPUSH']);

/** @returns [] where a reply is used that cannot be put together, in a queue, and in a function that does not wait */
export function planChunks(call: RedisCall, given: ListArgument, workspace: Workspace): FixPlan[] {
  if (call.callback || call.use.kind === 'queued' || (call.dialect === 'node-redis' && call.major < 4) || call.receiver.kind === 'pipeline' || call.receiver.kind === 'multi') return [];
  const edits = severed(call, given, workspace);
  if (!edits) return [];
  return [
    {
      id: 'chunks',
      title: `Send ${call.command} for ${chunkSize} elements at a time`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'longest-call-shorter' },
      edits,
    },
  ];
}

function severed(call: RedisCall, given: ListArgument, workspace: Workspace): TextEdit[] | undefined {
  const { node, use, sourceFile } = call;
  const { checker } = workspace;
  const list = unwrap(given.list);
  const type = checker.getTypeAtLocation(list);
  const origin = listOrigin(list, workspace);
  const isArray = type.flags & ts.TypeFlags.Any ? origin.isArray : checker.isArrayLikeType(type);
  const target = use.value.parent;
  const statement = ts.isVariableDeclaration(target) ? target.parent.parent : target;
  if (!ts.isStatement(statement) || !isArray) return undefined;
  // What is said between the parts of the statement would have no place.
  if (commentsIn(sourceFile, { start: statement.getStart(sourceFile), end: statement.end }).length > 0) return undefined;
  const taken = new Set<string>();
  const fresh = (...wanted: string[]): string => {
    const name = freshName(statement, wanted, { checker, taken });
    taken.add(name);
    return name;
  };
  const before: Lines[number][] = [];
  let whole = list.getText();
  if (!isRepeatable(list)) {
    whole = fresh(call.command === 'MGET' || /^(?:DEL|UNLINK|TOUCH)$/.test(call.command) ? 'keys' : 'members', 'list');
    before.push(`const ${whole} = ${sourceText(list)};`);
  }
  const start = fresh('start', 'offset');
  const chunk = `${whole}.slice(${start}, ${start} + ${chunkSize})`;
  const argument = given.spread ? `...${chunk}` : chunk;
  const command = sourceText(node, { replace: [{ start: given.argument.getStart(sourceFile), end: given.argument.end, text: argument }] });
  const loop = (body: string): Lines => [`for (let ${start} = 0; ${start} < ${whole}.length; ${start} += ${chunkSize}) {`, [body], '}'];
  const lines = (): Lines | undefined => {
    if (ts.isExpressionStatement(statement)) return use.kind === 'awaited' && severable.has(call.command) ? [...before, ...loop(`await ${command};`)] : undefined;
    // Of getBuffer and the like the type is another.
    if (call.command !== 'MGET' || !/^mget$/i.test(call.nameNode.getText())) return undefined;
    const isTyped = styleOf(sourceFile).typescript;
    if (ts.isReturnStatement(statement)) {
      if (!isAsync(enclosingFunction(node)) || (use.kind !== 'returned' && use.kind !== 'awaited')) return undefined;
      const values = fresh('values', 'replies');
      return [...before, `const ${values}${isTyped ? ': (string | null)[]' : ''} = [];`, ...loop(`${values}.push(...(await ${command}));`), `return ${values};`];
    }
    const declared = ts.isVariableStatement(statement) && !statement.modifiers && statement.declarationList.declarations.length === 1 ? statement.declarationList.declarations[0] : undefined;
    if (!declared || use.kind !== 'awaited' || declared.initializer !== use.value || !ts.isIdentifier(declared.name)) return undefined;
    const type = declared.type ? `: ${declared.type.getText()}` : isTyped ? ': (string | null)[]' : '';
    const keyword = statement.getText().startsWith('let') ? 'let' : 'const';
    return [...before, `${keyword} ${declared.name.text}${type} = [];`, ...loop(`${declared.name.text}.push(...(await ${command}));`)];
  };
  const made = lines();
  return made && [claimScope(statement), replaceStatement(statement, made)];
}
