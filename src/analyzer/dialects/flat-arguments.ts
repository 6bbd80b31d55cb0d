/** ioredis and node-redis 3 take a command's arguments in arrays too: `xadd([key, '*', field, value])`, `set(key, [value, 'EX', 60])`. */
import ts from 'typescript';
import { keyPositions } from '../../redis/key-positions.ts';
import { unwrap } from '../facts/code/ast.ts';
import type { ReceiverType } from './client-types.ts';

/** Each place after the key says something else; in all other commands an array there is a list of likes (members, fields, pairs). */
const byPlace = /^(?:P?SETEX|SETNX|SET|GETSET|GETEX|P?EXPIRE(?:AT)?|XADD|XTRIM|X(?:REV)?RANGE|XREAD(?:GROUP)?|Z(?:REV)?RANGE.*|SORT(?:_RO)?|EVAL.*)$/;

/**
 * @param command in Redis's own words
 * @param args as written, without a callback
 * @returns the arguments by their place; `isListed` where the first array holds the key and what follows it. Arrays that stand for keys, members or
 * fields alone are left as written: `del([a, b])`, `sadd(key, [a, b])`. node-redis from 4 on knows no other arrays
 */
export function flatArguments(command: string, args: readonly ts.Expression[], { dialect, major }: Pick<ReceiverType, 'dialect' | 'major'>): { list: readonly ts.Expression[]; isListed: boolean } {
  // What MULTI is given are commands of their own.
  if (command === 'MULTI' || (dialect === 'node-redis' && major >= 4)) return { list: args, isListed: false };
  const [first] = args;
  const whole = first && unwrap(first);
  const isListed = whole !== undefined && ts.isArrayLiteralExpression(whole) && !(args.length === 1 && isOfKeys(command, whole.elements.length));
  const list = args.flatMap((argument, index) => {
    const inner = unwrap(argument);
    return ts.isArrayLiteralExpression(inner) && (index === 0 ? isListed : byPlace.test(command)) ? [...inner.elements] : [argument];
  });
  return { list, isListed };
}

const isOfKeys = (command: string, count: number): boolean => keyPositions(command, count).keys.length === count;
