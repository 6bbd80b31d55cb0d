/** `cluster.mget(a, b)` → `Promise.all([cluster.get(a), cluster.get(b)])`, and so with DEL, UNLINK, EXISTS, whose counts are added up. */
import ts from 'typescript';
import { unwrap } from '../facts/code/ast.ts';
import { resolveAlias } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { isEmptyList, scannedIn } from '../facts/replies/scan-origin.ts';
import { singleKeyMethod } from '../dialects/write/single-key.ts';
import type { FixPlan } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hasComments } from './text/comments.ts';
import { replaceNode } from './text/edits.ts';
import { freshName } from './text/names.ts';
import { isRepeatable } from './text/purity.ts';
import { styleOf } from './text/style.ts';
import { methodOf } from '../facts/code/ast.ts';

/** [] where the command has no form for one key, or its reply goes to a callback. */
export function planCommandPerKey(call: RedisCall, workspace: Workspace): FixPlan[] {
  const { node, args, use, sourceFile } = call;
  const target = ts.isCallExpression(node) ? methodOf(node)?.target : undefined;
  const one = singleKeyMethod(call);
  if (!target || !one || use.kind === 'callback' || args.options || !isRepeatable(unwrap(target)) || target.getText().includes('\n') || ts.isOptionalChain(node)) return [];
  if (hasComments(sourceFile, { start: node.getStart(), end: node.end })) return [];
  const client = target.getText();
  const commands = perKey(call, (key) => `${client}.${one.method}(${key})`, workspace);
  if (commands === undefined) return [];
  const isStatement = use.kind === 'awaited' && ts.isExpressionStatement(use.value.parent);
  const total = freshName(node, ['total', 'sum'], { beside: [node] });
  const sum = !one.adds || isStatement ? '' : `.then((counts) => counts.reduce((${total}, count) => ${total} + count, 0))`;
  return [
    {
      id: 'command-per-key',
      title: 'Send one command for each key, at once',
      kind: 'suggest',
      keeps: { replies: 'same', keyspace: 'same', roundTrips: 'same' },
      edits: [replaceNode(node, `Promise.all(${commands})${sum}`)],
    },
  ];
}

/** The text of a list of commands. */
function perKey({ args, node }: RedisCall, command: (key: string) => string, workspace: Workspace): string | undefined {
  const [only, ...more] = args.list;
  if (!only || node.getText().includes('\n')) return undefined;
  const inner = unwrap(only);
  const given = more.length === 0 && ts.isArrayLiteralExpression(inner) ? [...inner.elements] : args.list;
  const isList = given.length === 1 && (ts.isSpreadElement(given[0] as ts.Expression) || given === args.list);
  if (!isList) return given.some((key) => ts.isSpreadElement(key) || ts.isArrayLiteralExpression(unwrap(key))) ? undefined : `[${given.map((key) => command(key.getText())).join(', ')}]`;
  const list = ts.isSpreadElement(only) ? only.expression : inner === only && ts.isArrayLiteralExpression(inner) ? (inner.elements[0] as ts.SpreadElement).expression : only;
  const plain = unwrap(list);
  if (!ts.isIdentifier(plain) && !ts.isPropertyAccessExpression(plain) && !ts.isCallExpression(plain)) return undefined;
  const key = freshName(node, ['key', 'name'], { checker: workspace.checker });
  const isAny = /Stream$/.test(scannedIn(list, workspace)?.scan.command ?? '') && styleOf(node.getSourceFile()).typescript;
  const array = isSet(plain, workspace.checker) ? `[...${list.getText()}]` : list.getText();
  return `${array}.map((${isAny ? `${key}: string` : key}) => ${command(key)})`;
}

/** `const found = new Set()`: it has no `map`. */
function isSet(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  const declaration = ts.isIdentifier(expression) ? resolveAlias(checker.getSymbolAtLocation(expression), checker)?.valueDeclaration : undefined;
  const initializer = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return initializer !== undefined && ts.isNewExpression(unwrap(initializer)) && (isEmptyList(initializer) || initializer.getText().startsWith('new Set'));
}
