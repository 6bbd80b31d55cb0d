/** A read of one key written as a method of its client, with a reply of text: what a fix needs that reads the key otherwise. */
import ts from 'typescript';
import { methodOf, unwrap } from '../facts/code/ast.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { commentsIn, hasComments } from './text/comments.ts';
import { sourceText } from './text/lines.ts';

export interface PlainRead {
  node: ts.CallExpression;
  client: ts.Expression;
  key: ts.Expression;
  /** Between the parts of the call, which have to go somewhere. */
  comments: string[];
}

/** @param count how many arguments it has, the key among them; undefined for any other form (raw, queued, optional, with a callback, buffers) */
export function plainRead(call: RedisCall, count: number): PlainRead | undefined {
  const { node, args, spelling } = call;
  const [key] = args.list;
  if (!ts.isCallExpression(node) || !key || args.list.length !== count || node.arguments.length !== count || args.list.some(ts.isSpreadElement)) return undefined;
  if ((spelling !== 'method' && spelling !== 'upper') || call.callback || call.use.kind === 'queued' || ts.isOptionalChain(node)) return undefined;
  const method = methodOf(node);
  if (!method || /Buffer$/.test(method.name) || isBufferView(method.target)) return undefined;
  const client = unwrap(method.target);
  // It is written in several places, on lines of any depth.
  return client.getText().includes('\n') ? undefined : { node, client, key, comments: looseComments(node, [client, key]) };
}

/** `client.withTypeMapping(…)`: replies are of another type. */
export function isBufferView(target: ts.Expression): boolean {
  const inner = unwrap(target);
  const method = ts.isCallExpression(inner) ? methodOf(inner) : undefined;
  return method !== undefined && /^with(?:TypeMapping|CommandOptions)$/.test(method.name);
}

/** Comments of a call that stand in none of the parts that are kept. */
export function looseComments(node: ts.CallExpression, kept: readonly ts.Node[]): string[] {
  const sourceFile = node.getSourceFile();
  const range = { start: node.getStart(sourceFile), end: node.end };
  if (!hasComments(sourceFile, range)) return [];
  return commentsIn(sourceFile, range)
    .filter((comment) => !kept.some((one) => comment.pos >= one.getStart(sourceFile) && comment.end <= one.end))
    .map((comment) => sourceFile.text.slice(comment.pos, comment.end));
}

/** As it is, unless it has lines that have to move along. */
export function textOf(node: ts.Node): string {
  const text = node.getText();
  return text.includes('\n') ? sourceText(node) : text;
}
