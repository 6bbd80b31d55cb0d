/** Values of a case's calls as JSON that can be compared and printed: nothing is lost but identity and classes. */

export type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain };

export function plain(value: unknown): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) };
  if (value === undefined) return { $undefined: true };
  if (typeof value === 'bigint') return { $bigint: String(value) };
  if (typeof value === 'function' || typeof value === 'symbol') return { [`$${typeof value}`]: true };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Buffer.isBuffer(value)) return { $buffer: value.toString('base64') };
  if (value instanceof Error) return { $error: `${value.name}: ${value.message}` };
  if (value instanceof Map) return { $map: [...value].map(([key, one]) => [plain(key), plain(one)]) };
  if (value instanceof Set) return { $set: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

/** The same with every list in one order: equal for equal sets of values. */
export function asSets(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(asSets).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asSets(one)]));
  return value;
}
