/** `createClient(…)` → `createClient(…).on('error', (error) => console.error(error))`: the listener is there before anything can fail. */
import ts from 'typescript';
import { hearsConnect } from '../facts/clients/connection-probe.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { requiresInTypeScript } from '../program/required-modules.ts';
import type { FixPlan, TextEdit } from '../rules/rule.ts';
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
  const edits = made.map((call) => listening(call, checker));
  if (edits.some((one) => one === undefined)) return [];
  return [
    {
      id: 'listen-for-errors',
      title: `Listen for 'error' and print it${retries ? ' (connect() then retries instead of rejecting)' : ''}`,
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: edits.flatMap((one) => one ?? []),
    },
  ];
}

function listening({ node, sourceFile, dialect, major }: RedisCall, checker: ts.TypeChecker): TextEdit | undefined {
  // What node-redis makes has the type that is wanted of it only where nothing is called on it at once.
  if (dialect === 'node-redis' && major >= 4 && ts.isExpression(node) && isWanted(node, checker)) {
    const { parent } = node;
    const list = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.parent : undefined;
    const statement = list && ts.isVariableDeclarationList(list) && list.declarations.length === 1 && ts.isVariableStatement(list.parent) ? list.parent : undefined;
    if (!statement || !ts.isVariableDeclaration(parent)) return undefined;
    const { newline, semicolons } = styleOf(sourceFile);
    return replaceRange(sourceFile, statement.end, statement.end, `${newline}${lineIndentation(sourceFile, statement.getStart())}${parent.name.getText()}${listener(sourceFile)}${semicolons ? ';' : ''}`);
  }
  // `new Redis` alone would make a client of `Redis.on`.
  return replaceRange(sourceFile, node.end, node.end, `${ts.isNewExpression(node) && !node.arguments ? '()' : ''}${listenerText(node)}`);
}

/** Whether what is around an expression says which type it is to have. */
function isWanted(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const wanted = checker.getContextualType(node);
  return wanted !== undefined && (wanted.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) === 0;
}

function listener(sourceFile: ts.SourceFile): string {
  const { quote } = styleOf(sourceFile);
  // What `require` gives is any to TypeScript, which then tells the parameter no type.
  const parameter = requiresInTypeScript(sourceFile.fileName, sourceFile.text) ? 'error: Error' : 'error';
  return `.on(${quote}error${quote}, (${parameter}) => console.error(error))`;
}

/** As it is written after the expression that makes a client. */
function listenerText(node: ts.Node): string {
  const sourceFile = node.getSourceFile();
  const { newline, indent } = styleOf(sourceFile);
  const added = listener(sourceFile);
  const { text } = sourceFile;
  const start = text.lastIndexOf('\n', node.end - 1) + 1;
  const rest = /^[^\n]*/.exec(text.slice(node.end))?.[0].trimEnd().length ?? 0;
  return node.end - start + rest + added.length <= widest ? added : `${newline}${lineIndentation(sourceFile, node.end)}${indent}${added}`;
}
