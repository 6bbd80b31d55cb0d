/** Deleting keys: UNLINK, which frees large values in the background, through the gate. */
import { globUnder } from '../redis/glob.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import type { Capabilities } from './capabilities.ts';
import { scanPage } from './scan.ts';
import type { KeyPage, ScanCursor } from './types.ts';

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

export interface DeleteNamespaceRequest {
  db?: number;
  /** Ends the work after the batch that is on its way. */
  signal?: AbortSignal;
  /** @param done keys deleted so far, or only counted */
  onProgress?: (done: number) => void;
}

export interface DeletedNamespace {
  /** Keys that were there and are gone. */
  removed: number;
  /** False: it was stopped before the end. */
  complete: boolean;
}

/** How many keys begin with a prefix, and the first names that came: what a person looks at before a deletion. Stopped by the signal it rejects with its reason. */
export async function countNamespace(connection: ServerConnection, capabilities: Capabilities, prefix: Buffer, { db, signal, onProgress }: DeleteNamespaceRequest = {}): Promise<{ keys: number; examples: Buffer[] }> {
  let keys = 0;
  const examples: Buffer[] = [];
  for await (const page of namesUnder(connection, capabilities, prefix, { db, signal })) {
    keys += page.length;
    examples.push(...page.slice(0, MAX_EXAMPLES - examples.length));
    onProgress?.(keys);
  }
  return { keys, examples };
}

/** Deletes every key that begins with a prefix, page by page as SCAN brings them: names are not kept. Rejects as `deleteKeys` does; what was deleted before stays so. */
export async function deleteNamespace(connection: ServerConnection, capabilities: Capabilities, prefix: Buffer, { db, signal, onProgress }: DeleteNamespaceRequest = {}): Promise<DeletedNamespace> {
  if (prefix.length === 0) throw new RangeError('a namespace has a name');
  let removed = 0;
  for await (const page of namesUnder(connection, capabilities, prefix, { db })) {
    for (let at = 0; at < page.length; at += BATCH) {
      if (signal?.aborted) return { removed, complete: false };
      removed += await deleteKeys(connection, page.slice(at, at + BATCH), { db });
      onProgress?.(removed);
    }
    if (signal?.aborted) return { removed, complete: false };
  }
  return { removed, complete: true };
}

const MAX_EXAMPLES = 5;

async function* namesUnder(connection: ServerConnection, capabilities: Capabilities, prefix: Buffer, request: { db?: number; signal?: AbortSignal }): AsyncGenerator<Buffer[]> {
  const match = globUnder(prefix);
  let cursor: ScanCursor | undefined;
  do {
    const page: KeyPage = await scanPage(connection, capabilities, { ...request, match, cursor });
    // Whatever a server makes of a pattern, nothing else is touched.
    yield page.keys.filter((key) => key.subarray(0, prefix.length).equals(prefix));
    ({ cursor } = page);
  } while (cursor !== undefined);
}
