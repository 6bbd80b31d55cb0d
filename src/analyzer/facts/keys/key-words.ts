/** The words of names and keys: `oauthState:magic-link` is made of oauth, state, magic, link. */
import type { KeyPattern } from '../../../redis/key-pattern.ts';

export function wordsOf(text: string): string[] {
  return text.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().match(/[a-z]+/g) ?? [];
}

/** Of what a key says in letters; not of what is put into it. */
export function keyWords({ parts }: KeyPattern): string[] {
  return parts.flatMap((part) => ('literal' in part ? wordsOf(part.literal) : []));
}

const locks = new Set(['lock', 'locks', 'locked', 'locking', 'mutex', 'semaphore', 'lease', 'leader']);

export const isLockWord = (word: string): boolean => locks.has(word);

/** Whether a key says that it is a lock. */
export const isLockKey = (key: KeyPattern): boolean => keyWords(key).some(isLockWord);
