/**
 * How each client library writes the command that replaced a deprecated one: its name, and what becomes of each argument.
 * All of them give the same reply but SETNX (1 or 0, then OK or null) and HMSET (OK, then the number of new fields).
 */
import ts from 'typescript';
import type { RedisCall } from '../../facts/calls/redis-call.ts';
import { quote } from '../../fixes/text/quote.ts';
import type { Style } from '../../fixes/text/style.ts';
import { ttlArguments } from './set-ttl.ts';

export interface ModernCommand {
  /** In Redis's words. */
  command: string;
  /** The first server version that has it in this form. */
  since: string;
  /** The method's name in the dialect, as Redis's word where the call is a raw one. */
  name: string;
  changes: readonly ArgumentChange[];
}

/** In place of the arguments from one to another (the same for one), or where `after`, behind it. */
export type ArgumentChange = { from: ts.Expression; to: ts.Expression; text: string; after?: true } | { before: ts.Node; text: string };

const commands: Readonly<Record<string, readonly [command: string, since: string]>> = {
  SETEX: ['SET', '2.6'],
  PSETEX: ['SET', '2.6'],
  SETNX: ['SET', '2.6'],
  GETSET: ['SET', '6.2'],
  HMSET: ['HSET', '4.0'],
  RPOPLPUSH: ['LMOVE', '6.2'],
  BRPOPLPUSH: ['BLMOVE', '6.2'],
  ZREVRANGE: ['ZRANGE', '6.2'],
  ZRANGEBYSCORE: ['ZRANGE', '6.2'],
  ZREVRANGEBYSCORE: ['ZRANGE', '6.2'],
  ZRANGEBYLEX: ['ZRANGE', '6.2'],
  ZREVRANGEBYLEX: ['ZRANGE', '6.2'],
  GEORADIUS: ['GEOSEARCH', '6.2'],
  GEORADIUS_RO: ['GEOSEARCH', '6.2'],
  GEORADIUSBYMEMBER: ['GEOSEARCH', '6.2'],
  GEORADIUSBYMEMBER_RO: ['GEOSEARCH', '6.2'],
  SUBSTR: ['GETRANGE', '2.4'],
  SLAVEOF: ['REPLICAOF', '5.0'],
};

const camelCase: Readonly<Record<string, string>> = { SET: 'set', LMOVE: 'lMove', BLMOVE: 'blMove', ZRANGE: 'zRange', GEOSEARCH: 'geoSearch' };

/** Words behind the third argument. */
const rangeWords: Readonly<Record<string, readonly string[]>> = {
  ZREVRANGE: ['REV'],
  ZRANGEBYSCORE: ['BYSCORE'],
  ZREVRANGEBYSCORE: ['BYSCORE', 'REV'],
  ZRANGEBYLEX: ['BYLEX'],
  ZREVRANGEBYLEX: ['BYLEX', 'REV'],
};

/** The server version from which on a deprecated command has its replacement; undefined where none is known. */
export const replacedSince = (command: string): string | undefined => commands[command]?.[1];

/**
 * Undefined where the client has no such method, or an argument cannot be told apart.
 * @param text of an argument, as written @param isText whether its type is a string's
 */
export function modernCommand(call: RedisCall, style: Style, text: (node: ts.Node) => string, isText: (node: ts.Expression) => boolean): ModernCommand | undefined {
  const [command, since] = commands[call.command] ?? [];
  if (command === undefined || since === undefined || call.args.list.some(ts.isSpreadElement)) return undefined;
  const byOptions = call.dialect === 'node-redis' && call.major >= 4 && call.spelling !== 'raw';
  const changes = byOptions ? changesByOptions(call, style, text) : changesByWords(call, style, text, isText);
  const name = byOptions ? optionsName(call, command) : wordsName(call, command);
  return changes && name !== undefined ? { command, since, name, changes } : undefined;
}

/** node-redis 3 has the methods that its `redis-commands` names, which in the oldest that it takes are none of these. */
const notInNodeRedis3 = new Set(['LMOVE', 'BLMOVE', 'GEOSEARCH', 'REPLICAOF']);

function wordsName(call: RedisCall, command: string): string | undefined {
  if (call.spelling === 'raw') return command;
  if (call.dialect === 'node-redis' && notInNodeRedis3.has(command)) return undefined;
  return call.dialect === 'ioredis' && /Buffer$/.test(call.nameNode.getText()) ? `${command.toLowerCase()}Buffer` : call.spelling === 'upper' && call.dialect === 'node-redis' ? command : command.toLowerCase();
}

/** `zRangeByScoreWithScores` → `zRangeWithScores`; in upper case where the call is. */
function optionsName(call: RedisCall, command: string): string | undefined {
  const written = call.nameNode.getText();
  const upper = call.spelling === 'upper';
  const name = upper ? command : camelCase[command];
  const suffix = /_?(?:With|WITH)(?:_?(?:Scores|SCORES))?$/.exec(written)?.[0] ?? '';
  return name === undefined ? undefined : name + suffix;
}

function changesByWords(call: RedisCall, style: Style, text: (node: ts.Node) => string, isText: (node: ts.Expression) => boolean): ArgumentChange[] | undefined {
  const { list } = call.args;
  const [first, second, third, fourth, fifth] = list;
  const words = (...some: string[]): string => some.map((word) => `, ${quote(word, style)}`).join('');
  const behind = (node: ts.Expression, ...some: string[]): ArgumentChange => ({ from: node, to: node, text: words(...some), after: true });
  if (!first || !second) return undefined;
  switch (call.command) {
    case 'SETEX':
    case 'PSETEX':
      return third && list.length === 3 ? [inPlace(second, text(third)), inPlace(third, `${quote(call.command === 'SETEX' ? 'EX' : 'PX', style)}, ${text(second)}`)] : undefined;
    case 'SETNX':
      return list.length === 2 ? [behind(second, 'NX')] : undefined;
    case 'GETSET':
      return list.length === 2 ? [behind(second, 'GET')] : undefined;
    case 'HMSET':
      // node-redis 3 takes an object with HMSET alone.
      return call.dialect === 'ioredis' || (list.length >= 3 && list.length % 2 === 1) ? [] : undefined;
    case 'RPOPLPUSH':
      return list.length === 2 ? [behind(second, 'RIGHT', 'LEFT')] : undefined;
    case 'BRPOPLPUSH':
      return list.length === 3 ? [behind(second, 'RIGHT', 'LEFT')] : undefined;
    case 'SUBSTR':
    case 'SLAVEOF':
      return [];
    case 'GEORADIUS':
    case 'GEORADIUS_RO':
      return third && fourth && fifth && !isStored(call) ? [behind(first, 'FROMLONLAT'), behind(third, 'BYRADIUS')] : undefined;
    case 'GEORADIUSBYMEMBER':
    case 'GEORADIUSBYMEMBER_RO':
      return third && fourth && !isStored(call) ? [behind(first, 'FROMMEMBER'), behind(second, 'BYRADIUS')] : undefined;
    default:
      return third ? rangeChanges(call, third, behind, text, needsText(call, style) && !isText(third) ? asText(third, style) : undefined) : undefined;
  }
}

/** ioredis 6 types the end of a ZRANGE as a text alone. */
const needsText = (call: RedisCall, style: Style): boolean => style.typescript && call.library === 'ioredis' && call.major >= 6 && call.spelling !== 'raw';

function asText(node: ts.Expression, style: Style): string {
  const written = node.getText();
  return /^-?\d+(?:\.\d+)?$/.test(written) ? quote(written, style) : `String(${written})`;
}

/** ZRANGE is typed with LIMIT before WITHSCORES, which the older commands have the other way round. */
function rangeChanges({ command, args: { list } }: RedisCall, third: ts.Expression, behind: (node: ts.Expression, ...words: string[]) => ArgumentChange, text: (node: ts.Node) => string, end: string | undefined): ArgumentChange[] | undefined {
  const words = rangeWords[command];
  const rest = list.slice(3);
  if (!words || !rest.every((node, index) => isNumberOf(rest, index) || wordOf(node) === 'LIMIT' || wordOf(node) === 'WITHSCORES')) return undefined;
  const [scores, limit, offset, count] = rest;
  const reordered = scores && limit && offset && count && wordOf(scores) === 'WITHSCORES' && wordOf(limit) === 'LIMIT' ? [inPlace(scores, text(limit)), inPlace(limit, text(offset)), inPlace(offset, text(count)), inPlace(count, text(scores))] : [];
  return [...(end === undefined ? [] : [inPlace(third, end)]), behind(third, ...words), ...reordered];
}

/** An argument that follows LIMIT: its offset or count. */
function isNumberOf(rest: readonly ts.Expression[], index: number): boolean {
  const [before, twoBefore] = [rest[index - 1], rest[index - 2]];
  return (before !== undefined && wordOf(before) === 'LIMIT') || (twoBefore !== undefined && wordOf(twoBefore) === 'LIMIT');
}

const wordOf = (node: ts.Expression): string | undefined => (ts.isStringLiteralLike(node) ? node.text.toUpperCase() : undefined);

/** GEORADIUS … STORE is GEOSEARCHSTORE, another command; so may be what is not known. */
function isStored({ args: { list, flags } }: RedisCall): boolean {
  return flags.has('STORE') || flags.has('STOREDIST') || list.slice(5).some((node) => !ts.isStringLiteralLike(node) && !ts.isNumericLiteral(node));
}

const inPlace = (node: ts.Expression, text: string): ArgumentChange => ({ from: node, to: node, text });

function changesByOptions(call: RedisCall, style: Style, text: (node: ts.Node) => string): ArgumentChange[] | undefined {
  const { list, options } = call.args;
  const [, second, third, fourth] = list;
  const braced = (content: string): string => (style.bracketSpacing ? `{ ${content} }` : `{${content}}`);
  const behind = (node: ts.Expression, added: string): ArgumentChange => ({ from: node, to: node, text: `, ${added}`, after: true });
  if (!second) return undefined;
  switch (call.command) {
    case 'SETEX':
    case 'PSETEX':
      return third && list.length === 3 ? [inPlace(second, text(third)), inPlace(third, ttlArguments(call, call.command === 'SETEX' ? 'EX' : 'PX', text(second), style).slice(2))] : undefined;
    case 'SETNX':
      return list.length === 2 ? [behind(second, braced('NX: true'))] : undefined;
    case 'GETSET':
      return list.length === 2 ? [behind(second, braced('GET: true'))] : undefined;
    case 'RPOPLPUSH':
      return list.length === 2 ? [behind(second, `${quote('RIGHT', style)}, ${quote('LEFT', style)}`)] : undefined;
    case 'BRPOPLPUSH':
      return list.length === 3 ? [behind(second, `${quote('RIGHT', style)}, ${quote('LEFT', style)}`)] : undefined;
    case 'ZRANGEBYSCORE':
    case 'ZRANGEBYLEX': {
      const by = `BY: ${quote(call.command === 'ZRANGEBYLEX' ? 'LEX' : 'SCORE', style)}`;
      if (!third || list.length !== 3) return undefined;
      if (!options) return [behind(third, braced(by))];
      const first = ts.isObjectLiteralExpression(options) ? options.properties[0] : undefined;
      return first ? [{ before: first, text: `${by}, ` }] : [inPlace(options, braced(`${by}, ...${text(options)}`))];
    }
    case 'GEORADIUS':
    case 'GEORADIUSBYMEMBER':
      return third && fourth ? [{ from: third, to: fourth, text: braced(`radius: ${text(third)}, ${text(fourth) === 'unit' ? 'unit' : `unit: ${text(fourth)}`}`) }] : undefined;
    default:
      return undefined;
  }
}
