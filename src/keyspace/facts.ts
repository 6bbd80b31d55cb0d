/** From what the scripts (server/own-scripts.ts) and the pipeline write of a key to KeyFacts. */
import type { Capabilities } from './capabilities.ts';
import type { FactName, KeyFacts } from './types.ts';

/** As written: a value, `-` for none, `!CODE` for an error; absent where it was not asked. */
export type RawFacts = Partial<Record<FactName, string>>;

/** In the order of the scripts. A key that is gone has its type alone, `none`. */
export const FIELDS_PER_KEY = ['type', 'ttl', 'encoding', 'access', 'length', 'memory'] as const;

/** @param text the fields of `keys` keys, separated by spaces, which no value holds */
export function parseFields(text: string, keys: number): RawFacts[] {
  const words = text.split(' ');
  const raw = new Array<RawFacts>(keys);
  let at = 0;
  for (let key = 0; key < keys; key++) {
    const fields: RawFacts = { type: words[at++] };
    if (fields.type !== 'none') {
      fields.ttl = words[at++];
      fields.encoding = words[at++];
      fields.access = words[at++];
      fields.length = words[at++];
      fields.memory = words[at++];
    }
    raw[key] = fields;
  }
  return raw;
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
