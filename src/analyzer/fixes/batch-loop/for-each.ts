/**
 * `list.forEach(async (item) => …)`: the commands are under way at once already, but nobody waits for them and nobody sees their
 * errors. `await Promise.all(list.map(async (item) => …))`, the callback left as it is.
 */
import ts from 'typescript';
import { enclosingFunction, isAsync, methodOf, unwrap } from '../../facts/ast.ts';
import { isList, type LoopedCommand } from '../../facts/looped-command.ts';
import type { FixPlan } from '../../rules/rule.ts';
import { replaceRange } from '../text/edits.ts';
import type { Workspace } from '../../workspace/workspace.ts';

export function planForEach({ loop }: LoopedCommand, workspace: Workspace): FixPlan[] {
  const call = loop.node;
  if (!ts.isCallExpression(call) || ts.isOptionalChain(call) || !ts.isExpressionStatement(call.parent) || call.arguments.length !== 1) return [];
  const method = methodOf(call);
  const [callback] = call.arguments;
  if (!method || method.name !== 'forEach' || !callback || !isAsync(unwrap(callback)) || !ts.isPropertyAccessExpression(call.expression)) return [];
  // Only a function that waits can be made to wait for this too; only an array has `map`.
  const around = enclosingFunction(call);
  if (ts.isSourceFile(around) || !isAsync(around)) return [];
  if (!isList(workspace.typeOf(method.target), workspace.checker)) return [];
  const sourceFile = call.getSourceFile();
  const { name } = call.expression;
  const start = call.getStart();
  return [
    {
      id: 'promise-all',
      title: 'Wait for all items with Promise.all, and raise their errors',
      kind: 'suggest',
      // forEach sends as much at once; what changes is that somebody waits.
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [
        replaceRange(sourceFile, start, start, 'await Promise.all('),
        replaceRange(sourceFile, name.getStart(), name.end, 'map'),
        replaceRange(sourceFile, call.end, call.end, ')'),
      ],
    },
  ];
}
