/** Commands that a queue is made of at once: `multi([['srem', key, id], …])`, or a local list of such that they are pushed to. ioredis and node-redis 3 take them. */
import ts from 'typescript';
import { readCommand } from '../../dialects/read-command.ts';
import { isFunctionWithBody, methodOf, unwrap } from '../code/ast.ts';
import { readArguments } from './call-arguments.ts';
import { withNode } from './collect-calls.ts';
import { constantText, returnedExpression, symbolOfValue } from '../code/fold.ts';
import type { RedisCall } from './redis-call.ts';
import { referencesTo } from '../code/references.ts';

const makers: ReadonlySet<string> = new Set(['@pipeline', '@batch', 'MULTI']);
const deepest = 5;

/** Each as a command on the queue, whose node is the call that makes it. They stand beside the calls of a file, not among them: nothing could be called on or taken out of them. */
export function queuedCalls(call: RedisCall, checker: ts.TypeChecker): RedisCall[] {
  const { node } = call;
  if (!ts.isCallExpression(node)) return [];
  return queuedWords(call, checker).flatMap(([name, ...given]) => {
    const word = name && constantText(name, checker);
    const [first] = given;
    const spelling = word === undefined ? undefined : readCommand('ioredis', word, () => first && constantText(first, checker));
    if (!name || !spelling || spelling.command.startsWith('@')) return [];
    const list = given.slice(spelling.words).filter((one) => !isFunctionWithBody(unwrap(one)));
    const made: Partial<RedisCall> = {
      nameNode: name,
      command: spelling.command,
      receiver: { ...call.receiver, kind: call.command === 'MULTI' ? 'multi' : 'pipeline' },
      spelling: 'raw',
      args: readArguments(spelling.command, list, spelling.flags, false, checker),
      callback: undefined,
      use: { kind: 'queued', value: node, target: undefined },
    };
    return [Object.assign(withNode(call, node), made)];
  });
}

/** The words of each command that a queue is made with, as far as they are written. */
export function queuedWords({ command, dialect, major, node }: RedisCall, checker: ts.TypeChecker): (readonly ts.Expression[])[] {
  const [list] = makers.has(command) && (dialect === 'ioredis' || major < 4) ? (node.arguments ?? []) : [];
  return list ? commandsOf(list, checker, 0) : [];
}

function commandsOf(list: ts.Expression, checker: ts.TypeChecker, depth: number): (readonly ts.Expression[])[] {
  const node = unwrap(list);
  if (depth > deepest) return [];
  const again = (one: ts.Expression): (readonly ts.Expression[])[] => commandsOf(one, checker, depth + 1);
  const elements = (given: readonly ts.Expression[]): (readonly ts.Expression[])[] => given.flatMap((one) => (ts.isSpreadElement(one) ? again(one.expression) : wordsOf(one)));
  if (ts.isArrayLiteralExpression(node)) return elements(node.elements);
  if (ts.isConditionalExpression(node)) return [...again(node.whenTrue), ...again(node.whenFalse)];
  const method = ts.isCallExpression(node) ? methodOf(node) : undefined;
  if (method && ts.isCallExpression(node)) {
    const callback = node.arguments[0] && unwrap(node.arguments[0]);
    if (method.name === 'concat') return [...again(method.target), ...node.arguments.flatMap(again)];
    const returned = callback && /^(?:map|flatMap)$/.test(method.name) ? returnedExpression(callback) : undefined;
    return !returned ? [] : method.name === 'map' ? wordsOf(returned) : again(returned);
  }
  const declaration = ts.isIdentifier(node) ? symbolOfValue(node, checker)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !ts.findAncestor(declaration, ts.isFunctionLike)) return [];
  const pushed = referencesTo(declaration.name, checker).flatMap(({ parent }) => {
    const call = ts.isPropertyAccessExpression(parent) && /^(?:push|unshift)$/.test(parent.name.text) && ts.isCallExpression(parent.parent) ? parent.parent : undefined;
    return call ? elements(call.arguments) : [];
  });
  return [...(declaration.initializer ? again(declaration.initializer) : []), ...pushed];
}

/** `['srem', key, id]` */
function wordsOf(element: ts.Expression): (readonly ts.Expression[])[] {
  const node = unwrap(element);
  if (ts.isConditionalExpression(node)) return [...wordsOf(node.whenTrue), ...wordsOf(node.whenFalse)];
  return ts.isArrayLiteralExpression(node) ? [node.elements] : [];
}
