/** Deleting keys: UNLINK, which frees large values in the background, through the gate. */
import type { ServerConnection } from '../server/server-connection.ts';

/** Keys per round trip. */
const BATCH = 500;

/**
 * How many were there and are gone. Rejects with ServerError at the first refusal (`not-allowed` on a read-only connection,
 * `no-permission`, a replica); batches before it are gone then.
 */
export async function deleteKeys(connection: ServerConnection, keys: readonly Buffer[], { db, signal }: { db?: number; signal?: AbortSignal } = {}): Promise<number> {
  let removed = 0;
  for (let at = 0; at < keys.length; at += BATCH) {
    signal?.throwIfAborted();
    // One command per key: several keys in one would have to share a cluster slot.
    const replies = await connection.pipeline(
      keys.slice(at, at + BATCH).map((key) => ['UNLINK', key] as const),
      { db },
    );
    for (const { value, error } of replies) {
      if (error !== undefined) throw error;
      removed += Number(value);
    }
  }
  return removed;
}
