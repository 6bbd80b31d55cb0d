/** From what the scripts (server/own-scripts.ts) and the pipeline write of a key to KeyFacts. */
import type { Capabilities } from './capabilities.ts';
import type { FactName, KeyFacts } from './types.ts';

/** As written: a value, `-` for none, `!CODE` for an error; absent where it was not asked. */
export type RawFacts = Partial<Record<FactName, string>>;

/** In the order of the scripts. A key that is gone has its type alone, `none`. */
export const FIELDS_PER_KEY = ['type', 'ttl', 'encoding', 'access', 'length', 'memory'] as const;

/** @param text the fields of `keys` keys, separated by spaces, which no value holds */
export function parseFields(text: string, keys: number): RawFacts[] {
  const words = new Words(text);
  return Array.from({ length: keys }, () => words.fields());
}

/** The reply of `inspectPage`. @param names of all keys, one behind the other @param text before the fields of each key, the length of its name in bytes */
export function parsePage(names: Buffer, text: string): { keys: Buffer[]; raw: RawFacts[] } {
  const keys: Buffer[] = [];
  const raw: RawFacts[] = [];
  const words = new Words(text);
  for (let start = 0; !words.isDone; ) {
    const end = start + Number(words.next());
    keys.push(names.subarray(start, end));
    raw.push(words.fields());
    start = end;
  }
  return { keys, raw };
}

class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#words = text === '' ? [] : text.split(' ');
  }

  get isDone(): boolean {
    return this.#at >= this.#words.length;
  }

  next(): string | undefined {
    return this.#words[this.#at++];
  }

  /** Of one key. */
  fields(): RawFacts {
    const type = this.next();
    if (type === 'none') return { type };
    return { type, ttl: this.next(), encoding: this.next(), access: this.next(), length: this.next(), memory: this.next() };
  }
}

export function toFacts(key: Buffer, raw: RawFacts, capabilities: Pick<Capabilities, 'denied' | 'access'>): KeyFacts {
  let denied: KeyFacts['denied'];
  const value = (field: FactName): string | undefined => {
    const text = raw[field] ?? undefined;
    const code = text?.startsWith('!') ? text.slice(1) : capabilities.denied.get(field);
    if (code === undefined) return text === '-' ? undefined : text;
    (denied ??= {})[field] = code;
    return undefined;
  };
  const number = (field: FactName): number | undefined => {
    const text = value(field);
    return text === undefined ? undefined : Number(text);
  };
  if (raw.type === 'none') {
    return { key, exists: false, type: undefined, ttlMs: undefined, encoding: undefined, length: undefined, memoryBytes: undefined, idleSeconds: undefined, accessFrequency: undefined, denied }; // prettier-ignore
  }
  const type = value('type');
  const ttl = number('ttl');
  const access = number('access');
  return {
    key,
    exists: true,
    type,
    // -1: no TTL; -2: gone between the two commands.
    ttlMs: ttl === -1 ? null : ttl === -2 ? undefined : ttl,
    encoding: value('encoding'),
    length: number('length'),
    memoryBytes: number('memory'),
    idleSeconds: capabilities.access === 'IDLETIME' ? access : undefined,
    accessFrequency: capabilities.access === 'FREQ' ? access : undefined,
    denied,
  };
}
