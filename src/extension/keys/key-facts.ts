/** The facts of one key in words: beside its name, in its tooltip, and for a screen reader. */
import * as vscode from 'vscode';
import type { KeyFacts } from '../../keyspace/index.ts';
import { formatBytes, formatCount, formatDuration } from '../../redis/format.ts';
import { displayKey } from '../../redis/key-bytes.ts';

/** What an element of a type is called. */
const UNITS: Readonly<Record<string, string>> = { hash: 'fields', list: 'elements', set: 'members', zset: 'members', stream: 'entries' };

/** `hash · listpack · 1.2 KB · 5m`; what is not known, and a TTL that is not there, is left out. */
export function factsLine(facts: KeyFacts): string {
  if (!facts.exists) return 'expired or deleted';
  const { type, encoding, memoryBytes, ttlMs } = facts;
  // A stream is encoded as `stream`: said once.
  return [type, encoding === type ? undefined : encoding, memoryBytes === undefined ? undefined : formatBytes(memoryBytes), typeof ttlMs === 'number' ? formatDuration(ttlMs) : undefined]
    .filter((part) => part !== undefined)
    .join(' · ');
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
  const { type, length, encoding, memoryBytes, ttlMs, idleSeconds, accessFrequency, denied } = facts;
  const found: [string, string][] = [];
  if (type !== undefined) found.push(['Type', type]);
  if (length !== undefined) found.push(['Length', type === 'string' ? formatBytes(length) : `${formatCount(length)} ${UNITS[type ?? ''] ?? 'elements'}`]);
  if (encoding !== undefined) found.push(['Encoding', reason?.replace(': ', ' – ') ?? encoding]);
  if (memoryBytes !== undefined) found.push(['Memory', `${formatBytes(memoryBytes)}${memoryBytes < 1024 ? '' : ` (${formatCount(memoryBytes)} bytes)`}, name and overhead included`]);
  if (ttlMs !== undefined) found.push(['TTL', ttlMs === null ? 'none' : formatDuration(ttlMs)]);
  if (idleSeconds !== undefined) found.push(['Idle', idleSeconds < 1 ? 'under a second' : formatDuration(idleSeconds * 1000)]);
  if (accessFrequency !== undefined) found.push(['Access frequency', `${accessFrequency} of 255 (LFU counter)`]);
  const missing = Object.entries(denied ?? {}).map(([fact, code]) => `${fact} (${code})`);
  if (missing.length > 0) found.push(['Not told by the server', missing.join(', ')]);
  return found;
}
