/** Names for replies and lists of them. */
import type ts from 'typescript';
import { replyName, type Candidate } from './candidates.ts';

/** What a reply is, by its command; others are a `reply`. */
const nouns: Readonly<Record<string, string>> = {
  GET: 'value', HGET: 'value', LINDEX: 'value', GETDEL: 'value', GETEX: 'value', GETRANGE: 'value', 'JSON.GET': 'value',
  HGETALL: 'fields', HKEYS: 'fields', HMGET: 'values', HVALS: 'values', MGET: 'values', LRANGE: 'items', SMEMBERS: 'members', ZRANGE: 'members',
  EXISTS: 'exists', SISMEMBER: 'isMember', TTL: 'ttl', PTTL: 'ttl', TYPE: 'type', ZSCORE: 'score', ZRANK: 'rank', ZREVRANK: 'rank',
  SCARD: 'count', HLEN: 'count', ZCARD: 'count', ZCOUNT: 'count', PFCOUNT: 'count', LLEN: 'length', XLEN: 'length', STRLEN: 'length',
};

/** What a reply is called by its command. */
export const replyNounOf = (command: string): string => nouns[command] ?? 'reply';

/** The name that code gives a reply: `raw` of `const raw = await …`; else by the command; a helper's is a `value`. */
export function replyNoun(candidate: Candidate, checker: ts.TypeChecker): string {
  const declared = replyName(candidate, checker);
  return declared?.name.text ?? (candidate.helper ? 'value' : replyNounOf(candidate.call.command));
}

/** `raws` for `raw`; undefined for a word that looks like many already. */
export function plural(word: string): string | undefined {
  if (/(?:data|info|[^s]s|[ael]f|man|child|person)$/i.test(word)) return undefined;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:ss|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** What a command takes a list of. */
export function argumentNoun(command: string): string {
  if (/^[LR]PUSH$/.test(command)) return 'elements';
  if (command === 'HDEL') return 'fields';
  return /^[SZ]/.test(command) ? 'members' : 'keys';
}
