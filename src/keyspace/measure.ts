/** A whole keyspace, or a part of it, summed by namespace: every key inspected, or a sample of them. */
import type { ServerConnection } from '../server/server-connection.ts';
import type { Capabilities } from './capabilities.ts';
import { inspectAll } from './inspect-all.ts';
import { inspectKeys } from './inspect.ts';
import { NamespaceTotals } from './namespace-totals.ts';
import type { NamespaceTotalsOptions } from './namespace-totals.ts';
import { countKeys, scanPage } from './scan.ts';
import type { ScanCursor, ScanRequest } from './types.ts';

export interface MeasureRequest extends Pick<ScanRequest, 'db' | 'match' | 'type' | 'signal'>, Pick<NamespaceTotalsOptions, 'depth' | 'delimiters'> {
  /** About so many keys are inspected, chosen by chance and a few of each namespace; every key is counted. Default: all are inspected. */
  sample?: number;
  /** Told after each page. @param scanned keys looked at so far @param total undefined where DBSIZE is denied */
  onProgress?: (scanned: number, total: number | undefined) => void;
}

export interface Measured {
  /** DBSIZE over all masters, before the scan; undefined where it is denied. It counts expired keys that are not removed yet. */
  dbSize: number | undefined;
  /** Keys that SCAN brought. It may bring one twice where the keyspace grows or shrinks meanwhile. */
  scanned: number;
  inspected: number;
  totals: NamespaceTotals;
  /** Milliseconds that each call of an inspection took the server; the round trip's, where scripts are refused. Ascending. */
  callMs: number[];
}

/** Of a sample, the first keys of each namespace are inspected whatever chance says; of many namespaces, half of the sample at most. */
const LEAST_PER_NAMESPACE = 20;
const MOST_FIRST_KEYS = 0.5;

/** What no sum needs. Reading a length would reset the key's idle time on servers before 7.2. */
const asked = { access: false, length: false };

/** Rejects with ServerError, or with the signal's reason. */
export async function measure(connection: ServerConnection, capabilities: Capabilities, { sample, onProgress, depth, delimiters, ...request }: MeasureRequest): Promise<Measured> {
  const dbSize = await countKeys(connection, request.db);
  const totals = new NamespaceTotals({ depth, delimiters });
  const callMs: number[] = [];
  let scanned = 0;
  let inspected = 0;
  if (sample === undefined || sample >= (dbSize ?? Infinity)) {
    for await (const { facts, ms } of inspectAll(connection, capabilities, { ...request, ...asked })) {
      for (const one of facts) totals.add(one);
      scanned += facts.length;
      inspected += facts.length;
      callMs.push(ms);
      onProgress?.(scanned, dbSize);
    }
  } else {
    let cursor: ScanCursor | undefined;
    let firstKeys = 0;
    do {
      const page = await scanPage(connection, capabilities, { ...request, cursor, pageSize: 2_500 });
      scanned += page.keys.length;
      // Of a filter, so far as it is known, only so many match.
      const chance = (sample * page.examined) / (scanned * (dbSize ?? Infinity));
      const chosen = page.keys.filter((key) => {
        const isFirst = totals.count(key) < LEAST_PER_NAMESPACE && firstKeys < sample * MOST_FIRST_KEYS;
        if (isFirst) firstKeys++;
        return isFirst || Math.random() < chance;
      });
      const started = performance.now();
      for (const facts of await inspectKeys(connection, capabilities, chosen, { ...request, ...asked })) totals.inspect(facts);
      callMs.push(performance.now() - started);
      inspected += chosen.length;
      cursor = page.cursor;
      onProgress?.(page.examined, dbSize);
    } while (cursor !== undefined);
  }
  return { dbSize, scanned, inspected, totals, callMs: callMs.sort((a, b) => a - b) };
}
