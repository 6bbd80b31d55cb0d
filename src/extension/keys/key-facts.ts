/** The facts of one key in words: beside its name, in its tooltip, and for a screen reader. */
import * as vscode from 'vscode';
import type { KeyFacts, NamespaceTotal } from '../../keyspace/index.ts';
import { formatBytes, formatCount, formatDuration } from '../../redis/format.ts';
import { displayKey } from '../../redis/key-bytes.ts';

/** What an element of a type is called. */
const UNITS: Readonly<Record<string, readonly [one: string, more: string]>> = { hash: ['field', 'fields'], set: ['member', 'members'], zset: ['member', 'members'], stream: ['entry', 'entries'] };

/** `1 key`, `262,703 keys`; `keys` where nobody knows how many. */
export function countOfKeys(keys: number | undefined): string {
  return keys === undefined ? 'keys' : `${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'}`;
}

/** `hash · listpack · 1.2 KB · 5m`; what is not known, and a TTL that is not there, is left out. */
export function factsLine(facts: KeyFacts): string {
  if (!facts.exists) return 'expired or deleted';
  const { type, encoding, memoryBytes, ttlMs } = facts;
  // A stream is encoded as `stream`: said once.
  return [type, encoding === type ? undefined : encoding, memoryBytes === undefined ? undefined : formatBytes(memoryBytes), typeof ttlMs === 'number' ? formatDuration(ttlMs) : undefined]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** `1,000,000 members`; undefined where it is not known. */
export function lengthOf({ type, length }: KeyFacts): string | undefined {
  if (length === undefined) return undefined;
  const [one, more] = UNITS[type ?? ''] ?? ['element', 'elements'];
  return type === 'string' ? formatBytes(length) : `${formatCount(length)} ${length === 1 ? one : more}`;
}

/** More than a person looks through, and more than they would type in again. */
export function isLarge({ type, length = 0, memoryBytes = 0 }: KeyFacts): boolean {
  return (type !== 'string' && length > 1_000) || memoryBytes > 1_048_576;
}

/** `40,000 · 26 MB`, of a namespace whose every key was inspected. */
export function measuredLine({ keys, bytes }: NamespaceTotal): string {
  return [formatCount(keys), ...(bytes === undefined ? [] : [formatBytes(bytes)])].join(' · ');
}

/** For the tooltip. */
export function measuredRows({ keys, bytes, types, encodings, withoutTtl }: NamespaceTotal, at: Date): string[] {
  const list = (counts: Record<string, number>): string => Object.entries(counts).map(([name, count]) => `${name} ${formatCount(count)}`).join(', ');
  const memory = bytes === undefined ? 'memory not told by the server' : `${formatBytes(bytes)}, ${formatBytes(bytes / keys)} a key`;
  return [
    `${countOfKeys(keys)}, ${memory}`,
    ...(withoutTtl === undefined ? [] : [`${formatCount(withoutTtl)} of them with no TTL`]),
    `Types: ${list(types)}`,
    `Encodings: ${list(encodings)}`,
    `Measured at ${at.toLocaleTimeString()}`,
  ];
}

export function spokenFacts(facts: KeyFacts): string {
  if (!facts.exists) return 'expired or deleted';
  const { type, encoding, memoryBytes, ttlMs } = facts;
  return [
    type,
    encoding === undefined ? undefined : `encoded as ${encoding}`,
    memoryBytes === undefined ? undefined : formatBytes(memoryBytes),
    typeof ttlMs === 'number' ? `expires in ${formatDuration(ttlMs)}` : ttlMs === null ? 'no TTL' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** @param reason why the encoding is what it is, in a sentence */
export function keyTooltip(facts: KeyFacts, reason: string | undefined): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**');
  markdown.appendText(displayKey(facts.key, 512));
  markdown.appendMarkdown('**\n\n');
  for (const [name, value] of rows(facts, reason)) {
    markdown.appendMarkdown(`- ${name}: `);
    markdown.appendText(value);
    markdown.appendMarkdown('\n');
  }
  return markdown;
}

function rows(facts: KeyFacts, reason: string | undefined): [name: string, value: string][] {
  if (!facts.exists) return [['State', 'expired or deleted since it was listed']];
  const { encoding, type, memoryBytes, ttlMs, idleSeconds, accessFrequency, denied } = facts;
  const found: [string, string][] = [];
  if (type !== undefined) found.push(['Type', type]);
  const long = lengthOf(facts);
  if (long !== undefined) found.push(['Length', long]);
  if (encoding !== undefined) found.push(['Encoding', reason?.replace(': ', ' – ') ?? encoding]);
  if (memoryBytes !== undefined) found.push(['Memory', `${formatBytes(memoryBytes)}${memoryBytes < 1024 ? '' : ` (${formatCount(memoryBytes)} bytes)`}, name and overhead included`]);
  if (ttlMs !== undefined) found.push(['TTL', ttlMs === null ? 'none' : formatDuration(ttlMs)]);
  if (idleSeconds !== undefined) found.push(['Idle', idleSeconds < 1 ? 'under a second' : formatDuration(idleSeconds * 1000)]);
  if (accessFrequency !== undefined) found.push(['Access frequency', `${accessFrequency} of 255 (LFU counter)`]);
  const missing = Object.entries(denied ?? {}).map(([fact, code]) => `${fact} (${code})`);
  if (missing.length > 0) found.push(['Not told by the server', missing.join(', ')]);
  return found;
}
