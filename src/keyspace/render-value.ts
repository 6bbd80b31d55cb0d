/** A value as a text document: pure, for an editor that shows it read-only. */
import { applyEdits, format } from 'jsonc-parser';
import { formatBytes, formatCount } from '../redis/format.ts';
import { displayKey } from '../redis/key-bytes.ts';
import type { KeyValue } from './value.ts';

export interface RenderedValue {
  text: string;
  /** Of VS Code. */
  languageId: 'json' | 'plaintext';
  /** One sentence where not all is shown. Not in the text, which is the value and nothing else. */
  notice: string | undefined;
}

/** JSON is pretty-printed, text stays as it is, binary becomes a hex dump; collections become JSON with each value as a string. */
export function renderValue(value: KeyValue): RenderedValue {
  switch (value.kind) {
    case 'missing':
      return plain('', 'The key does not exist any more.');
    case 'unsupported':
      return plain('', `Keyscope cannot show values of type ${value.type}.`);
    case 'json':
      if (value.bytes === undefined) return plain('', `The document takes ${formatBytes(value.total)} and was not loaded.`);
      return json(prettyJson(value.bytes.toString('utf8')) ?? value.bytes.toString('utf8'), undefined);
    case 'string':
      return renderString(value.bytes, value.truncated ? `Showing the first ${formatBytes(value.bytes.length)} of ${formatBytes(value.total)}.` : undefined);
    case 'hash':
      return json(object(value.fields), cut(value, value.fields.length, 'fields'));
    case 'list':
      return json(array(value.elements.map(literal)), cut(value, value.elements.length, 'elements'));
    case 'set':
      return json(array(value.members.map(literal)), cut(value, value.members.length, 'members'));
    case 'zset':
      return json(array(value.members.map(([member, score]) => `{ "member": ${literal(member)}, "score": ${number(score)} }`)), cut(value, value.members.length, 'members')); // prettier-ignore
    case 'stream':
      return json(
        array(value.entries.map(({ id, fields }) => `{ "id": ${JSON.stringify(id)}, "fields": ${object(fields, '  ')} }`)),
        cut(value, value.entries.length, 'entries'),
      );
  }
}

function renderString(bytes: Buffer, notice: string | undefined): RenderedValue {
  const text = asText(bytes, notice !== undefined);
  if (text === undefined) return plain(hexDump(bytes), notice);
  // A part of a JSON document is none.
  const pretty = notice === undefined && /^\s*[[{]/.test(text) ? prettyJson(text) : undefined;
  return pretty === undefined ? plain(text, notice) : json(pretty, notice);
}

/** Undefined for what is no text: not UTF-8, or with control characters. `cut`: the last character may be incomplete. */
export function asText(bytes: Buffer, cut = false): string | undefined {
  try {
    // As a stream, an incomplete character at the end is waited for and dropped.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Only white space changes: numbers beyond 2^53, `1.0` and repeated names stay as written. Undefined: not JSON. */
export function prettyJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}

/** As `hexdump -C`: offset, 16 bytes, their ASCII. */
export function hexDump(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const ascii = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    const columns = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.padEnd(48);
    lines.push(`${at.toString(16).padStart(8, '0')}  ${columns}  |${ascii}|`);
  }
  return lines.join('\n');
}

function cut(value: { total: number; truncated: boolean }, shown: number, what: string): string | undefined {
  return value.truncated ? `Showing ${formatCount(shown)} of ${formatCount(value.total)} ${what}.` : undefined;
}

/** Text as a JSON string, anything else as `{ "$hex": "00ff" }`. */
function literal(bytes: Buffer): string {
  const text = asText(bytes);
  return text === undefined ? `{ "$hex": "${bytes.toString('hex')}" }` : JSON.stringify(text);
}

function object(fields: readonly [Buffer, Buffer][], indent = ''): string {
  if (fields.length === 0) return '{}';
  const lines = fields.map(([field, value]) => `${indent}  ${JSON.stringify(asText(field) ?? displayKey(field))}: ${literal(value)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function array(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `  ${item}`).join(',\n')}\n]`;
}

/** `inf` and `nan` are no JSON numbers. */
function number(score: string): string {
  return /^-?\d/.test(score) ? score : JSON.stringify(score);
}

function json(text: string, notice: string | undefined): RenderedValue {
  return { text, languageId: 'json', notice };
}

function plain(text: string, notice: string | undefined): RenderedValue {
  return { text, languageId: 'plaintext', notice };
}
