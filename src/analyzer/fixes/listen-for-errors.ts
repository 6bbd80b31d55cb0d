/** `createClient(…)` → `createClient(…).on('error', (error) => console.error(error))`: the listener is there before anything can fail. */
import ts from 'typescript';
import type { RedisCall } from '../facts/redis-call.ts';
import type { FixPlan } from '../rules/rule.ts';
import { replaceRange } from './text/edits.ts';
import { lineIndentation } from './text/indentation.ts';
import { styleOf } from './text/style.ts';

/** Where the line would be longer, the listener goes to the next. */
const widest = 120;

export function planErrorListener({ node, sourceFile, dialect, major }: RedisCall): FixPlan[] {
  // `new Redis` alone would make a client of `Redis.on`.
  const isBare = ts.isNewExpression(node) && !node.arguments;
  return [
    {
      id: 'listen-for-errors',
      title: `Listen for 'error' and print it${dialect === 'node-redis' && major >= 4 ? ' (connect() then retries instead of rejecting)' : ''}`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [replaceRange(sourceFile, node.end, node.end, `${isBare ? '()' : ''}${listenerText(node)}`)],
    },
  ];
}

/** As it is written after the expression that makes a client. */
export function listenerText(node: ts.Node): string {
  const sourceFile = node.getSourceFile();
  const { quote, newline, indent } = styleOf(sourceFile);
  const listener = `.on(${quote}error${quote}, (error) => console.error(error))`;
  const { text } = sourceFile;
  const start = text.lastIndexOf('\n', node.end - 1) + 1;
  const rest = /^[^\n]*/.exec(text.slice(node.end))?.[0].trimEnd().length ?? 0;
  return node.end - start + rest + listener.length <= widest ? listener : `${newline}${lineIndentation(sourceFile, node.end)}${indent}${listener}`;
}
