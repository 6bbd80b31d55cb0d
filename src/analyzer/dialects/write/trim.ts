/** How each client library caps a stream with the XADD itself, and cuts a list. */
import ts from 'typescript';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';
import { methodName } from './method-name.ts';

/** What is put behind an argument of an XADD without a cap, for it to keep about so many entries; undefined for forms that take none there. */
export function streamCap(add: RedisCall, entries: number, style: Style): { after: ts.Expression; text: string } | undefined {
  const { list } = add.args;
  const [key] = list;
  if (!key || add.spelling === 'alias' || list.some(ts.isSpreadElement)) return undefined;
  if (add.dialect === 'ioredis' || add.major < 4 || add.spelling === 'raw') {
    const number = add.spelling === 'raw' && add.dialect === 'node-redis' ? quote(String(entries), style) : String(entries);
    return { after: key, text: `, ${quote('MAXLEN', style)}, ${quote('~', style)}, ${number}` };
  }
  const [, , fields] = list;
  if (!fields || list.length !== 3 || !/^xadd$/i.test(add.nameNode.getText())) return undefined;
  const space = style.bracketSpacing ? ' ' : '';
  const trim = `{${space}strategy: ${quote('MAXLEN', style)}, strategyModifier: ${quote('~', style)}, threshold: ${entries}${space}}`;
  return { after: fields, text: `, {${space}TRIM: ${trim}${space}}` };
}

/** `ltrim(key, 0, 999)`, without its client: the newest so many elements of a list that is pushed to. @param key as text */
export function listTrim(push: RedisCall, key: string, elements: number): string {
  const [from, to] = push.command.startsWith('L') ? [0, elements - 1] : [-elements, -1];
  return `${methodName('LTRIM', push)}(${key}, ${from}, ${to})`;
}
