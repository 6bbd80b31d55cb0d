/**
 * Named projections for fixes that keep the keyspace only in another shape (`keeps.keyspace: "projected"`).
 * One maps an entry of the keyspace after the *unfixed* code to what it has to be after the fixed code.
 */
import type { KeyspaceEntry } from './keyspace.ts';

export const projections = {
  /** A string that holds a flat JSON object → a hash of its fields as text; `null` and absent fields are left out. Other entries stay. */
  'json-string-to-hash': (entry: KeyspaceEntry): KeyspaceEntry => {
    if (entry.type !== 'string' || typeof entry.value !== 'string') return entry;
    const object = parseObject(entry.value);
    if (!object) return entry;
    const fields = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
    return { ...entry, type: 'hash', value: Object.fromEntries(fields.map(([name, value]) => [name, String(value)] as const).sort(([a], [b]) => (a < b ? -1 : 1))) };
  },
  /** A string that had no TTL → one that has five minutes; see the default of such keys, or the TTL that was there before. */
  'five-minutes': (entry: KeyspaceEntry): KeyspaceEntry => (entry.type === 'string' && entry.ttl < 0 ? { ...entry, ttl: 300_000 } : entry),
} satisfies Record<string, (entry: KeyspaceEntry) => KeyspaceEntry>;

export type ProjectionName = keyof typeof projections;

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
