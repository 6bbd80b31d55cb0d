/** The keyspace of one connection: what the tree, the value editor and the command line ask for. Holds no names; see Namespaces. */
import { parseDisplayKey } from '../redis/key-bytes.ts';
import { readEncodingThresholds, readInfo } from '../server/info.ts';
import type { EncodingThresholds, InfoSnapshot } from '../server/info.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { Capabilities } from './capabilities.ts';
import { countNamespace, deleteKeys, deleteNamespace } from './delete.ts';
import type { DeletedNamespace, DeleteNamespaceRequest } from './delete.ts';
import { encodingReason } from './encoding-reason.ts';
import { inspectAll } from './inspect-all.ts';
import type { InspectedPage } from './inspect-all.ts';
import { inspectKeys } from './inspect.ts';
import type { InspectRequest } from './inspect.ts';
import { measure } from './measure.ts';
import type { Measured, MeasureRequest } from './measure.ts';
import { countKeys, scanPage } from './scan.ts';
import type { DatabaseSummary, KeyFacts, KeyPage, ScanRequest } from './types.ts';
import { readValue } from './value.ts';
import type { KeyValue, ValueLimits } from './value.ts';

/** Every method rejects with ServerError, whose `kind` and message say what happened and what to do. */
export class Keyspace {
  #prepared: Promise<Prepared> | undefined;

  constructor(readonly connection: ServerConnection) {
    // Another version, configuration or user may answer after a reconnect.
    connection.onState(({ status }) => {
      if (status === 'lost') this.#prepared = undefined;
    });
  }

  /** Databases that hold keys, and the connection's own; where INFO is denied only that. */
  async databases(): Promise<DatabaseSummary[]> {
    const infos = await Promise.all(this.connection.nodes.map(({ id }) => readInfo(this.connection, id)));
    const found = new Map<number, DatabaseSummary>();
    for (const { db, keys, expires } of infos.flatMap(({ databases }) => databases ?? [])) {
      const sum = found.get(db) ?? { db, keys: 0, expires: 0 };
      found.set(db, { db, keys: (sum.keys ?? 0) + keys, expires: (sum.expires ?? 0) + expires });
    }
    const own = this.connection.db;
    if (!found.has(own)) {
      const denied = infos.some(({ databases }) => databases === undefined);
      found.set(own, { db: own, keys: denied ? await countKeys(this.connection, own) : 0, expires: denied ? undefined : 0 });
    }
    return [...found.values()].sort((a, b) => a.db - b.db);
  }

  /** One page of names, by SCAN. */
  async openPage(request: ScanRequest = {}): Promise<KeyPage> {
    const { capabilities } = await this.#prepare();
    return scanPage(this.connection, capabilities, request);
  }

  /** Type, TTL, encoding, length, memory and last access of given keys, in their order. */
  async inspect(keys: readonly Buffer[], request: InspectRequest = {}): Promise<KeyFacts[]> {
    const { capabilities } = await this.#prepare();
    return inspectKeys(this.connection, capabilities, keys, request);
  }

  /** Every key, page by page, inspected. */
  async *inspectAll(request: InspectRequest & Pick<ScanRequest, 'match' | 'type'> = {}): AsyncGenerator<InspectedPage> {
    const { capabilities } = await this.#prepare();
    yield* inspectAll(this.connection, capabilities, request);
  }

  /** Keys, bytes, types, encodings and missing TTLs by namespace. */
  async measure(request: MeasureRequest = {}): Promise<Measured> {
    const { capabilities } = await this.#prepare();
    return measure(this.connection, capabilities, request);
  }

  /** A key by its exact name, without scanning. A text is tried as it is, then with its escapes (`\x00`) resolved. Undefined: there is none. */
  async find(name: Buffer | string, request: InspectRequest = {}): Promise<KeyFacts | undefined> {
    const typed = Buffer.from(name);
    const unescaped = typeof name === 'string' ? parseDisplayKey(name) : typed;
    for (const key of typed.equals(unescaped) ? [typed] : [typed, unescaped]) {
      if (Number(await this.connection.command('EXISTS', [key], { db: request.db })) === 0) continue;
      const [facts] = await this.inspect([key], request);
      if (facts?.exists) return facts;
    }
    return undefined;
  }

  /** The first part of a value. */
  readValue(key: Buffer, place: { db?: number } = {}, limits: ValueLimits = {}): Promise<KeyValue> {
    return readValue(this.connection, key, place, limits);
  }

  /** UNLINK; the number of keys that were there. Refused on a read-only connection. */
  deleteKeys(keys: readonly Buffer[], options: { db?: number; signal?: AbortSignal } = {}): Promise<number> {
    return deleteKeys(this.connection, keys, options);
  }

  /** How many keys begin with a prefix, and the first of them that came. */
  async countNamespace(prefix: Buffer, request: DeleteNamespaceRequest = {}): Promise<{ keys: number; examples: Buffer[] }> {
    const { capabilities } = await this.#prepare();
    return countNamespace(this.connection, capabilities, prefix, request);
  }

  /** UNLINK of every key that begins with a prefix. Refused on a read-only connection. */
  async deleteNamespace(prefix: Buffer, request: DeleteNamespaceRequest = {}): Promise<DeletedNamespace> {
    const { capabilities } = await this.#prepare();
    return deleteNamespace(this.connection, capabilities, prefix, request);
  }

  /** One sentence, by the server's own thresholds; undefined where there is nothing to say. */
  async encodingReason(facts: KeyFacts): Promise<string | undefined> {
    const { thresholds } = await this.#prepare();
    return encodingReason(facts, thresholds);
  }

  /** Of the first node, when the connection was made; for the tooltip of the connection. */
  async server(): Promise<InfoSnapshot> {
    return (await this.#prepare()).info;
  }

  #prepare(): Promise<Prepared> {
    const prepared = (this.#prepared ??= prepare(this.connection));
    prepared.catch(() => {
      if (this.#prepared === prepared) this.#prepared = undefined;
    });
    return prepared;
  }
}

interface Prepared {
  info: InfoSnapshot;
  thresholds: EncodingThresholds;
  capabilities: Capabilities;
}

async function prepare(connection: ServerConnection): Promise<Prepared> {
  const [info, thresholds] = await Promise.all([readInfo(connection), readEncodingThresholds(connection)]);
  const capabilities = new Capabilities();
  if (info.maxmemoryPolicy?.includes('lfu')) capabilities.access = 'FREQ';
  return { info, thresholds, capabilities };
}
