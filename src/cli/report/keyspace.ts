/** What `keyscope keyspace` says: a table for people, and the JSON of the contract. */
import { isUtf8 } from 'node:buffer';
import stringWidth from 'string-width';
import type { Measured, NamespaceTotal } from '../../keyspace/index.ts';
import { formatBytes, formatCount } from '../../redis/format.ts';
import { globUnder } from '../../redis/glob.ts';
import { displayKey } from '../../redis/key-bytes.ts';
import type { Terminal } from '../terminal.ts';
import { countOf } from './stylish.ts';

export interface MeasuredServer extends Measured {
  /** Wall time in milliseconds, the connection apart. */
  ms: number;
  /** The address without its password. */
  where: string;
  db: number;
  isCluster: boolean;
}

/** `{ dbSize, scanned, ms, callMs: { p50, p99, max }, namespaces: [{ pattern, patternBase64?, keys, bytes, types, encodings, withoutTtl }] }`, and `sample`, the keys inspected, where not all were. */
export function keyspaceJson({ dbSize, scanned, inspected, ms, callMs, totals }: MeasuredServer): string {
  return `${JSON.stringify(
    {
      dbSize: dbSize ?? null,
      scanned,
      ...(inspected < scanned ? { sample: inspected } : {}),
      ms: Math.round(ms),
      callMs: { p50: quantile(callMs, 0.5), p99: quantile(callMs, 0.99), max: quantile(callMs, 1) },
      namespaces: totals.list().map(({ prefix, keys, bytes, types, encodings, withoutTtl }) => {
        // Matches keys of other namespaces too where one lies in another.
        const pattern = globUnder(prefix);
        const text = isUtf8(pattern) ? { pattern: pattern.toString('utf8') } : { pattern: displayKey(pattern), patternBase64: pattern.toString('base64') };
        return { ...text, keys, bytes: bytes ?? null, types, encodings, withoutTtl: withoutTtl ?? null };
      }),
    },
    undefined,
    2,
  )}\n`;
}

/** Of ascending numbers, to a microsecond; 0 of none. */
function quantile(ascending: readonly number[], share: number): number {
  const value = ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
  return Math.round(value * 1_000) / 1_000;
}

/** Longer names are cut. */
const nameBytes = 60;

/** @param top so many namespaces are shown, the rest in one line */
export function keyspaceTable(measured: MeasuredServer, { colors }: Pick<Terminal, 'colors'>, top: number): string {
  const { totals, scanned, inspected, dbSize, where, db, isCluster, callMs, ms } = measured;
  const place = `${where}${isCluster ? ' (cluster)' : db > 0 && !where.endsWith(`/${db}`) ? `, database ${db}` : ''}`;
  if (scanned === 0) return `${dbSize === 0 || dbSize === undefined ? `${place} holds no keys` : `No key of ${formatCount(dbSize)} in ${place} matches`}\n`;
  const about = inspected < scanned ? '≈ ' : '';
  const namespaces = totals.list();
  const all = namespaces.every(({ bytes }) => bytes === undefined) ? undefined : namespaces.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  const denied = namespaces.reduce((sum, one) => sum + one.denied, 0);
  const shown = namespaces.slice(0, top);
  const rest = namespaces.slice(top);
  const rows = shown.map((one) => rowOf(`${displayKey(one.prefix, nameBytes)}*`, one, all, about));
  if (rest.length > 0) rows.push(restOf(rest, all, about));
  const head = ['namespace', 'keys', 'memory', 'share', 'no TTL', 'types', 'encodings'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => stringWidth(row[column] ?? ''))));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => pad(cell, widths[column] ?? 0, isNumber(column))).join('  ').trimEnd();
  return [
    colors.dim(line(head)),
    ...rows.map((row) => line(row)),
    '',
    `${colors.bold(`${countOf(scanned, 'key')}, ${all === undefined ? 'memory not known' : `${denied > 0 ? 'at least ' : ''}${about}${formatBytes(all)}`}`)} in ${place}`,
    ...(denied > 0 ? [`Of ${countOf(denied, 'key')} this user may not see everything (ACL); what it may not see is not in the sums.`] : []),
    colors.dim(`${about === '' ? 'every key looked at' : `a sample of ${countOf(inspected, 'key')} inspected, the rest reckoned from it (≈)`} in ${formatMs(ms)}, in calls of ${formatMs(quantile(callMs, 0.5))} (p99 ${formatMs(quantile(callMs, 0.99))}, longest ${formatMs(quantile(callMs, 1))})`),
    '',
  ].join('\n');
}

const isNumber = (column: number): boolean => column >= 1 && column <= 4;

function rowOf(name: string, { keys, bytes, types, encodings, withoutTtl }: Omit<NamespaceTotal, 'prefix' | 'inspected' | 'denied'>, all: number | undefined, about: string): string[] {
  const share = bytes === undefined || !all ? '' : percent(bytes / all);
  return [name, formatCount(keys), bytes === undefined ? '?' : about + formatBytes(bytes), share, withoutTtl === undefined ? '?' : about + formatCount(withoutTtl), names(types), names(encodings)];
}

function restOf(rest: readonly NamespaceTotal[], all: number | undefined, about: string): string[] {
  const sumOfKnown = (of: (one: NamespaceTotal) => number | undefined): number | undefined => (rest.every((one) => of(one) === undefined) ? undefined : rest.reduce((total, one) => total + (of(one) ?? 0), 0));
  return rowOf(`${formatCount(rest.length)} more (--top)`, { keys: sumOfKnown((one) => one.keys) ?? 0, bytes: sumOfKnown((one) => one.bytes), withoutTtl: sumOfKnown((one) => one.withoutTtl), types: {}, encodings: {} }, all, about);
}

/** The most frequent first; of several, each with its share. */
function names(counts: Record<string, number>): string {
  const entries = Object.entries(counts);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (entries.length <= 1) return entries.map(([name]) => name).join('');
  const parts = entries.slice(0, 3).map(([name, count]) => `${name} ${share(count, total)}`);
  return parts.join(', ') + (entries.length > 3 ? ', …' : '');
}

/** Whole per cent; what is there is never 0. */
const share = (count: number, total: number): string => (count / total < 0.01 ? '<1 %' : `${Math.round((count / total) * 100)} %`);

const percent = (part: number): string => (part < 0.001 ? '<0.1 %' : `${(part * 100).toFixed(part < 0.0995 ? 1 : 0)} %`);

function pad(text: string, width: number, right: boolean): string {
  const blank = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return right ? blank + text : text + blank;
}

const formatMs = (ms: number): string => (ms >= 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`);
