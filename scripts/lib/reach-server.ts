/** Whether the window will be able to show the keys of a server: asked before anything is built or opened. */
import { Keyspace } from '../../src/keyspace/index.ts';
import { connect } from '../../src/server/index.ts';
import type { ConnectionSpec } from '../../src/server/index.ts';

const CONNECT_LIMIT_MS = 5_000;

/** By what the extension itself does: its connection, read-only, and a page of names by SCAN. Rejects with ServerError, in the extension's words. */
export async function reachServer(server: ConnectionSpec): Promise<void> {
  const connection = await connect(server, { readOnly: true, timing: { connectTimeoutMs: CONNECT_LIMIT_MS } });
  try {
    await new Keyspace(connection).openPage({ pageSize: 1 });
  } finally {
    connection.close();
  }
}
