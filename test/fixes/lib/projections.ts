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
  /** Entries stay; their keys are called otherwise, see `renames`. */
  'order-with-colon': (entry: KeyspaceEntry): KeyspaceEntry => entry,
  /** A key that somebody else holds (its value is `other`, seeded without a time to live) → not given one by a claim that is refused. */
  'held-keys-not-prolonged': (entry: KeyspaceEntry): KeyspaceEntry => (entry.value === 'other' ? { ...entry, ttl: -1 } : entry),
  /** A counter that is counted on (to 8, seeded at 7 without a time to live) → its window is left as it was. */
  'windows-not-moved': (entry: KeyspaceEntry): KeyspaceEntry => (entry.value === '8' ? { ...entry, ttl: -1 } : entry),
} satisfies Record<string, (entry: KeyspaceEntry) => KeyspaceEntry>;

export type ProjectionName = keyof typeof projections;

/** What keys are called after the fixed code, for fixes that rename them. */
export const renames: Partial<Record<ProjectionName, (key: string) => string>> = {
  'order-with-colon': (key) => key.replace(/^order_/, 'order:').replace(/^page views/, 'page-views'),
};

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
