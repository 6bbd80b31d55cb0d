/** Plain data of the keyspace. Keys and values are bytes; times carry their unit in the name. */

/** `string`, `list`, `set`, `zset`, `hash`, `stream`, or a module's own (`ReJSON-RL`, `vectorset`). */
export type KeyType = string;

/** What a person may filter by; the server knows module types by their own names, too. */
export const CORE_TYPES = ['string', 'hash', 'list', 'set', 'zset', 'stream'] as const;

export type FactName = 'type' | 'ttl' | 'encoding' | 'length' | 'memory' | 'access';

/** One key, inspected. A field is undefined where the server does not tell, or does not let us ask (see `denied`). */
export interface KeyFacts {
  key: Buffer;
  /** False: gone since it was listed; then nothing else is known. */
  exists: boolean;
  type: KeyType | undefined;
  /** null: no TTL. */
  ttlMs: number | null | undefined;
  encoding: string | undefined;
  /** Elements; bytes of a string. */
  length: number | undefined;
  /** As MEMORY USAGE says: name and overhead included; estimated from 5 elements for collections. */
  memoryBytes: number | undefined;
  /** Since the last access; under an LRU policy or none. */
  idleSeconds: number | undefined;
  /** Logarithmic counter 0–255; under an LFU policy. */
  accessFrequency: number | undefined;
  /** Fields that an error cost: the server's error code (`NOPERM`, `ERR`) by field. */
  denied: Partial<Record<FactName, string>> | undefined;
}

export interface DatabaseSummary {
  db: number;
  /** Over all masters of a cluster; undefined where both INFO and DBSIZE are denied. */
  keys: number | undefined;
  /** Keys with a TTL; undefined where INFO is denied. */
  expires: number | undefined;
}

/** Where a scan stands: opaque, kept between pages. */
export interface ScanCursor {
  /** Nodes that are not done. The server's cursors exceed 2^53, so they are strings. */
  readonly nodes: readonly { readonly node: string; readonly cursor: string }[];
  /** COUNT to go on with. */
  readonly count: number;
  /** Keys looked at so far, matching or not. */
  readonly examined: number;
}

export interface ScanRequest {
  /** Default: the connection's. */
  db?: number;
  /** Glob as for SCAN MATCH. */
  match?: string | Buffer;
  type?: KeyType;
  /** From the last page; undefined starts anew. */
  cursor?: ScanCursor;
  /** Keys wanted; a page may hold some more, or fewer. Default 1,000. */
  pageSize?: number;
  /** A filter may match rarely: the page ends after this time with what it has. Default 400. */
  maxMs?: number;
  signal?: AbortSignal;
}

export interface KeyPage {
  /** Each at most once in this page; SCAN may repeat one in a later page. */
  keys: Buffer[];
  /** Undefined: the scan is complete. */
  cursor: ScanCursor | undefined;
  /** Keys looked at since the scan began, and how many there are: for “searched 40 %”. Both approximate. */
  examined: number;
  /** Undefined where DBSIZE is denied. */
  total: number | undefined;
}
