/** Which arguments of a command are keys, by the key specifications of the command table. */
import { commandInfo } from './commands.ts';

/** `RO` read, `RW` read and changed, `OW` overwritten, `RM` removed. */
export type KeyAccess = 'RO' | 'RW' | 'OW' | 'RM';

/** As in the server's sources; positions count the command's own words (GET's key is at 1, that of OBJECT ENCODING at 2). */
export interface KeySpec {
  /** Empty for shard channels, which are routed as keys but are none. */
  access: readonly KeyAccess[];
  beginSearch: { index: { pos: number } } | { keyword: { keyword: string; startfrom: number } } | { unknown: null };
  findKeys:
    | { range: { lastkey: number; limit: number; step: number } }
    | { keynum: { keynumidx: number; firstkey: number; step: number } }
    | { unknown: null };
}

export interface KeyPosition {
  /** Of the argument, the command's own words not counted. */
  index: number;
  access: KeyAccess;
}

export interface KeyPositions {
  /** In the order of the specifications. */
  keys: KeyPosition[];
  /** False where further keys may be there that cannot be told: an unknown `numkeys`, a pattern of SORT … BY. */
  complete: boolean;
}

/**
 * @param name as in the table: `GET`, `OBJECT ENCODING`; of an unknown command no key is known
 * @param argCount arguments after the command's own words
 * @param textAt an argument's text where it is known; needed for `numkeys` and keyword forms (`STREAMS`, `STORE`)
 */
export function keyPositions(name: string, argCount: number, textAt: (index: number) => string | undefined = () => undefined): KeyPositions {
  const info = commandInfo(name);
  if (info === undefined) return { keys: [], complete: false };
  if (info.name === 'SORT') return sortPositions(argCount, textAt);
  const words = info.name.split(' ').length;
  const found: KeyPositions = { keys: [], complete: true };
  for (const spec of info.keys ?? []) {
    const access = spec.access[0];
    if (access !== undefined) collect(spec, access, { words, count: words + argCount, textAt }, found);
  }
  return found;
}

interface Words {
  /** How many words are the command's own. */
  words: number;
  count: number;
  textAt: (index: number) => string | undefined;
}

function collect(spec: KeySpec, access: KeyAccess, line: Words, found: KeyPositions): void {
  const begin = firstPosition(spec, line);
  if (begin === 'unknown') found.complete = false;
  if (typeof begin !== 'number' || begin >= line.count) return;
  let first = begin;
  let last: number;
  let step: number;
  if ('range' in spec.findKeys) {
    const { lastkey, limit } = spec.findKeys.range;
    step = spec.findKeys.range.step;
    if (lastkey >= 0) last = first + lastkey;
    else last = limit > 1 ? first + Math.floor((line.count - first) / limit) + lastkey : line.count + lastkey;
  } else if ('keynum' in spec.findKeys) {
    step = spec.findKeys.keynum.step;
    const text = line.textAt(first + spec.findKeys.keynum.keynumidx - line.words);
    if (text === undefined || !/^\d+$/.test(text)) {
      found.complete = false;
      return;
    }
    first += spec.findKeys.keynum.firstkey;
    last = first + (Number(text) - 1) * step;
  } else {
    found.complete = false;
    return;
  }
  for (let at = first; at <= last && at < line.count; at += step) found.keys.push({ index: at - line.words, access });
}

/** Position of the first key; `none` where the keyword is not among the words, `unknown` where it may be. */
function firstPosition(spec: KeySpec, line: Words): number | 'none' | 'unknown' {
  if ('index' in spec.beginSearch) return spec.beginSearch.index.pos;
  if (!('keyword' in spec.beginSearch)) return 'unknown';
  const { keyword, startfrom } = spec.beginSearch.keyword;
  const direction = startfrom < 0 ? -1 : 1;
  let sawUnknown = false;
  // As getKeysUsingKeySpecs does: the last word cannot be the keyword, since a key follows it.
  for (let at = startfrom < 0 ? line.count + startfrom : startfrom; at >= 1 && at < line.count - 1; at += direction) {
    const text = line.textAt(at - line.words);
    if (text === undefined) sawUnknown = true;
    else if (text.toUpperCase() === keyword) return sawUnknown ? 'unknown' : at + 1;
  }
  return sawUnknown ? 'unknown' : 'none';
}

/** SORT key [BY p] [LIMIT o c] [GET p …] [ASC|DESC] [ALPHA] [STORE destination]: the table calls the destination unknown. */
function sortPositions(argCount: number, textAt: (index: number) => string | undefined): KeyPositions {
  const found: KeyPositions = { keys: argCount > 0 ? [{ index: 0, access: 'RO' }] : [], complete: true };
  for (let at = 1; at < argCount; at++) {
    const option = textAt(at)?.toUpperCase();
    if (option === 'STORE' && at + 1 < argCount) found.keys.push({ index: at + 1, access: 'OW' });
    if (option === undefined || option === 'BY' || option === 'GET') found.complete = false;
    if (option === 'LIMIT') at += 2;
    else if (option === 'BY' || option === 'GET' || option === 'STORE') at += 1;
  }
  return found;
}

/** Whether a command takes any number of keys in a row from its first argument on: DEL, MGET; not MSET, between whose keys there are values. */
export function takesManyKeys(name: string): boolean {
  const { keys } = keyPositions(name, 6);
  return keys.length > 2 && keys[0]?.index === 0 && keys[1]?.index === 1;
}
