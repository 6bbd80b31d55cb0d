/** `createClient(…)` → `createClient(…).on('error', (error) => console.error(error))`: the listener is there before anything can fail. */
import ts from 'typescript';
import { hearsConnect } from '../facts/clients/connection-probe.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { replaceRange } from './text/edits.ts';
import { lineIndentation } from './text/indentation.ts';
import { styleOf } from './text/style.ts';

/** Where the line would be longer, the listener goes to the next. */
const widest = 120;

/** @param made all that may be in the one variable, the first of them where the finding stands */
export function planErrorListener(made: readonly RedisCall[], { checker }: Workspace): FixPlan[] {
  const [first] = made;
  if (!first) return [];
  const retries = first.dialect === 'node-redis' && first.major >= 4;
  // A function that waits for the failure would wait for ever.
  if (retries && made.some((call) => hearsConnect(call, checker))) return [];
  return [
    {
      id: 'listen-for-errors',
      title: `Listen for 'error' and print it${retries ? ' (connect() then retries instead of rejecting)' : ''}`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      // `new Redis` alone would make a client of `Redis.on`.
      edits: made.map(({ node, sourceFile }) => replaceRange(sourceFile, node.end, node.end, `${ts.isNewExpression(node) && !node.arguments ? '()' : ''}${listenerText(node)}`)),
    },
  ];
}

/** As it is written after the expression that makes a client. */
function listenerText(node: ts.Node): string {
  const sourceFile = node.getSourceFile();
  const { quote, newline, indent } = styleOf(sourceFile);
  const listener = `.on(${quote}error${quote}, (error) => console.error(error))`;
  const { text } = sourceFile;
  const start = text.lastIndexOf('\n', node.end - 1) + 1;
  const rest = /^[^\n]*/.exec(text.slice(node.end))?.[0].trimEnd().length ?? 0;
  return node.end - start + rest + listener.length <= widest ? listener : `${newline}${lineIndentation(sourceFile, node.end)}${indent}${listener}`;
}
