/** Every key of a database, inspected: SCAN and inspection in one script call per page. */
import type { ServerConnection } from '../server/server-connection.ts';
import { BatchSize } from './batch-size.ts';
import { isUnavailable } from './capabilities.ts';
import type { Capabilities } from './capabilities.ts';
import { parsePage, toFacts } from './facts.ts';
import { inspectKeys, learnDenied, scriptSwitches } from './inspect.ts';
import type { InspectRequest } from './inspect.ts';
import { scanPage } from './scan.ts';
import type { KeyFacts, ScanCursor, ScanRequest } from './types.ts';

/** A page comes as large as 5 ms allow; beyond this the client would hold too much of it at once. */
const MAX_COUNT = 1_000;

export interface InspectedPage {
  facts: KeyFacts[];
  /** Of this call: the server's own time, or the round trip's where scripts are refused. */
  ms: number;
}

/**
 * Node by node; the next page is under way while this one is used, never more than one. SCAN may repeat a key in a later page.
 * Rejects with ServerError, or with the signal's reason.
 */
export async function* inspectAll(
  connection: ServerConnection,
  capabilities: Capabilities,
  options: InspectRequest & Pick<ScanRequest, 'match' | 'type'> = {},
): AsyncGenerator<InspectedPage> {
  const request = { access: false, ...options };
  if (request.type !== undefined && !capabilities.scanType) return yield* inspectScanned(connection, capabilities, request);
  for (const { id } of connection.nodes) {
    const size = new BatchSize(200, MAX_COUNT, 50);
    let ahead: Promise<PageReply> | undefined = askPage(connection, capabilities, id, '0', size.value, request);
    while (ahead !== undefined) {
      request.signal?.throwIfAborted();
      let reply: PageReply;
      try {
        reply = await ahead;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        // Refused at the first page, so nothing was yielded yet; or rights were taken away meanwhile, then keys come again.
        capabilities.scripts = false;
        return yield* inspectScanned(connection, capabilities, request);
      }
      const [cursorBytes, names, fields, micros, count] = reply;
      const cursor = String(cursorBytes);
      size.learn(count, micros / 1_000);
      ahead = cursor === '0' ? undefined : askPage(connection, capabilities, id, cursor, size.value, request);
      ahead?.catch(() => undefined); // awaited in the next turn, or nobody wants it any more
      const { keys, raw } = parsePage(names, fields.toString('latin1'));
      learnDenied(capabilities, raw);
      yield { facts: keys.map((key, index) => toFacts(key, raw[index] ?? {}, capabilities)), ms: micros / 1_000 };
    }
  }
}

type PageReply = [cursor: unknown, names: Buffer, fields: Buffer, micros: number, keys: number];

function askPage(
  connection: ServerConnection,
  capabilities: Capabilities,
  node: string,
  cursor: string,
  count: number,
  request: InspectRequest & Pick<ScanRequest, 'match' | 'type'>,
): Promise<PageReply> {
  const args = [...scriptSwitches(capabilities, request), cursor, String(count), request.match ?? '', request.type ?? ''];
  return connection.script('inspectPage', args, { db: request.db, node }) as Promise<PageReply>;
}

/** The slower way: SCAN, then pipelines. */
async function* inspectScanned(
  connection: ServerConnection,
  capabilities: Capabilities,
  request: InspectRequest & Pick<ScanRequest, 'match' | 'type'>,
): AsyncGenerator<InspectedPage> {
  let cursor: ScanCursor | undefined;
  do {
    const page = await scanPage(connection, capabilities, { ...request, cursor, pageSize: 500 });
    const started = performance.now();
    const facts = await inspectKeys(connection, capabilities, page.keys, request);
    yield { facts, ms: performance.now() - started };
    cursor = page.cursor;
  } while (cursor !== undefined);
}
