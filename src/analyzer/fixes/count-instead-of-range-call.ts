/** The call itself: another name, and only the arguments that the counting command takes. */
import ts from 'typescript';
import type { RedisCall } from '../facts/calls/redis-call.ts';
import { methodName } from '../dialects/write/method-name.ts';
import type { TextEdit } from '../rules/rule.ts';
import { hasComments } from './text/comments.ts';
import { replaceNode, replaceRange } from './text/edits.ts';
import { sourceText } from './text/lines.ts';
import { isRepeatable } from './text/purity.ts';
import { quote } from './text/quote.ts';
import { styleOf } from './text/style.ts';

/** Undefined where an argument cannot be told apart, or a comment would be lost. */
export function countingCall(call: RedisCall, counter: string): TextEdit[] | undefined {
  const { sourceFile, nameNode, args, command } = call;
  const [key, from, to] = args.list;
  if (!key || args.list.some(ts.isSpreadElement)) return undefined;
  const name = nameEdit(call, counter);
  if (!name) return undefined;
  const edits: TextEdit[] = [name];
  if (counter === 'DBSIZE') {
    // Takes no argument: what stood between the parenthesis (or the raw command's name) and the end of the pattern goes; a callback stays.
    const start = call.spelling === 'raw' ? rawName(call)?.end : key.getStart();
    const end = call.callback && call.spelling !== 'raw' ? call.callback.getStart() : key.end;
    if (start === undefined || args.list.length !== 1 || hasComments(sourceFile, { start, end })) return undefined;
    return [...edits, replaceRange(sourceFile, start, end, '')];
  }
  let kept = key;
  if (counter === 'ZCOUNT') {
    if (!from || !to) return undefined;
    kept = to;
    // ZREVRANGEBYSCORE asks from the highest to the lowest; what has effects must not change places with what may see them.
    if (command === 'ZREVRANGEBYSCORE' && !(isRepeatable(from) && isRepeatable(to)) && !ts.isLiteralExpression(from) && !ts.isLiteralExpression(to)) return undefined;
    if (command === 'ZREVRANGEBYSCORE') edits.push(replaceNode(from, plainText(to)), replaceNode(to, plainText(from)));
  }
  const last = args.options ?? args.list.at(-1);
  if (last && last.end > kept.end) {
    if (hasComments(sourceFile, { start: kept.end, end: last.end }) || nameNode.pos > kept.end) return undefined;
    edits.push(replaceRange(sourceFile, kept.end, last.end, ''));
  }
  return edits;
}

const plainText = (node: ts.Node): string => sourceText(node).replaceAll(/[\uFFFE\uFFFF]/g, '');

/** Another command's name in the place of a call's. Undefined for a raw call whose name is not written there. */
export function nameEdit(call: RedisCall, counter: string): TextEdit | undefined {
  const style = styleOf(call.sourceFile);
  if (call.spelling !== 'raw') {
    const name = methodName(counter, call);
    return replaceNode(call.nameNode, ts.isIdentifier(call.nameNode) ? name : quote(name, style));
  }
  const word = rawName(call);
  if (!word) return undefined;
  return replaceNode(word, quote(word.text === word.text.toLowerCase() ? counter.toLowerCase() : counter, style));
}

/** The name in `call('SMEMBERS', k)`, `sendCommand(['SMEMBERS', k])`. */
function rawName(call: RedisCall): ts.StringLiteralLike | undefined {
  const [first] = ts.isCallExpression(call.node) ? call.node.arguments : [];
  const word = first && ts.isArrayLiteralExpression(first) ? first.elements[0] : first;
  return word && ts.isStringLiteralLike(word) ? word : undefined;
}
