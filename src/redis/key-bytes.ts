/**
 * Keys are bytes. Three forms of one key: a Buffer for the wire; a compact string, one character per byte, to keep and compare
 * in bulk (a million of them cost half of what Buffers cost); and a display text, which people read and may type back.
 */

/** One character per byte (Latin-1), in the order of the bytes. */
export function toCompact(key: Buffer): string {
  return key.toString('latin1');
}

export function fromCompact(compact: string): Buffer {
  return Buffer.from(compact, 'latin1');
}

const PLAIN_ASCII = /^[\x20-\x5b\x5d-\x7e]*$/;

/**
 * What a screen would not show as it is: controls, format characters (bidirectional overrides, zero-width ones, the BOM),
 * separators of lines, lone surrogates, private and unassigned code points, the backslash that starts an escape, and every space but the common one.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\\]|(?! )\p{Zs}/u;

/**
 * Readable and reversible: UTF-8 text as it is; bytes that are none, and hidden characters, as `\xHH` per byte;
 * `\n`, `\r`, `\t` and `\\` for themselves. No output holds a line break or a control character.
 * @param maxBytes longer keys are cut there and end in `…`; such a text cannot be turned back
 */
export function displayKey(key: Buffer, maxBytes = Infinity): string {
  if (key.length > maxBytes) return `${displayKey(key.subarray(0, characterStart(key, maxBytes)))}…`;
  const ascii = toCompact(key);
  if (PLAIN_ASCII.test(ascii)) return ascii;
  let text = '';
  for (let at = 0; at < key.length; ) {
    const length = utf8Length(key, at);
    const character = length === 0 ? '' : key.toString('utf8', at, at + length);
    text += length === 0 || HIDDEN.test(character) ? escape(key.subarray(at, at + Math.max(length, 1))) : character;
    at += Math.max(length, 1);
  }
  return text;
}

const NAMED: Record<number, string> = { 0x0a: '\\n', 0x0d: '\\r', 0x09: '\\t', 0x5c: '\\\\' };
const BYTES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

function escape(bytes: Buffer): string {
  return Array.from(bytes, (byte) => NAMED[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/** The bytes that a display text stands for; a backslash that starts no escape of ours is itself. */
export function parseDisplayKey(text: string): Buffer {
  const parts = text.split(/(\\x[0-9a-fA-F]{2}|\\[nrt\\])/);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 0) return Buffer.from(part, 'utf8');
      return part[1] === 'x' ? Buffer.from(part.slice(2), 'hex') : Buffer.from(BYTES[part.slice(1)] ?? part, 'latin1');
    }),
  );
}

/** Length in bytes of the well-formed UTF-8 character at `at`; 0 where there is none (overlong forms and surrogates included). */
function utf8Length(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first > 0xf4 || at + length > bytes.length) return 0;
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const outside = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return overlong || outside ? 0 : length;
}

/** Not within a character, where the bytes are UTF-8. */
function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && at - start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}
