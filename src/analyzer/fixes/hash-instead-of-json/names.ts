/** What the objects of a key pattern are called, and the functions that read and write them. */
import type ts from 'typescript';
import type { KeyPattern } from '../../../redis/key-pattern.ts';
import { identifiersOf } from '../text/names.ts';
import type { HelperNames } from './context.ts';

/** Variables of the functions themselves. */
const taken = new Set(['client', 'key', 'fields', 'name', 'value', 'hash', 'json', 'script', 'error', 'multi', 'attempt', 'text', 'changes', 'seconds', 'milliseconds', 'expireAt']);
const reserved = new Set(['package', 'default', 'class', 'function', 'import', 'export', 'new', 'delete', 'case', 'public', 'private', 'static', 'interface', 'enum', 'return', 'switch', 'this', 'var', 'let', 'const', 'in', 'of', 'await', 'async', 'yield']);

/** `session` of the type `Session`, else of the key `session:*`; `cartSummary` of `cart:*:summary`. */
export function nounOf(typeName: string | undefined, key: KeyPattern): string {
  const named = typeName !== undefined && /^[A-Za-z][\w$]*$/.test(typeName) ? typeName : undefined;
  const words = named ? [named] : key.parts.flatMap((part) => ('literal' in part ? (part.literal.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []) : []));
  const noun = lowerFirst(words.map((word, index) => (index === 0 ? singular(word) : upperFirst(word))).join('')) || 'record';
  return taken.has(noun) || reserved.has(noun) ? `${noun}Record` : noun;
}

/** Names that no file of the fix uses otherwise. */
export function helperNames(noun: string, kind: 'hash' | 'document', files: readonly ts.SourceFile[]): HelperNames {
  const used = new Set(files.flatMap((file) => [...identifiersOf(file)]));
  const Noun = upperFirst(noun);
  const free = (...wanted: string[]): string => {
    const found = wanted.find((name) => !used.has(name)) ?? numbered(wanted[0] ?? noun);
    used.add(found);
    return found;
  };
  const numbered = (base: string): string => {
    for (let number = 2; ; number++) if (!used.has(base + number)) return base + number;
  };
  return {
    toHash: free(`${noun}ToHash`, `${noun}HashFields`),
    write: free(`write${Noun}`, `write${Noun}Hash`),
    update: free(`update${Noun}`, `update${Noun}Hash`),
    read: free(`read${Noun}`, `read${Noun}Hash`),
    clientInterface: free(`${upperFirst(kind)}Client`, `${Noun}Client`),
  };
}

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
/** `Session` → `session`, `URLRecord` → `urlRecord` */
const lowerFirst = (word: string): string => word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (head) => head.toLowerCase());
const singular = (word: string): string => (/[^aeiou]ies$/.test(word) ? word.replace(/ies$/, 'y') : /[^siu]s$/.test(word) ? word.slice(0, -1) : word);
