/**
 * A listener of `'message'`, an event that node-redis emits no more → the listener that `subscribe` takes, which is given the message first. Only
 * where one listener and one subscription stand side by side: several may hear of each other's channels.
 */
import ts from 'typescript';
import { enclosingStatement, unwrap } from '../facts/code/ast.ts';
import { usesOf } from '../facts/clients/client-uses.ts';
import { declarationOfClient } from '../facts/clients/client-names.ts';
import { constantText } from '../facts/code/fold.ts';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import type { TextEdit } from '../rules/rule.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hasComments } from './text/comments.ts';
import { insertAt, isInList, removeStatement, siblings } from './text/edits.ts';
import { needsItsCall } from './text/jumps.ts';
import { freshName } from './text/names.ts';

/** @param call `client.on('message', listener)` */
export function subscriptionEdits(call: RedisCall, workspace: Workspace): TextEdit[] | undefined {
  const { node, sourceFile } = call;
  const [, listener, ...more] = node.arguments ?? [];
  const statement = enclosingStatement(node);
  const declaration = declarationOfClient(call, workspace.checker);
  if (!listener || more.length > 0 || !declaration || !ts.isExpressionStatement(statement) || statement.expression !== node || !isInList(statement)) return undefined;
  const uses = usesOf(declaration, workspace).map((use) => use.call);
  const [subscription, ...others] = uses.filter(({ command }) => command === 'SUBSCRIBE');
  const heard = uses.filter((use) => /^@(?:on|once|addListener)$/.test(use.command) && (constantText(use.args.list[0] ?? use.node, workspace.checker) ?? 'message') === 'message');
  if (!subscription || others.length > 0 || heard.length !== 1 || subscription.fn !== call.fn || !siblings(statement).includes(enclosingStatement(subscription.node))) return undefined;
  const [channel, ...rest] = subscription.node.arguments ?? [];
  const text = turned(listener);
  if (!channel || rest.length > 0 || ts.isSpreadElement(channel) || subscription.spelling === 'raw' || text === undefined) return undefined;
  return [removeStatement(statement), insertAt(sourceFile, channel.end, `, ${text}`)];
}

/** `(channel, message) => …` → `(message, channel) => …` */
function turned(listener: ts.Expression): string | undefined {
  const fn = unwrap(listener);
  if (ts.isIdentifier(fn)) return `(message, channel) => ${fn.text}(channel, message)`;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const [channel, message, ...more] = fn.parameters;
  if (more.length > 0 || fn.parameters.some((one) => one.dotDotDotToken) || (ts.isFunctionExpression(fn) && needsItsCall(fn))) return undefined;
  const text = fn.getText();
  if (!channel) return text;
  const last = message ?? channel;
  const sourceFile = fn.getSourceFile();
  if (hasComments(sourceFile, { start: fn.getStart(), end: fn.body.getStart() })) return undefined;
  const names = `${message?.getText() ?? freshName(fn, ['_message'])}, ${channel.getText()}`;
  const isBare = ts.isArrowFunction(fn) && sourceFile.text[channel.getStart() - 1] !== '(' && fn.parameters.length === 1 && !channel.type;
  return text.slice(0, channel.getStart() - fn.getStart()) + (isBare ? `(${names})` : names) + text.slice(last.end - fn.getStart());
}
